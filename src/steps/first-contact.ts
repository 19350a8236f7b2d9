import { renderInvited, renderWelcome } from "../slack/messages/welcome.ts";
import { isFirstMeeting, undoMeeting } from "../store/memberships.ts";
import type { Context } from "./context.ts";

/** What surely was not said may be said another time; what may have been said is not said again. */
const NOT_SAID = new Set(["retry_after", "not_sent", "retry"]);

/** Tells a person once, by a direct message, what the app is; nothing when they know it already. */
export async function greetPerson(ctx: Context, user: string): Promise<void> {
  if (!(await isFirstMeeting(ctx.store, user))) return;
  const message = renderWelcome(ctx.workspace.botUserId);
  const notAfter = ctx.now() + ctx.settings.slackTimeoutMs;
  const result = await ctx.slack.post({ channel: user, threadTs: null, broadcast: false, message, notAfter });
  if (!result.ok) await notGreeted(ctx, user, result.failure);
}

/** Tells whoever invited the app into a channel how to begin, there and to them alone; nothing when they know it. */
export async function greetInviter(ctx: Context, channel: string, user: string): Promise<void> {
  if (!(await isFirstMeeting(ctx.store, user))) return;
  const result = await ctx.slack.whisper(channel, user, renderInvited());
  if (!result.ok) await notGreeted(ctx, user, result.failure);
}

/** Who uses the app needs no welcome any more. */
export async function meetPerson(ctx: Context, user: string): Promise<void> {
  await isFirstMeeting(ctx.store, user);
}

async function notGreeted(ctx: Context, user: string, failure: { code: string; action: string }): Promise<void> {
  ctx.log.warn({ event: "not_greeted", user, code: failure.code });
  if (NOT_SAID.has(failure.action)) await undoMeeting(ctx.store, user);
}
