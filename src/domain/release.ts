import { localTime, minutesOf, nextAt } from "./local-time.ts";
import type { Arrival, QuietHours, Settings } from "./settings.ts";
import type { Watch } from "./watch.ts";

/** What decides when something new of a watch may be posted. */
export interface ReleaseRules {
  readonly arrives: Arrival;
  readonly quiet: QuietHours | null;
  readonly timeZone: string;
  readonly mutedUntil: Watch["mutedUntil"];
  /** The run has ended: nothing is kept for later any more. */
  readonly ended: boolean;
}

const MINUTE = 60_000;

/** The rules for a watch under the settings that hold for it. */
export function releaseRules(settings: Settings, watch: Pick<Watch, "mutedUntil" | "ended">): ReleaseRules {
  const { arrives, quiet, timeZone } = settings;
  return { arrives, quiet, timeZone, mutedUntil: watch.mutedUntil, ended: watch.ended };
}

/**
 * From when a candidate that was added at `addedAt` may be posted (ms), at `now` or earlier meaning now; null when only
 * the run's end, or a person, can tell. Computed anew each time from what is stored, so that a restart forgets nothing
 * and a changed setting holds at once.
 */
export function candidateDue(rules: ReleaseRules, addedAt: number, now: number): number | null {
  const arrival = arrivalDue(rules, addedAt, now);
  const held = heldUntil(rules, now);
  return arrival === null || held === null ? null : Math.max(arrival, held);
}

/**
 * From when anything new may be posted (ms; 0 when nothing holds it back); null when only the run's end can tell. A mute is
 * over with the run, whatever time it was for.
 */
export function heldUntil(rules: ReleaseRules, now: number): number | null {
  const muted = rules.ended ? 0 : (rules.mutedUntil ?? 0);
  return muted === "end" ? null : Math.max(muted, quietUntil(rules, now) ?? 0);
}

/** Whether a candidate had to wait, others with it: then two of them already go onto a page. */
export function hasWaited(rules: ReleaseRules, addedAt: number): boolean {
  return rules.arrives !== "each" || (heldUntil(rules, addedAt) ?? Number.POSITIVE_INFINITY) > addedAt;
}

/** What was added later than now was added by a clock that was wrong: it does not wait for that time to come. */
function arrivalDue({ arrives, ended }: ReleaseRules, addedAt: number, now: number): number | null {
  if (arrives === "each" || ended) return Math.min(addedAt, now);
  if (arrives === "end") return null;
  const every = Number(arrives.slice("digest-".length)) * MINUTE;
  const due = (Math.floor(addedAt / every) + 1) * every;
  return due > now + every ? now : due;
}

/** When the quiet hours that `now` is in are over (ms); null when it is in none. */
export function quietUntil(rules: Pick<ReleaseRules, "quiet" | "timeZone">, now: number): number | null {
  const from = minutesOf(rules.quiet?.from ?? "");
  const to = minutesOf(rules.quiet?.to ?? "");
  if (from === null || to === null || from === to) return null;
  const { minutes } = localTime(now, rules.timeZone);
  const isQuiet = from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
  return isQuiet ? nextAt(to, rules.timeZone, now) : null;
}

const REMINDER_AT = 9 * 60;

/**
 * When a channel is next reminded (ms): nine o'clock of a working day, or when the quiet hours of that day are over. Where
 * they last from nine until midnight there is no such time, and `mayRemind` refuses what is given.
 */
export function nextReminder(rules: Pick<ReleaseRules, "quiet" | "timeZone">, after: number): number {
  let time = after;
  let at = after;
  for (let day = 0; day < 8; day += 1) {
    time = nextAt(REMINDER_AT, rules.timeZone, time + 1);
    at = quietUntil(rules, time) ?? time;
    if (mayRemind(rules, at)) break;
  }
  return at;
}

/** Whether a reminder that is due may still be posted: on a working day from nine on, outside quiet hours. */
export function mayRemind(rules: Pick<ReleaseRules, "quiet" | "timeZone">, now: number): boolean {
  const { minutes } = localTime(now, rules.timeZone);
  return minutes >= REMINDER_AT && !isWeekend(now, rules.timeZone) && quietUntil(rules, now) === null;
}

function isWeekend(time: number, timeZone: string): boolean {
  const { weekday } = localTime(time, timeZone);
  return weekday === 0 || weekday === 6;
}
