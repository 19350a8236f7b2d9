import { randomUUID } from "node:crypto";
import type { Snapshot } from "../domain/candidate.ts";
import { diffCandidates } from "../domain/diff.ts";
import { cursorAfterNews, cursorAfterWhole, type NewsCursor, planReading } from "../domain/news-policy.ts";
import { hasMoved, nextCursor, nextPollAt } from "../domain/poll-policy.ts";
import type { Run, RunSpec, Trouble } from "../domain/run.ts";
import type { Settings } from "../domain/settings.ts";
import { FindAllError } from "../findall/error.ts";
import { LARGE_BYTES, type OnLarge } from "../findall/exchange.ts";
import {
  type BegunPoll,
  beginPoll,
  commitPoll,
  extendPoll,
  getKnown,
  getMatchOrder,
  type PollCommit,
  type StoredRun,
} from "../store/runs.ts";
import type { StoredWatch } from "../store/watches.ts";
import { refilterChanged, settingsOfWatches } from "./apply-filter.ts";
import type { Context } from "./context.ts";
import { noteOk } from "./health.ts";
import { isToldTrouble, recordPollFailure } from "./poll-failure.ts";
import { planCommits, type Seen } from "./poll-plan.ts";
import { matchedIn, type NewsRead, readNews } from "./read-news.ts";

/** A poll whose worker was killed is taken over after so long; a poll that lasts longer says that it goes on. */
const LEASE_MS = 15_000;

/**
 * One poll of one run, shared by its watches: read, compare, write everything that follows in one atomic step, say when
 * to come again. May be asked for by any number of jobs at once; only one polls.
 */
export async function pollRun(ctx: Context, runId: string): Promise<void> {
  try {
    await ctx.polls.enter(ctx.signal);
  } catch {
    return; // shutting down: it stays due
  }
  try {
    await pollOnce(ctx, runId);
  } finally {
    ctx.polls.leave();
  }
}

async function pollOnce(ctx: Context, runId: string): Promise<void> {
  const token = randomUUID();
  const now = ctx.now();
  const begun = await beginPoll(ctx.store, runId, token, now, LEASE_MS, ctx.settings.poll.maxMs);
  if (begun.status !== "ok") return;
  const beat = setInterval(() => void extend(ctx, runId, token), LEASE_MS / 3);
  let hasRoom = false;
  const askForRoom = async (signal: AbortSignal) => {
    if (hasRoom) return;
    await ctx.largeResults.enter(signal);
    hasRoom = true;
  };
  try {
    await pollInHand(ctx, runId, token, now, begun, askForRoom);
  } finally {
    clearInterval(beat);
    if (hasRoom) ctx.largeResults.leave();
  }
}

/** Keeps the run while we are at it. If it cannot be kept, the token keeps us from writing over who took it. */
async function extend(ctx: Context, runId: string, token: string): Promise<void> {
  await extendPoll(ctx.store, runId, token, ctx.now(), LEASE_MS).catch(() => {});
}

async function pollInHand(
  ctx: Context,
  runId: string,
  token: string,
  now: number,
  { time: dueAt, run: stored, watches }: BegunPoll,
  askForRoom: OnLarge,
): Promise<void> {
  ctx.metrics.pollLag.observe(Math.max(0, now - dueAt) / 1_000);
  ctx.health.lastPollAt = now;

  const following = watches.filter((watch) => watch.state !== "stopped" && watch.state !== "lost");
  if (!stored || following.length === 0) {
    await commitPoll(ctx.store, runId, token, now, { due: 0, keepFor: ctx.settings.retentionMs });
    return;
  }
  let seen: Reading;
  try {
    seen = await readRun(ctx, runId, stored, following, askForRoom);
  } catch (error) {
    if (ctx.signal.aborted) {
      // We broke the call off ourselves, to shut down: the poll is due at once, for whoever comes next.
      await commitPoll(ctx.store, runId, token, ctx.now(), { due: ctx.now() });
      return;
    }
    if (!(error instanceof FindAllError)) throw error;
    await recordPollFailure(ctx, { runId, token, stored, watches: following }, error);
    return;
  }
  noteOk(ctx.health.parallel, ctx.now());
  await commitReading(ctx, { runId, token, stored, watches: following }, seen);
}

/** A run taken for one poll. */
export interface PollInHand {
  readonly runId: string;
  readonly token: string;
  readonly stored: StoredRun;
  readonly watches: readonly StoredWatch[];
}

