import { type Settings, settingsOf } from "../domain/settings.ts";
import { holdsEverything, type Wait, waitOf } from "../domain/waiting.ts";
import { oldestWaiting } from "../store/oldest-waiting.ts";
import { getSettings } from "../store/settings.ts";
import type { StoredWatch } from "../store/watches.ts";
import type { Context } from "./context.ts";

/** What holds for a watch, and why what is new of it waits just now. */
export interface Outlook {
  readonly settings: Settings;
  /** Null: nothing holds it. */
  readonly wait: Wait | null;
}

/** The outlook of a watch. @param hasEnded the run has ended, also where no poll has seen that yet */
export async function outlookOf(ctx: Context, watch: StoredWatch, hasEnded = watch.ended): Promise<Outlook> {
  const settings = settingsOf(await getSettings(ctx.store, watch.channel), watch.overrides);
  const ended = watch.ended || hasEnded;
  return { settings, wait: await waitIn(ctx, { ...watch, ended }, settings) };
}

/** Why the candidates of a watch wait, under settings that were read already. */
export async function waitIn(ctx: Context, watch: StoredWatch, settings: Settings): Promise<Wait | null> {
  const now = ctx.now();
  const wait = waitOf(settings, watch, now);
  if (wait?.kind !== "digest" || watch.open === 0) return wait;
  // What was found before a digest's time is on its way when that has come, whatever is found then.
  const addedAt = await oldestWaiting(ctx.store, watch.channel, watch.id);
  return addedAt === null ? wait : waitOf(settings, watch, now, addedAt);
}

/** Why the messages of a watch wait. Where no candidate does, it is something else, which no digest holds. */
export async function waitOfMessages(ctx: Context, watch: StoredWatch): Promise<Wait | null> {
  const { wait } = await outlookOf(ctx, watch);
  return wait !== null && (watch.open > 0 || holdsEverything(wait)) ? wait : null;
}
