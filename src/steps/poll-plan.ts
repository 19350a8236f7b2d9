import type { Candidate, Snapshot } from "../domain/candidate.ts";
import { CARD_DEBOUNCE_MS } from "../domain/delivery.ts";
import {
  type CandidateChanges,
  countConditionFailures,
  isKnownMatched,
  type KnownCandidates,
  knownState,
} from "../domain/diff.ts";
import { type Filter, isFiltering, passesFilter } from "../domain/filter.ts";
import { contentHash, entryIdOf } from "../domain/ids.ts";
import type { NewsCursor } from "../domain/news-policy.ts";
import { hasMoved, type PollCursor } from "../domain/poll-policy.ts";
import type { Run, RunSpec, Trouble } from "../domain/run.ts";
import { DEFAULT_SETTINGS } from "../domain/settings.ts";
import type { PollCommit, StoredRun } from "../store/runs.ts";
import type { StoredWatch } from "../store/watches.ts";

/** What a poll saw, compared with what was known. */
export interface Seen {
  readonly run: Run;
  readonly spec: RunSpec | null;
  readonly snapshot: Snapshot | null;
  readonly trouble: Trouble | null;
  readonly changes: CandidateChanges;
  readonly known: KnownCandidates;
  /** Ids that ever matched, in order of match. */
  readonly order: readonly string[];
  /** The cards say that Parallel could not be read. */
  readonly wasTroubled: boolean;
  /** What each watch's channel lets through, by watch id. */
  readonly filters: ReadonlyMap<string, Filter>;
}

interface Timing {
  readonly now: number;
  readonly cursor: PollCursor;
  /** Null when no candidates were read. */
  readonly news: NewsCursor | null;
  readonly endedAt: number | null;
  readonly due: number | null;
  /** The run had ended before, and was active again since. */
  readonly wentOn: boolean;
  /** How long everything is kept once the run rests (ms). */
  readonly retentionMs: number;
}

type Add = NonNullable<PollCommit["add"]>[number];
type Dirty = NonNullable<PollCommit["dirty"]>[number];
type Hold = NonNullable<PollCommit["hold"]>[number];

/** What one candidate adds to a commit. */
interface CandidateWrite {
  readonly candidate: Candidate | null;
  readonly isNew: boolean;
  readonly add: readonly Add[];
  readonly dirty: readonly Dirty[];
  readonly hold: readonly Hold[];
  readonly unhold: readonly (readonly [watchId: string, candidateId: string])[];
}

/**
 * What goes into one atomic write: candidates, and the outbox entries that they cause. Both are bounded, so that Redis is
 * never held up for long, neither by a run of thousands nor by many channels that follow it.
 */
const CANDIDATES_PER_COMMIT = 250;
const ENTRIES_PER_COMMIT = 1_000;
/** A card that says when its run was last seen is refreshed this often, though nothing else changed. */
export const HEARTBEAT_MS = 5 * 60_000;
/** An end that was told is told anew so long after something changed that it counts. */
export const TOLD_END_DEBOUNCE_MS = 15_000;

/**
 * The writes that follow from a poll, in order; pure. Each is atomic with the outbox entries it causes, and only the last
 * one moves the cursor, so a process that dies in between finds the rest again at the next poll.
 */
export function planCommits(
  stored: StoredRun,
  watchesBefore: readonly StoredWatch[],
  seen: Seen,
  timing: Timing,
): PollCommit[] {
  const watches = timing.wentOn ? watchesBefore.map(inNextEpoch) : watchesBefore;
  const writes = [...backlogWrites(watches, seen, timing.now), ...changeWrites(watches, seen, timing.now)];
  const commits: PollCommit[] = [];
  const entriesEach = Math.max(1, watches.length);
  const each = Math.max(1, Math.min(CANDIDATES_PER_COMMIT, Math.floor(ENTRIES_PER_COMMIT / entriesEach)));
  for (let start = 0; start < writes.length; start += each) {
    commits.push(commitOf(writes.slice(start, start + each)));
  }
  const last = lastCommit(stored, watches, seen, timing);
  const tail = commits.pop();
  commits.push(tail ? merge(tail, last) : last);
  return commits;
}

