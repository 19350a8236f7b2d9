import type { Message } from "../domain/message.ts";
import { failureOf, type SendFailure } from "../slack/errors.ts";
import type { Context } from "./context.ts";
import { finishTurn, waitForTurn } from "./take-turn.ts";

/** Whom an answer still helps, who waits for it. */
const SAY_WITHIN_MS = 60_000;
/** What was surely not said may be said again; what may have been said is not. */
const NOT_SAID: ReadonlySet<string> = new Set(["retry_after", "not_sent", "retry"]);

/** Where something is said. */
export interface Place {
  readonly channelId: string;
  readonly threadTs: string | null;
}

export type SaidResult =
  | { readonly ok: true; readonly ts: string }
  | { readonly ok: false; readonly failure: SendFailure };

/**
 * Answers a person by a message in a conversation, outside the outbox: at its turn in the channel's pace, after a 429 when
 * Slack allows, within a minute. Lost with the process; who asked asks again.
 */
export async function say(ctx: Context, { channelId, threadTs }: Place, message: Message): Promise<SaidResult> {
  const over = ctx.now() + SAY_WITHIN_MS;
  for (;;) {
    if (!(await waitForTurn(ctx, channelId, over))) return { ok: false, failure: failureOf("held_back", "drop") };
    const notAfter = ctx.now() + ctx.settings.slackTimeoutMs;
    const result = await ctx.slack.post({ channel: channelId, threadTs, broadcast: false, message, notAfter });
    const next = await finishTurn(ctx, channelId, result.ok ? 0 : (result.failure.retryAfterMs ?? 0));
    if (result.ok || !NOT_SAID.has(result.failure.action) || next > over || ctx.signal.aborted) return result;
  }
}

/** Says something else in place of what was said. */
export async function sayInstead(
  ctx: Context,
  { channelId }: Place,
  ts: string,
  message: Message,
): Promise<SaidResult> {
  return ctx.slack.update({ channel: channelId, ts, message });
}
