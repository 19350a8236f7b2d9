import { giveReason, setHold } from "../store/hold.ts";
import { purgeWorkspace } from "../store/purge.ts";
import type { Context } from "./context.ts";

/** Why a workspace is held that has removed the app; what we keep of it goes. */
export const UNINSTALLED = "app_uninstalled";

/**
 * Slack says that the app was removed, or its token revoked. When `auth.test` says so too, every watch ends and all that
 * is kept of the workspace is removed; nothing more is asked of Slack or Parallel. A token that still works was not
 * meant: Slack tells of every token of the app.
 */
export async function uninstalled(ctx: Context): Promise<void> {
  const answer = await ctx.slack.authTest();
  if (answer.ok) {
    ctx.log.info({ event: "uninstall_ignored" }, "the bot token still works");
    return;
  }
  await setHold(ctx.store, { reason: UNINSTALLED }, ctx.now());
  await giveReason(ctx.store, UNINSTALLED);
  // Slack could not be asked: the sweep asks again, and comes back here.
  if (answer.failure.action === "pause_workspace") await forgetWorkspace(ctx);
}

/** Removes what is kept of a workspace that removed the app; the hold stays, so that nothing is sent. */
export async function forgetWorkspace(ctx: Context): Promise<void> {
  await ctx.wakeups.forget();
  const removed = await purgeWorkspace(ctx.store);
  await setHold(ctx.store, { reason: UNINSTALLED }, ctx.now());
  if (removed > 1) ctx.log.warn({ event: "workspace_forgotten", keys: removed }, "the app was removed from Slack");
}
