import { randomUUID } from "node:crypto";
import { type LanePlan, MS_PER_EDIT, planLane } from "../domain/delivery.ts";
import { getHold } from "../store/hold.ts";
import { claimEntry, expireLease, peekLane, restLane } from "../store/outbox.ts";
import type { Context } from "./context.ts";
import { lookForEntry } from "./look-for-entry.ts";
import { SEND_WITHIN_MS, sendEntry } from "./send-entry.ts";

/** Messages handled in one go, before the queue is asked to go on: a job stays short, also under a large backlog. */
const TURNS_PER_JOB = 200;
/** Against endless turns, should what is planned never be what can be claimed. */
const MISSES_PER_JOB = 20;
/** While Slack refuses the token nothing is tried; the sweep asks `auth.test` and wakes the lanes. */
const HOLD_RECHECK_MS = 30_000;

/**
 * Delivers what a channel has to send, one message after another, until nothing may be sent now; then says when to come
 * again. Any number of workers may be asked for the same channel: the claim lets one of them at a time.
 */
export async function deliverLane(ctx: Context, channel: string): Promise<void> {
  let misses = 0;
  for (let turn = 0; turn < TURNS_PER_JOB && misses < MISSES_PER_JOB && !ctx.signal.aborted; turn += 1) {
    const lane = await peekLane(ctx.store, channel, ctx.now());
    const plan = (await getHold(ctx.store))
      ? ({ kind: "rest", until: ctx.now() + HOLD_RECHECK_MS } as const)
      : planLane(lane, ctx.now());
    switch (plan.kind) {
      case "rest":
      case "busy":
        if (!(await restLane(ctx.store, channel, lane.version, plan.until))) continue;
        if (plan.until !== null) await ctx.wakeups.lane(channel, plan.until);
        return;
      case "expire":
        if (await expireLease(ctx.store, channel, ctx.now())) {
          ctx.log.warn({ event: "lease_expired", channel }, "a worker left a message in hand; taking it over");
        }
        break;
      default:
        if (!(await carryOut(ctx, channel, plan))) misses += 1;
    }
  }
  if (!ctx.signal.aborted) await ctx.wakeups.lane(channel);
}

type Move = Extract<LanePlan, { readonly entryId: string }>;

/** Claims and does one thing; false when somebody else was quicker. */
async function carryOut(ctx: Context, channel: string, move: Move): Promise<boolean> {
  const token = randomUUID();
  const now = ctx.now();
  const mode = move.kind === "page" ? "post" : move.kind;
  const claim = await claimEntry(ctx.store, {
    channel,
    token,
    now,
    leaseUntil: now + leaseMs(ctx, mode),
    mode,
    entryId: move.entryId,
    watchId: move.watchId,
    members: move.kind === "page" ? move.members : null,
    msPerEdit: MS_PER_EDIT,
    editBurstMs: move.kind === "edit" ? move.burstMs : 0,
  });
  if (claim.status !== "ok") return false;
  const claimed = { entryId: move.entryId, token, version: claim.value, claimedAt: now };
  if (mode === "look") await lookForEntry(ctx, claimed);
  else await sendEntry(ctx, claimed);
  return true;
}

/** Longer than the work can take, so that a lease that runs out means that its holder is gone. */
function leaseMs(ctx: Context, mode: "post" | "edit" | "look"): number {
  const calls = mode === "look" ? 3 : 1;
  return SEND_WITHIN_MS + calls * ctx.settings.slackTimeoutMs + 3_000;
}
