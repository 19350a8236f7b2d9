import { contentHash } from "../domain/ids.ts";
import { nextReminder } from "../domain/release.ts";
import type { Person } from "../domain/review.ts";
import { mergeSettings, type Settings, settingsOf } from "../domain/settings.ts";
import { type Wait, waitOf } from "../domain/waiting.ts";
import { getRun } from "../store/runs.ts";
import { getSettings, writeSettings } from "../store/settings.ts";
import { isStoreUnavailable } from "../store/store.ts";
import { type StoredWatch, watchesOfChannel } from "../store/watches.ts";
import { applyChange } from "./apply-filter.ts";
import type { Context } from "./context.ts";
import { refusalFor } from "./review-item.ts";
import type { ReviewRefusal } from "./review-results.ts";
import type { SaveSettingsResult, SettingsResult } from "./settings-results.ts";

/** What a channel has set, for one who is in it. */
export async function readSettings(ctx: Context, channelId: string, by: Person): Promise<SettingsResult> {
  return guarded(ctx, channelId, by, async () => {
    const [settings, watches] = await Promise.all([
      getSettings(ctx.store, channelId),
      watchesOfChannel(ctx.store, channelId),
    ]);
    const running = watches.filter(isRunning);
    return {
      kind: "settings",
      channelId,
      settings,
      conditions: await conditionsOf(ctx, running),
      running: running.length,
    };
  });
}

/**
 * Sets what arrives in a channel, also for the watches that run there now: what a filter held back and what passes now
 * goes on its way, and what is held until a time is planned anew.
 * @param seen the marks of the settings that the person saw; empty: all of what is given is meant
 */
export async function saveSettings(
  ctx: Context,
  channelId: string,
  given: Settings,
  by: Person,
  seen = "",
): Promise<SaveSettingsResult> {
  return guarded(ctx, channelId, by, async () => {
    const before = await getSettings(ctx.store, channelId);
    // What somebody else has changed since this person looked stays as it is.
    const wanted = mergeSettings(before, given, seen);
    const now = ctx.now();
    const remindAt = wanted.reminder ? nextReminder(wanted, now) : null;
    const running = await writeSettings(ctx.store, channelId, wanted, remindAt, now);
    // As they are read: domains, for one, are stored as people write them.
    const settings = await getSettings(ctx.store, channelId);
    let released = 0;
    const waiting: { candidates: number; wait: Wait }[] = [];
    for (const watch of (await watchesOfChannel(ctx.store, channelId)).filter(isKept)) {
      const own = settingsOf(settings, watch.overrides);
      const candidates = await applyChange(ctx, watch, own, now);
      released += candidates;
      const wait = waitOf(own, watch, now);
      if (candidates > 0 && wait !== null) waiting.push({ candidates, wait });
    }
    await ctx.wakeups.lane(channelId);
    const kind = contentHash(before) === contentHash(settings) ? "unchanged" : "saved";
    if (kind === "saved") ctx.log.info({ event: "settings_saved", channel: channelId, user: by.id, running, released });
    return { kind, channelId, settings, before, running, released, waiting };
  });
}

async function guarded<Result>(
  ctx: Context,
  channelId: string,
  by: Person,
  step: () => Promise<Result>,
): Promise<Result | ReviewRefusal> {
  try {
    return (await refusalFor(ctx, channelId, by)) ?? (await step());
  } catch (error) {
    if (isStoreUnavailable(error)) return { kind: "store_unavailable" };
    throw error;
  }
}

function isRunning(watch: StoredWatch): boolean {
  return (watch.state === "active" || watch.state === "paused") && !watch.ended;
}

/** One whose candidates may still come into the thread. */
function isKept(watch: StoredWatch): boolean {
  return watch.state !== "stopped" && watch.state !== "lost";
}

async function conditionsOf(ctx: Context, watches: readonly StoredWatch[]): Promise<readonly string[]> {
  const runs = await Promise.all(watches.map((watch) => getRun(ctx.store, watch.runId)));
  return [...new Set(runs.flatMap((run) => run?.spec?.matchConditions.map(({ name }) => name) ?? []))].sort();
}
