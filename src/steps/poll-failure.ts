import { entryIdOf } from "../domain/ids.ts";
import { MISSING_ENDS_AFTER, retryPollAt, TELL_TROUBLE_AFTER_MS } from "../domain/poll-policy.ts";
import type { Trouble } from "../domain/run.ts";
import { classifyFindAllError, type FindAllError } from "../findall/error.ts";
import { commitPoll, type PollCommit } from "../store/runs.ts";
import type { Context } from "./context.ts";
import { noteFailure } from "./health.ts";
import type { PollInHand } from "./poll-run.ts";

/** Whether the cards say it: at once when the operator must mend it, else only once it has lasted. */
export function isToldTrouble(trouble: Trouble | null, now: number): boolean {
  if (!trouble) return false;
  return (
    trouble.kind === "unauthorized" || trouble.kind === "too_large" || now - trouble.since >= TELL_TROUBLE_AFTER_MS
  );
}

/** A failed poll changes nothing that is known of the run: back off, keep the watch, and say so when it lasts. */
export async function recordPollFailure(ctx: Context, poll: PollInHand, error: FindAllError): Promise<void> {
  const now = ctx.now();
  const { stored, runId, token } = poll;
  const isMissing = classifyFindAllError(error).trouble === "not_found";
  report(ctx, runId, error, isMissing, now);
  const missing = isMissing ? stored.missing + 1 : 0;
  if (isMissing) ctx.health.parallel.lastOkAt = now;
  else noteFailure(ctx.health.parallel, now, `${error.code}: ${error.detail}`);
  if (missing >= MISSING_ENDS_AFTER) {
    await commitPoll(ctx.store, runId, token, now, lostCommit(poll, now, ctx.settings.retentionMs));
    ctx.log.warn({ event: "run_lost", run: runId }, "Parallel no longer knows the run");
    await wakeChannels(ctx, poll);
    return;
  }
  const failed = stored.failed + 1;
  const trouble = troubleAfter(stored.trouble, error, now);
  const failure = { isSlow: classifyFindAllError(error).slow, retryAfterMs: error.retryAfterMs };
  const due = retryPollAt(failure, failed, now, ctx.settings.poll, ctx.random());
  // Said once for each trouble: the cards were last asked to show the run's state before it became worth saying.
  const isNews = isToldTrouble(trouble, now) && stored.heartbeatAt < tellAt(trouble);
  const dirty = isNews ? poll.watches.map((watch) => [watch.cardEntry, now] as const) : [];
  const run = { trouble, missing, failed, ...(isNews ? { heartbeatAt: now } : {}) };
  const written = await commitPoll(ctx.store, runId, token, now, { run, dirty, due });
  if (isNews) await wakeChannels(ctx, poll);
  await ctx.wakeups.poll(runId, written === "due_again" ? now : due);
}

/** What concerns one run is always said; what concerns all alike now and then, and otherwise to whoever debugs. */
function report(ctx: Context, runId: string, error: FindAllError, isMissing: boolean, now: number): void {
  const { code, status, refId: ref, detail } = error;
  ctx.metrics.polls.inc({ outcome: code });
  const unsaid = isMissing ? 0 : ctx.health.sayFailedRead(code, now);
  const fields = { event: "poll_failed", run: runId, code, status, ref };
  if (unsaid === null) ctx.log.debug(fields, detail);
  else ctx.log.warn({ ...fields, ...(unsaid > 0 ? { othersSince: unsaid } : {}) }, detail);
}

function troubleAfter(before: Trouble | null, error: FindAllError, now: number): Trouble {
  const kind = classifyFindAllError(error).trouble;
  const isSame = before !== null && (before.kind === kind || (isOutage(before.kind) && isOutage(kind)));
  return { kind, since: isSame ? before.since : now, detail: error.detail };
}

/** An outage shows itself as no answer at one moment and as nonsense at the next; it is one trouble all the same. */
function isOutage(kind: Trouble["kind"]): boolean {
  return kind === "unreachable" || kind === "unreadable";
}

function tellAt(trouble: Trouble): number {
  return trouble.kind === "unauthorized" ? trouble.since : trouble.since + TELL_TROUBLE_AFTER_MS;
}

/** The run is gone for good: the watch ends with a note in its thread. */
function lostCommit(poll: PollInHand, now: number, keepFor: number): PollCommit {
  return {
    watches: poll.watches.map((watch) => [watch.id, { state: "lost" }, ["active", "resting"]] as const),
    add: poll.watches.map((watch) => {
      const subject = `lost-${watch.epoch}`;
      return [entryIdOf(watch.id, "note", subject), watch.id, watch.channel, "note", subject, now] as const;
    }),
    dirty: poll.watches.map((watch) => [watch.cardEntry, now] as const),
    run: { missing: 0, failed: 0 },
    due: 0,
    keepFor,
  };
}

async function wakeChannels(ctx: Context, poll: PollInHand): Promise<void> {
  for (const channel of new Set(poll.watches.map((watch) => watch.channel))) await ctx.wakeups.lane(channel);
}