interface Reading {
  readonly run: Run;
  readonly spec: RunSpec | null;
  readonly snapshot: Snapshot | null;
  /** What is new of its candidates, when they were not read whole. */
  readonly news: NewsRead | null;
  readonly trouble: Trouble | null;
  /** The result was asked for, whether or not it could be had. */
  readonly isResultAsked: boolean;
}

/** The run first (400 bytes); of its candidates (12 kB each) what is new when it moved, or all when somebody needs all. */
async function readRun(
  ctx: Context,
  runId: string,
  stored: StoredRun,
  watches: readonly StoredWatch[],
  onLarge: OnLarge,
): Promise<Reading> {
  const run = await ctx.findall.getRun(runId, { signal: ctx.signal });
  // A run that had ended and moves again may have been extended: then its limit is another. So may one that ends now, since
  // runs are extended while they run, too; the limit of its end is what a later one is compared with.
  const mayHaveGoneOn = stored.endedAt !== null && hasMoved(stored.cursor, run);
  const mayBeExtended = mayHaveGoneOn || (stored.endedAt === null && !run.isActive);
  // Whether an ended run went on meanwhile is told by its limit alone: without that nothing of this poll may be kept.
  const isLimitNeeded = mayHaveGoneOn && !run.isActive && stored.spec !== null;
  const spec = isLimitNeeded
    ? await ctx.findall.getSpec(runId, { signal: ctx.signal })
    : stored.spec && !mayBeExtended
      ? stored.spec
      : await readSpec(ctx, runId, stored.spec);
  const tooLarge = stored.trouble?.kind === "too_large" ? stored.trouble : null;
  const plan = planReading(situationOf(stored, run, spec, watches), ctx.now());
  const news = plan === "news" && stored.news ? await readNews(ctx, run, stored.news) : null;
  if (plan === "nothing" || news || (plan === "news" && tooLarge)) {
    return { run, spec: news?.spec ?? spec, snapshot: null, news, trouble: tooLarge, isResultAsked: false };
  }
  try {
    // Known to be large: room first, outside of the call's deadline, with no connection held meanwhile.
    if ((stored.news?.wholeBytes ?? 0) > LARGE_BYTES) await onLarge(ctx.signal);
    const snapshot = await ctx.findall.getSnapshot(runId, { signal: ctx.signal, onLarge });
    ctx.metrics.readBytes.inc({ endpoint: "result" }, snapshot.bytes);
    return { run: snapshot.run, spec, snapshot, news: null, trouble: null, isResultAsked: true };
  } catch (error) {
    // The run itself is readable: its card stays true, and says that its candidates cannot be shown.
    if (!(error instanceof FindAllError) || error.code !== "too_large") throw error;
    const trouble: Trouble = { kind: "too_large", since: tooLarge?.since ?? ctx.now(), detail: error.detail };
    // What is new of it can still be told, match by match.
    const told = stored.news ? await readNews(ctx, run, stored.news) : null;
    return { run, spec: told?.spec ?? spec, snapshot: null, news: told, trouble, isResultAsked: true };
  }
}

function situationOf(stored: StoredRun, run: Run, spec: RunSpec | null, watches: readonly StoredWatch[]) {
  const isNewEnd = watches.some((watch) => !watch.ended) || (stored.endedAt !== null && isExtended(stored, spec));
  return {
    cursor: stored.cursor,
    news: stored.news,
    run,
    endedAt: stored.endedAt,
    isEnding: !run.isActive && isNewEnd,
    hasNewcomer: watches.some((watch) => !watch.primed),
    isTooLarge: stored.trouble?.kind === "too_large",
  };
}

/** The objective and limit; a card without them is better than no card. */
async function readSpec(ctx: Context, runId: string, known: RunSpec | null): Promise<RunSpec | null> {
  try {
    return await ctx.findall.getSpec(runId, { signal: ctx.signal });
  } catch (error) {
    ctx.log.warn({ event: "spec_unreadable", run: runId, err: error }, "could not read what the run looks for");
    return known;
  }
}

