import { setTimeout as delay } from "node:timers/promises";
import { POST_INTERVAL_MS } from "../domain/delivery.ts";
import { endTurn, reserveTurn } from "../store/turns.ts";
import type { Context } from "./context.ts";

/**
 * Waits for the turn of a message that is in no lane: it takes its place in the channel's pace, and the lane waits for it.
 * @param over not waited for beyond this time (ms since the epoch)
 * @returns false when it is not its turn by then
 */
export async function waitForTurn(ctx: Context, channelId: string, over: number): Promise<boolean> {
  const turn = await reserveTurn(ctx.store, channelId, ctx.now());
  if (turn > over) return false;
  const wait = turn - ctx.now();
  if (wait > 0) await delay(wait, undefined, { signal: ctx.signal }).catch(() => {});
  return true;
}

/**
 * The message was sent, or refused: the next one goes a second later.
 * @param heldBackMs how long Slack takes no message there
 * @returns when the next one may go (ms since the epoch)
 */
export async function finishTurn(ctx: Context, channelId: string, heldBackMs = 0): Promise<number> {
  const now = ctx.now();
  const next = now + Math.max(POST_INTERVAL_MS, heldBackMs);
  await endTurn(ctx.store, channelId, now, next);
  return next;
}
