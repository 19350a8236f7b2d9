import { entryIdOf } from "../domain/ids.ts";
import { localTime } from "../domain/local-time.ts";
import { heldUntil, mayRemind, nextReminder, releaseRules } from "../domain/release.ts";
import type { RunSpec } from "../domain/run.ts";
import type { Settings } from "../domain/settings.ts";
import { getRun } from "../store/runs.ts";
import { addNote, getSettings, remindersDue, setNextReminder } from "../store/settings.ts";
import { type StoredWatch, watchesOfChannel } from "../store/watches.ts";
import { cardLinkOf } from "./card-link.ts";
import type { Context } from "./context.ts";
import { readTally } from "./review-book.ts";

/** Subject of a reminder's note, before its date. */
export const REMINDER = "reminder:";

/** A watch with candidates that nobody has decided about. */
export interface WaitingForReview {
  readonly watch: StoredWatch;
  readonly spec: RunSpec | null;
  readonly toReview: number;
  readonly cardLink: string | null;
}

/** What a reminder looks at and lists: bounded, since a channel may have followed hundreds of runs this month. */
const LOOKED_AT_MOST = 50;
const LISTED_AT_MOST = 20;

/** The watches of a channel that wait for a review, newest first; not those that a person wants to hear nothing of. */
export async function waitingForReview(ctx: Context, channel: string): Promise<readonly WaitingForReview[]> {
  const [settings, watches] = await Promise.all([
    getSettings(ctx.store, channel),
    watchesOfChannel(ctx.store, channel),
  ]);
  const isHeard = (watch: StoredWatch) =>
    watch.threadTs !== null &&
    watch.posted > 0 &&
    watch.state !== "paused" &&
    watch.state !== "stopped" &&
    isReleased(watch, settings, ctx.now());
  const waiting: WaitingForReview[] = [];
  for (const watch of watches.filter(isHeard).slice(0, LOOKED_AT_MOST)) {
    if (waiting.length === LISTED_AT_MOST) break;
    const tally = await readTally(ctx, watch);
    if (!tally || tally.toReview === 0) continue;
    const spec = (await getRun(ctx.store, watch.runId))?.spec ?? null;
    waiting.push({ watch, spec, toReview: tally.toReview, cardLink: cardLinkOf(ctx, watch) });
  }
  return waiting;
}

function isReleased(watch: StoredWatch, settings: Settings, now: number): boolean {
  const until = heldUntil(releaseRules({ ...settings, quiet: null }, watch), now);
  return until !== null && until <= now;
}

/**
 * Reminds the channels whose time has come. The note's id holds its date, and the next time is set after it was added:
 * whatever dies in between, a day has one reminder. One that is so late that it would come at night is left out.
 */
export async function remindChannels(ctx: Context): Promise<void> {
  const now = ctx.now();
  for (const channel of await remindersDue(ctx.store, now)) {
    const settings = await getSettings(ctx.store, channel);
    const next = settings.reminder ? nextReminder(settings, now) : null;
    const [newest] = next !== null && mayRemind(settings, now) ? await waitingForReview(ctx, channel) : [];
    if (newest) {
      const subject = `${REMINDER}${localTime(now, settings.timeZone).date}`;
      const isNew = await addNote(ctx.store, newest.watch.id, entryIdOf(channel, "note", subject), subject, now);
      if (isNew) await ctx.wakeups.lane(channel);
    }
    await setNextReminder(ctx.store, channel, next);
  }
}