async function commitReading(ctx: Context, poll: PollInHand, reading: Reading): Promise<void> {
  const { runId, token, stored } = poll;
  const [known, order] = reading.snapshot
    ? await Promise.all([getKnown(ctx.store, runId), getMatchOrder(ctx.store, runId)])
    : [reading.news?.known ?? new Map<string, string>(), []];
  const hasRead = reading.snapshot !== null || reading.news !== null;
  const filters = hasRead ? await settingsOfWatches(ctx, poll.watches) : new Map<string, Settings>();
  const now = ctx.now();
  const seen = {
    ...reading,
    changes: diffCandidates(known, (reading.snapshot ?? reading.news)?.candidates ?? []),
    known,
    order,
    filters,
    wasTroubled: isToldTrouble(stored.trouble, now),
  };
  const resultAt = reading.isResultAsked ? now : (stored.cursor?.resultAt ?? now);
  const cursor = nextCursor(stored.cursor, reading.run, resultAt, ctx.settings.poll);
  const wentOn = stored.endedAt !== null && hasGoneOn(stored, reading);
  const endedAt = reading.run.isActive ? null : wentOn ? now : (stored.endedAt ?? now);
  const next = nextPollAt(cursor, endedAt, now, ctx.settings.poll, ctx.random());
  const due = next === null ? null : Math.max(next, reading.news?.notBefore ?? 0);
  const news = newsCursorAfter(stored, reading, seen, now);
  const timing = { now, cursor, news, endedAt, due, wentOn, retentionMs: ctx.settings.retentionMs };
  let written: Awaited<ReturnType<typeof commitPoll>> = "written";
  ctx.reach("poll read");
  const commits = planCommits(stored, poll.watches, seen, timing);
  for (const [index, commit] of commits.entries()) {
    written = await commitPoll(ctx.store, runId, token, now, { ...commit, part: index + 1 });
    if (written === "stale") {
      ctx.metrics.polls.inc({ outcome: "overtaken" });
      ctx.log.warn({ event: "poll_overtaken", run: runId }, "another worker took over");
      return;
    }
    ctx.reach(commit.due === undefined ? "poll part written" : "poll written");
  }
  // Whoever loosened a filter while we read has not let go what we have just held back by the old one.
  if (commits.some(({ hold = [] }) => hold.length > 0)) await refilterChanged(ctx, poll.watches, filters);
  report(ctx, poll, seen, { hasEnded: endedAt !== null && (stored.endedAt === null || wentOn), wentOn });
  await wake(ctx, poll, commits.some(hasToSend), written === "due_again" ? now : due);
}

/** How far candidates are read once all of this poll is written; null when it read none of them. */
function newsCursorAfter(
  stored: StoredRun,
  { snapshot, news, run }: Reading,
  seen: Seen,
  now: number,
): NewsCursor | null {
  const { matched, rematched, withdrawn } = seen.changes;
  const count = matchedIn(seen.known).length + matched.length + rematched.length - withdrawn.length;
  if (snapshot) return cursorAfterWhole(snapshot, count, now);
  return news && stored.news ? cursorAfterNews(stored.news, run, news.news, count, now) : null;
}

/** Most polls find nothing new: waking lanes for them would be half of what a poll costs. */
function hasToSend({ add = [], dirty = [] }: PollCommit): boolean {
  return add.length + dirty.length > 0;
}

/**
 * Whether a run that had ended was active again since: it is now, or it was extended and has ended once more between two
 * polls, which its higher limit tells. Matches that merely trail in after an end are no new end.
 */
function hasGoneOn(stored: StoredRun, reading: Reading): boolean {
  return reading.run.isActive || isExtended(stored, reading.spec);
}

function isExtended(stored: StoredRun, spec: RunSpec | null): boolean {
  const [before, now] = [stored.spec?.matchLimit, spec?.matchLimit];
  return typeof before === "number" && typeof now === "number" && now > before;
}

async function wake(ctx: Context, poll: PollInHand, hasNews: boolean, due: number | null): Promise<void> {
  const channels = new Set(hasNews ? poll.watches.map((watch) => watch.channel) : []);
  for (const channel of channels) await ctx.wakeups.lane(channel);
  if (due === null) ctx.log.info({ event: "run_at_rest", run: poll.runId });
  else await ctx.wakeups.poll(poll.runId, due);
}

interface Turn {
  readonly hasEnded: boolean;
  readonly wentOn: boolean;
}

function report(ctx: Context, poll: PollInHand, seen: Seen & Pick<Reading, "news">, turn: Turn): void {
  ctx.metrics.polls.inc({ outcome: seen.snapshot ? "result_read" : seen.news ? "news_read" : "unmoved" });
  const { matched, rematched, enriched, withdrawn } = seen.changes;
  const counts = {
    matched: matched.length,
    rematched: rematched.length,
    enriched: enriched.length,
    withdrawn: withdrawn.length,
  };
  const fields = { run: poll.runId, status: seen.run.status, ...counts };
  if (Object.values(counts).some((count) => count > 0)) ctx.log.info({ event: "candidates_changed", ...fields });
  if (turn.wentOn) ctx.log.info({ event: "run_active_again", ...fields });
  if (turn.hasEnded) ctx.log.info({ event: "run_ended", ...fields, reason: seen.run.terminationReason });
}
