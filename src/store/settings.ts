import { hostOf } from "../domain/filter.ts";
import { isTimeZone, minutesOf } from "../domain/local-time.ts";
import {
  ARRIVALS,
  CONFIDENCES,
  DEFAULT_SETTINGS,
  type Overrides,
  type QuietHours,
  type Settings,
} from "../domain/settings.ts";
import type { Store } from "./store.ts";

/** What a channel has set; what is missing, or cannot be read, is as it is by default. */
export async function getSettings(store: Store, channel: string): Promise<Settings> {
  return settingsFrom(await store.redis.hgetall(store.keys.channelSettings(channel)));
}

/** The settings in a channel's hash. */
export function settingsFrom(fields: Readonly<Record<string, string>>): Settings {
  const { fold, settings } = fields;
  return { ...known(objectIn(settings)), fold: fold === "1" };
}

/**
 * Stores what a channel has set and asks for its cards to be shown anew; the number of its running watches.
 * @param remindAt when the channel is next reminded (ms); null: never
 */
export async function writeSettings(
  store: Store,
  channel: string,
  settings: Settings,
  remindAt: number | null,
  now: number,
): Promise<number> {
  const { fold, ...others } = settings;
  const fields = JSON.stringify({ settings: JSON.stringify(others), fold: fold ? "1" : "0" });
  const key = store.keys.channelSettings(channel);
  return Number(await store.run("writeSettings", key, channel, now, fields, remindAt ?? ""));
}

/** Sets whether known candidates take one line, and asks for the cards that say so to be shown anew. */
export async function setFold(store: Store, channel: string, fold: boolean, now: number): Promise<void> {
  const fields = JSON.stringify({ fold: fold ? "1" : "0" });
  await store.run("writeSettings", store.keys.channelSettings(channel), channel, now, fields, "keep");
}

/** What was said for one watch alone, as it stands in its hash. */
export function overridesFrom(json: string | undefined): Overrides {
  const given = objectIn(json);
  const all = known(given);
  const names = ["arrives", "minConfidence", "condition", "excludedDomains", "alertInChannel", "mention"] as const;
  return Object.fromEntries(names.filter((name) => name in given).map((name) => [name, all[name]]));
}

/** Sets what holds for one watch alone, and asks for its card to be shown anew. */
export async function setOverrides(store: Store, watchId: string, overrides: Overrides, now: number): Promise<void> {
  await store.run("setOverrides", store.keys.watch(watchId), watchId, now, JSON.stringify(overrides));
}

/** Channels whose reminder is due (ms). */
export async function remindersDue(store: Store, now: number): Promise<string[]> {
  return store.redis.zrangebyscore(store.keys.reminders, 0, now, "LIMIT", 0, 50);
}

/** Sets a channel's next reminder, unless reminders were switched off meanwhile. */
export async function setNextReminder(store: Store, channel: string, at: number | null): Promise<void> {
  if (at === null) await store.redis.zrem(store.keys.reminders, channel);
  else await store.redis.zadd(store.keys.reminders, "XX", at, channel);
}

/** A candidate of a watch and its outbox entry. */
export type Pair = readonly [entryId: string, candidateId: string];

/** After a filter was changed: how many candidates were let go, and how many are held back that were not. */
export async function refilter(
  store: Store,
  watchId: string,
  change: {
    readonly release: readonly Pair[];
    readonly hold: readonly Pair[];
    /** The completion alert, which counts them, and when it is shown anew (ms). */
    readonly completion: { readonly entry: string; readonly at: number };
  },
  now: number,
): Promise<{ released: number; held: number }> {
  const { release, hold, completion } = change;
  const args = [watchId, now, JSON.stringify(release), JSON.stringify(hold), completion.entry, completion.at];
  const reply = await store.run("refilter", store.keys.watch(watchId), ...args);
  const [released, held] = reply as [number, number];
  return { released, held };
}

/** Watches whose filter was changed by `before` (ms) and has not been applied yet, with when. */
export async function refiltersDue(store: Store, before: number): Promise<readonly (readonly [string, number])[]> {
  const rows = await store.redis.zrangebyscore(store.keys.refilters, 0, before, "WITHSCORES", "LIMIT", 0, 50);
  return rows.flatMap((id, index) => (index % 2 === 0 ? [[id, Number(rows[index + 1])] as const] : []));
}

/** A filter that was changed at `at` (ms) has been applied. */
export async function endRefilter(store: Store, watchId: string, at: number): Promise<void> {
  await store.run("endRefilter", store.keys.refilters, watchId, at);
}

/** Ids of candidates that a filter holds back. */
export async function getHeld(store: Store, watchId: string): Promise<ReadonlySet<string>> {
  return new Set(await store.redis.smembers(store.keys.watchHeld(watchId)));
}

/** How many candidates a filter holds back. */
export async function countHeld(store: Store, watchId: string): Promise<number> {
  return store.redis.scard(store.keys.watchHeld(watchId));
}

/** Adds a message of the app to a watch, once; true when it is new. */
export async function addNote(store: Store, watchId: string, entryId: string, subject: string, now: number) {
  return (await store.run("addNote", store.keys.watch(watchId), watchId, now, entryId, subject)) === 1;
}

function objectIn(json: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Reads each setting by itself: one that an older or newer version wrote otherwise is as it is by default. */
function known(given: Readonly<Record<string, unknown>>): Settings {
  const { arrives, minConfidence, condition, excludedDomains, quiet, timeZone } = given;
  const flag = (name: "alertInChannel" | "mention" | "reminder") =>
    typeof given[name] === "boolean" ? given[name] : DEFAULT_SETTINGS[name];
  return {
    arrives: ARRIVALS.find((each) => each === arrives) ?? DEFAULT_SETTINGS.arrives,
    minConfidence: CONFIDENCES.find((each) => each === minConfidence) ?? null,
    condition: conditionFrom(condition),
    excludedDomains: domainsFrom(excludedDomains),
    alertInChannel: flag("alertInChannel"),
    mention: flag("mention"),
    quiet: quietFrom(quiet),
    reminder: flag("reminder"),
    timeZone: typeof timeZone === "string" && isTimeZone(timeZone) ? timeZone : DEFAULT_SETTINGS.timeZone,
    fold: DEFAULT_SETTINGS.fold,
  };
}

/** As hosts are compared: in lower case, without `www.`, and in ASCII. */
function domainsFrom(value: unknown): readonly string[] {
  const hosts = Array.isArray(value) ? value.map((each) => (typeof each === "string" ? hostOf(each) : null)) : [];
  return [...new Set(hosts.filter((host) => host !== null))];
}

function conditionFrom(value: unknown): Settings["condition"] {
  const { name, contains } = Object(value) as Readonly<Record<string, unknown>>;
  if (typeof name !== "string" || name === "") return null;
  return { name, contains: typeof contains === "string" && contains !== "" ? contains : null };
}

function quietFrom(value: unknown): QuietHours | null {
  const { from, to } = Object(value) as Readonly<Record<string, unknown>>;
  if (typeof from !== "string" || typeof to !== "string") return null;
  return minutesOf(from) === null || minutesOf(to) === null || from === to ? null : { from, to };
}
