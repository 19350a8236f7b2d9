import type { FunctionOutcome } from "../slack/complete-function.ts";
import type { SendFailure } from "../slack/errors.ts";
import {
  addExecution,
  claimExecution,
  closeExecution,
  executionsDue,
  getExecution,
  keepExecution,
  type StoredExecution,
} from "../store/executions.ts";
import { getWatch } from "../store/watches.ts";
import type { Context } from "./context.ts";
import { startWatch } from "./start-watch.ts";
import { within } from "./within.ts";
import { outcomeOfWatch } from "./workflow-outcome.ts";
import type { Execution } from "./workflow-results.ts";
import { isPassing, WORDS, whyNotStarted } from "./workflow-words.ts";

/** A step whose worker died is taken up again after so long. */
const LEASE_MS = 60_000;
const LOOK_EVERY_MS = 4_000;
const AGAIN_FIRST_MS = 2_000;
const AGAIN_MOST_MS = 5 * 60_000;
/** Trouble that may pass is waited for so long before the workflow is told that its watch cannot start. */
const START_WITHIN_MS = 10 * 60_000;
/** Runs end within hours; what a pause holds up for longer no workflow should wait for. */
const ENDS_WITHIN_MS = 7 * 24 * 3_600_000;
/** Slack is told of the end for so long; then nobody can be waiting for it any more. */
const TELL_WITHIN_MS = 24 * 3_600_000;
const PER_SWEEP = 50;
/** The sweep has other work: what is not done by now goes on beside it. */
const SWEEP_WAITS_MS = 3_000;

/** Makes a workflow's wish durable; it is then worked at until Slack has been told how it went. */
export async function beginExecution(ctx: Context, execution: Execution): Promise<void> {
  await addExecution(ctx.store, execution, ctx.now());
  ctx.log.info({ event: "workflow_step_begun", execution: execution.id, run: execution.runId });
}

/** Looks at the steps of workflows that are due. */
export async function advanceExecutions(ctx: Context): Promise<void> {
  const due = await executionsDue(ctx.store, ctx.now(), PER_SWEEP);
  await within(Promise.all(due.map((id) => advanceExecution(ctx, id))), SWEEP_WAITS_MS);
}

/** Takes one step as far as it gets now, and says when to come again. Never rejects; any number may ask. */
export async function advanceExecution(ctx: Context, id: string): Promise<void> {
  try {
    const now = ctx.now();
    if (!(await claimExecution(ctx.store, id, now, now + LEASE_MS))) return;
    const execution = await getExecution(ctx.store, id);
    if (execution) await advance(ctx, execution);
    else await closeExecution(ctx.store, id);
  } catch (error) {
    ctx.log.warn({ event: "workflow_step_failed", execution: id, err: error }, "it is taken up again");
  }
}

async function advance(ctx: Context, execution: StoredExecution): Promise<void> {
  if (execution.outcome !== null) return tell(ctx, execution, JSON.parse(execution.outcome) as FunctionOutcome);
  const isOverdue = ctx.now() - execution.createdAt > ENDS_WITHIN_MS;
  const watchId = execution.watchId;
  const outcome = isOverdue
    ? failed(WORDS.tooLong)
    : watchId === null
      ? await start(ctx, execution)
      : await outcomeOfWatch(ctx, await getWatch(ctx.store, watchId));
  if (outcome === null) {
    if (watchId !== null) await keepExecution(ctx.store, execution.id, {}, ctx.now() + LOOK_EVERY_MS);
    return;
  }
  // Decided once, and then told until Slack takes it: what it hears does not depend on how often it was asked.
  const decidedAt = ctx.now();
  const decided = { outcome: JSON.stringify(outcome), decidedAt, failures: 0 };
  await keepExecution(ctx.store, execution.id, decided, decidedAt + LEASE_MS);
  await tell(ctx, { ...execution, ...decided }, outcome);
}

/** Null when it waits, for the run's end or for trouble to pass. */
async function start(ctx: Context, execution: StoredExecution): Promise<FunctionOutcome | null> {
  const { id, runId, channel, requester } = execution;
  if (runId === "") return failed(WORDS.noId);
  const asker = {
    userId: requester,
    // Who is meant is known by id alone, and a card names nobody by a mention.
    userName: requester === "" ? "a workflow" : "",
    channelId: channel,
    channelName: "",
    responseUrl: null,
    isWorkflow: true,
  };
  const result = await startWatch(ctx, runId, asker);
  if ("watch" in result) {
    await keepExecution(ctx.store, id, { watchId: result.watch.id, failures: 0 }, ctx.now() + LOOK_EVERY_MS);
    return outcomeOfWatch(ctx, result.watch);
  }
  const isLate = ctx.now() - execution.createdAt > START_WITHIN_MS;
  if (!isPassing(result) || isLate) return failed(whyNotStarted(result, runId));
  const failures = execution.failures + 1;
  await keepExecution(ctx.store, id, { failures }, ctx.now() + backoff(failures));
  return null;
}

async function tell(ctx: Context, execution: StoredExecution, outcome: FunctionOutcome): Promise<void> {
  const { id } = execution;
  const result = await ctx.slack.completeFunction(id, outcome);
  if (result.kind === "failed" && ctx.now() - execution.decidedAt <= TELL_WITHIN_MS) {
    return again(ctx, execution, result.failure);
  }
  await closeExecution(ctx.store, id);
  const fields = { execution: id, run: execution.runId, outcome: outcome.kind };
  if (result.kind === "completed") ctx.log.info({ event: "workflow_step_ended", ...fields });
  else ctx.log.warn({ event: "workflow_step_given_up", ...fields, told: result.kind });
}

async function again(ctx: Context, execution: StoredExecution, failure: SendFailure): Promise<void> {
  const failures = execution.failures + 1;
  const wait = failure.retryAfterMs ?? backoff(failures);
  ctx.log.warn({ event: "workflow_step_not_told", execution: execution.id, code: failure.code });
  await keepExecution(ctx.store, execution.id, { failures }, ctx.now() + wait);
}

function failed(error: string): FunctionOutcome {
  return { kind: "error", error };
}

function backoff(failures: number): number {
  return Math.min(AGAIN_MOST_MS, AGAIN_FIRST_MS * 2 ** Math.min(failures - 1, 10));
}