/** A run that goes on after its end will end once more, and that end has a completion alert of its own. */
function inNextEpoch(watch: StoredWatch): StoredWatch {
  return watch.ended ? { ...watch, epoch: watch.epoch + 1, ended: false } : watch;
}

/** A watch that began after some candidates had matched gets those first, in their order of match. */
function backlogWrites(watches: readonly StoredWatch[], seen: Seen, now: number): CandidateWrite[] {
  const unprimed = watches.filter((watch) => !watch.primed);
  if (unprimed.length === 0 || !seen.snapshot) return [];
  const withdrawn = new Set(seen.changes.withdrawn.map((candidate) => candidate.id));
  const candidates = new Map(seen.snapshot.candidates.map((candidate) => [candidate.id, candidate]));
  return seen.order
    .filter((id) => isKnownMatched(seen.known.get(id) ?? "") && !withdrawn.has(id))
    .map((id) => ({ ...NOTHING, ...admit(unprimed, id, candidates.get(id) ?? null, seen, now) }));
}

const NOTHING: CandidateWrite = { candidate: null, isNew: false, add: [], dirty: [], hold: [], unhold: [] };

/** Each watch gets a candidate, or its filter holds it back. One that the result left out is not held against anybody. */
function admit(watches: readonly StoredWatch[], id: string, candidate: Candidate | null, seen: Seen, now: number) {
  const isLetThrough = (watch: StoredWatch) => {
    const filter = seen.filters.get(watch.id);
    return candidate === null || filter === undefined || passesFilter(candidate, filter);
  };
  const through = watches.filter(isLetThrough);
  const held = watches.filter((watch) => !through.includes(watch));
  return {
    add: through.map((watch) => addCandidate(watch, id, now)),
    hold: held.map((watch): Hold => [watch.id, entryIdOf(watch.id, "candidate", id), id]),
  };
}

function changeWrites(watches: readonly StoredWatch[], seen: Seen, now: number): CandidateWrite[] {
  const { changes } = seen;
  const dirty = (candidate: Candidate) =>
    watches.map((watch): Dirty => [entryIdOf(watch.id, "candidate", candidate.id), now]);
  const changed = (candidate: Candidate): CandidateWrite => ({ ...NOTHING, candidate, dirty: dirty(candidate) });
  const admitted = (candidate: Candidate) => admit(watches, candidate.id, candidate, seen, now);
  return [
    ...changes.withdrawn.map((candidate) => ({
      ...changed(candidate),
      unhold: watches.map((watch) => [watch.id, candidate.id] as const),
    })),
    // What a filter held back may pass it now; what is on its way or in the thread stays, whatever changed.
    ...changes.enriched.map((candidate) => ({
      ...changed(candidate),
      add: admit(filtering(watches, seen), candidate.id, candidate, seen, now).add,
    })),
    ...changes.rematched.map((candidate) => ({ ...changed(candidate), ...admitted(candidate) })),
    ...changes.matched.map((candidate) => ({ ...NOTHING, candidate, isNew: true, ...admitted(candidate) })),
  ];
}

function filtering(watches: readonly StoredWatch[], seen: Seen): readonly StoredWatch[] {
  return watches.filter((watch) => isFiltering(seen.filters.get(watch.id) ?? DEFAULT_SETTINGS));
}

function addCandidate(watch: StoredWatch, candidateId: string, now: number): Add {
  return [entryIdOf(watch.id, "candidate", candidateId), watch.id, watch.channel, "candidate", candidateId, now];
}

function commitOf(writes: readonly CandidateWrite[]): PollCommit {
  const candidates = writes.flatMap((write) => (write.candidate ? [write.candidate] : []));
  return {
    candidates,
    known: candidates.map((candidate) => [candidate.id, knownState(candidate)] as const),
    order: writes.flatMap((write) => (write.isNew && write.candidate ? [write.candidate.id] : [])),
    add: writes.flatMap((write) => write.add),
    dirty: writes.flatMap((write) => write.dirty),
    hold: writes.flatMap((write) => write.hold),
    unhold: writes.flatMap((write) => write.unhold),
  };
}

