import type { Candidate } from "../domain/candidate.ts";
import type { KnownCandidates } from "../domain/diff.ts";
import type { NewsCursor } from "../domain/news-policy.ts";
import type { PollCursor } from "../domain/poll-policy.ts";
import type { ConditionFailures, Run, RunSpec, Trouble } from "../domain/run.ts";
import { dueBefore, FAR_MS, fieldsOf, type Store } from "./store.ts";
import { type StoredWatch, watchFrom } from "./watches.ts";

/** What is kept of a run between polls. Times in ms since the epoch. */
export interface StoredRun {
  readonly run: Run;
  readonly spec: RunSpec | null;
  readonly cursor: PollCursor | null;
  /** How far its candidates were read; null before they were read at all. */
  readonly news: NewsCursor | null;
  readonly trouble: Trouble | null;
  readonly failures: readonly ConditionFailures[];
  /** When the run was last read. */
  readonly seenAt: number;
  /** When it was last seen to differ from before. */
  readonly changedAt: number;
  /** When it was first seen inactive; null while active. */
  readonly endedAt: number | null;
  /** Polls in a row that Parallel answered with 404. */
  readonly missing: number;
  /** Polls in a row that failed. */
  readonly failed: number;
  /** When every card was last asked to show that the run is still being read. */
  readonly heartbeatAt: number;
}

/** One atomic write of a poll; the fields are those of the COMMIT script. */
export interface PollCommit {
  /** Which part of the poll's writes this is, from 1: each is done once. */
  readonly part?: number;
  readonly candidates?: readonly Candidate[];
  readonly known?: readonly (readonly [id: string, state: string])[];
  readonly order?: readonly string[];
  readonly add?: readonly (readonly [
    entryId: string,
    watchId: string,
    channel: string,
    kind: string,
    subject: string,
    notBefore: number,
  ])[];
  readonly dirty?: readonly (readonly [entryId: string, notBefore: number])[];
  /** What a filter holds back. */
  readonly hold?: readonly (readonly [watchId: string, entryId: string, candidateId: string])[];
  /** What matches no longer is not held back either. */
  readonly unhold?: readonly (readonly [watchId: string, candidateId: string])[];
  readonly run?: Partial<StoredRun>;
  readonly watches?: readonly (readonly [
    watchId: string,
    fields: Readonly<Record<string, string | number>>,
    onlyIn: readonly string[],
  ])[];
  /** When the next poll is due (ms), 0 for none. Ends the poll. */
  readonly due?: number;
  /** With a `due` of 0: how long everything of the run and its watches is kept from now on (ms). */
  readonly keepFor?: number;
}

export interface BegunPoll {
  readonly status: "ok" | "early" | "leased" | "gone";
  /** When the poll was due, or the other worker's lease ends (ms). */
  readonly time: number;
  /** As they stood when the run was taken; nothing unless it was. */
  readonly run: StoredRun | null;
  readonly watches: readonly StoredWatch[];
}

/** Takes a run for one poll; with `ok` what is kept of it and its watches, else neither. */
export async function beginPoll(
  store: Store,
  runId: string,
  token: string,
  now: number,
  leaseMs: number,
  /** The longest time between two polls. */
  maxMs = 0,
): Promise<BegunPoll> {
  const reply = await store.run("beginPoll", store.keys.run(runId), runId, token, now, leaseMs, farOf(maxMs));
  const [status, time, run = [], watches = []] = reply as [string, string, string[]?, [string, string[]][]?];
  return {
    status: status as BegunPoll["status"],
    time: Number(time),
    run: runFrom(fieldsOf(run)),
    watches: watches.map(([id, fields]) => watchFrom(id, fieldsOf(fields))).filter((watch) => watch !== null),
  };
}

/** Holds a run that was taken for a poll for longer; false when another worker has taken it. */
export async function extendPoll(store: Store, runId: string, token: string, now: number, leaseMs: number) {
  return (await store.run("extendPoll", store.keys.run(runId), runId, token, now, leaseMs)) === 1;
}

/**
 * Writes one part of a poll. `stale`: another worker has taken the run meanwhile and nothing was written. `due_again`:
 * written, and another poll was asked for meanwhile.
 */
export async function commitPoll(
  store: Store,
  runId: string,
  token: string,
  now: number,
  commit: PollCommit,
): Promise<"written" | "due_again" | "stale"> {
  const { candidates = [], run = {}, ...plan } = commit;
  const fields = Object.entries(run).map(([name, value]) => [name, encodeField(value)] as const);
  const json = JSON.stringify({
    ...plan,
    run: Object.fromEntries(fields.filter(([, value]) => value !== null)),
    drop: fields.filter(([, value]) => value === null).map(([name]) => name),
  });
  const data = candidates.flatMap((candidate) => [candidate.id, JSON.stringify(candidate)]);
  const reply = await store.run("commitPoll", store.keys.run(runId), runId, token, now, json, ...data);
  return reply === 0 ? "stale" : reply === 2 ? "due_again" : "written";
}

export async function getRun(store: Store, runId: string): Promise<StoredRun | null> {
  return runFrom(await store.redis.hgetall(store.keys.run(runId)));
}

function runFrom(fields: Readonly<Record<string, string>>): StoredRun | null {
  if (!fields.run) return null;
  return {
    run: JSON.parse(fields.run) as Run,
    spec: parsed<RunSpec>(fields.spec),
    cursor: parsed<PollCursor>(fields.cursor),
    news: parsed<NewsCursor>(fields.news),
    trouble: parsed<Trouble>(fields.trouble),
    failures: parsed<ConditionFailures[]>(fields.failures) ?? [],
    seenAt: Number(fields.seenAt ?? 0),
    changedAt: Number(fields.changedAt ?? 0),
    endedAt: fields.endedAt ? Number(fields.endedAt) : null,
    missing: Number(fields.missing ?? 0),
    failed: Number(fields.failed ?? 0),
    heartbeatAt: Number(fields.heartbeatAt ?? 0),
  };
}

export async function getKnown(store: Store, runId: string): Promise<KnownCandidates> {
  return new Map(Object.entries(await store.redis.hgetall(store.keys.known(runId))));
}

/** Ids of every candidate that ever matched, in order of match. */
export async function getMatchOrder(store: Store, runId: string): Promise<string[]> {
  return store.redis.lrange(store.keys.order(runId), 0, -1);
}

export async function getCandidates(store: Store, runId: string, ids: readonly string[]): Promise<Candidate[]> {
  if (ids.length === 0) return [];
  const rows = await store.redis.hmget(store.keys.candidates(runId), ...ids);
  return rows.filter((row) => row !== null).map((row) => JSON.parse(row) as Candidate);
}

/** Runs whose poll was due at `before` (ms) or earlier, and those that a wrong clock made due far too late. */
export async function pollsDue(store: Store, before: number, most: number, maxMs = 0): Promise<string[]> {
  return dueBefore(store, store.keys.due, before, most, farOf(maxMs));
}

/** The runs whose polls are due after one time and not after another (ms since the epoch). */
export async function pollsBetween(store: Store, after: number, until: number): Promise<string[]> {
  return store.redis.zrangebyscore(store.keys.due, `(${after}`, until);
}

/** Polls may be set to be further apart than anything else is planned ahead. */
function farOf(maxMs: number): number {
  return Math.max(FAR_MS, 2 * maxMs);
}

export async function countPolledRuns(store: Store): Promise<number> {
  return store.redis.zcard(store.keys.due);
}

function encodeField(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function parsed<T>(json: string | undefined): T | null {
  return json ? (JSON.parse(json) as T) : null;
}