/** The cursor, what the cards show, and the end of the run, if it is one. */
function lastCommit(stored: StoredRun, watches: readonly StoredWatch[], seen: Seen, timing: Timing): PollCommit {
  const { now, cursor, endedAt, due, wentOn } = timing;
  const moved = hasMoved(stored.cursor, seen.run) || stored.changedAt === 0;
  // A command may have put a reading of its own on the cards since the last poll.
  const isShown = contentHash(stored.run) === contentHash(seen.run);
  const isBeat = now - stored.heartbeatAt >= HEARTBEAT_MS;
  const hasEnded = endedAt !== null && stored.endedAt === null;
  // What is in the way of a reading that went well is said at once (a result that is too large), and only once.
  const troubleChanged = seen.wasTroubled !== (seen.trouble !== null) || seen.trouble?.kind !== stored.trouble?.kind;
  const hasNews = moved || !isShown || isBeat || troubleChanged || hasEnded || wentOn || hasChanges(seen.changes);
  const ending = watches.filter((watch) => endedAt !== null && !watch.ended);
  return {
    add: ending.map((watch) => completionOf(watch, now)),
    dirty: [
      ...watches
        .filter((watch) => hasNews || (seen.snapshot !== null && !watch.primed) || ending.includes(watch))
        .map((watch): Dirty => [watch.cardEntry, ending.includes(watch) ? now : now + CARD_DEBOUNCE_MS]),
      ...toldEnds(watches, seen, now),
    ],
    watches: watches.map((watch) => watchUpdate(watch, seen, timing)),
    run: {
      run: seen.run,
      spec: seen.spec,
      cursor,
      trouble: seen.trouble,
      endedAt,
      seenAt: now,
      missing: 0,
      failed: 0,
      ...(timing.news ? { news: timing.news } : {}),
      ...(moved ? { changedAt: now } : {}),
      ...(hasNews ? { heartbeatAt: now } : {}),
      ...(seen.snapshot ? { failures: countConditionFailures(seen.snapshot.candidates) } : {}),
    },
    ...(due === null ? { due: 0, keepFor: timing.retentionMs } : { due }),
  };
}

/** An end that was told counts candidates: what trails in or is withdrawn after it changes what it says. */
function toldEnds(watches: readonly StoredWatch[], seen: Seen, now: number): Dirty[] {
  if (!hasChanges(seen.changes)) return [];
  return watches
    .filter((watch) => watch.ended)
    .map((watch) => [completionOf(watch, now)[0], now + TOLD_END_DEBOUNCE_MS]);
}

/** Each end of a run has one completion alert; this tells them apart. */
export function endSubject(watch: Pick<StoredWatch, "epoch">): string {
  return `end-${watch.epoch}`;
}

function completionOf(watch: StoredWatch, now: number): Add {
  const subject = endSubject(watch);
  return [entryIdOf(watch.id, "completion", subject), watch.id, watch.channel, "completion", subject, now];
}

type WatchUpdate = NonNullable<PollCommit["watches"]>[number];

function watchUpdate(watch: StoredWatch, seen: Seen, timing: Timing): WatchUpdate {
  const isEnded = watch.ended || timing.endedAt !== null;
  const fields: Record<string, string | number> = { epoch: watch.epoch, ended: isEnded ? 1 : 0 };
  if (seen.snapshot) fields.primed = 1;
  // A mute is over with the run, also for a run that goes on after its end.
  if (isEnded && !watch.ended) fields.mutedUntil = "";
  if (timing.due === null && watch.state === "active") fields.state = "resting";
  if (timing.due !== null && watch.state === "resting" && (timing.wentOn || seen.run.isActive)) fields.state = "active";
  return [watch.id, fields, fields.state ? ["active", "resting"] : []];
}

function hasChanges(changes: CandidateChanges): boolean {
  return Object.values(changes).some((list) => list.length > 0);
}

function merge(candidates: PollCommit, last: PollCommit): PollCommit {
  return {
    ...candidates,
    ...last,
    add: [...(candidates.add ?? []), ...(last.add ?? [])],
    dirty: [...(candidates.dirty ?? []), ...(last.dirty ?? [])],
  };
}
