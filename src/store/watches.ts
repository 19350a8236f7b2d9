import type { Run, RunSpec } from "../domain/run.ts";
import type { Overrides } from "../domain/settings.ts";
import type { Watch, WatchState } from "../domain/watch.ts";
import { overridesFrom } from "./settings.ts";
import type { Store } from "./store.ts";

/** A watch with the id of its card's entry, which only the store and the steps need. */
export interface StoredWatch extends Watch {
  readonly cardEntry: string;
  /** When a person last asked for it (ms); the `response_url` lives for 30 minutes from then. */
  readonly askedAt: number;
}

export interface NewWatch {
  readonly id: string;
  readonly runId: string;
  readonly channel: string;
  readonly requester: string;
  readonly requesterName: string;
  readonly responseUrl: string | null;
  readonly cardEntry: string;
  readonly overrides: Overrides;
}

/** Makes a watch durable with its card and first poll, or re-opens the one there is. */
export async function startWatch(
  store: Store,
  watch: NewWatch,
  run: Run,
  spec: RunSpec | null,
  now: number,
): Promise<"created" | "reopened" | "exists"> {
  const { id, cardEntry, runId, channel, overrides } = watch;
  const given = { runId, channel, ...requesterFields(watch, now), overrides: JSON.stringify(overrides) };
  const reply = await store.run(
    "startWatch",
    store.keys.watch(id),
    id,
    now,
    JSON.stringify(given),
    cardEntry,
    run.isActive ? "1" : "0",
    JSON.stringify(run),
    spec ? JSON.stringify(spec) : "",
  );
  return reply as "created" | "reopened" | "exists";
}

/** Stops a watch; its card is still brought up to date. */
export async function stopWatch(store: Store, watchId: string, byName: string, now: number) {
  return (await store.run("stopWatch", store.keys.watch(watchId), watchId, now, byName)) as "stopped" | "over" | "none";
}

/** Pauses watches and leaves a note for each requester; gives the ids of those that were not paused before. */
export async function pauseWatches(
  store: Store,
  watches: readonly { readonly id: string; readonly note: string }[],
  reason: string,
  tryAgainAt: number,
  now: number,
  /** What Slack refused. */
  mode: "post" | "edit" = "post",
  /** When that was sent (ms). */
  sentAt = now,
): Promise<readonly string[]> {
  const [first] = watches;
  if (!first) return [];
  const pairs = watches.flatMap((watch) => [watch.id, watch.note]);
  const key = store.keys.watch(first.id);
  return (await store.run("pauseWatches", key, now, reason, tryAgainAt, mode, sentAt, ...pairs)) as string[];
}

/** Who says that a watch may go on: nobody, Slack (it lets us in again), or a person who wants it. */
export type ResumedBy = "retry" | "mended" | "asked";

/** Who follows the run from now on: they hear of its end, and of what holds it up. */
export type Requester = Pick<NewWatch, "requester" | "requesterName" | "responseUrl">;

/**
 * Puts what a held-up watch kept back on its way; false when there was nothing to end. Only when asked does a person's
 * own pause or mute end.
 * @param requester who asked for the run itself, and so takes it over; null: whoever had it keeps it
 */
export async function resumeWatch(
  store: Store,
  watchId: string,
  now: number,
  by: ResumedBy = "retry",
  requester: Requester | null = null,
): Promise<boolean> {
  const taken = requester === null ? "" : JSON.stringify(requesterFields(requester, now));
  return (await store.run("resumeWatch", store.keys.watch(watchId), watchId, now, by, taken)) === 1;
}

function requesterFields({ requester, requesterName, responseUrl }: Requester, now: number) {
  return { requester, requesterName, responseUrl: responseUrl ?? "", askedAt: String(now) };
}

const OPENED_MEMORY_MS = 10 * 60_000;

/** A channel is said to take messages again. */
export async function noteOpened(store: Store, channel: string, now: number): Promise<void> {
  await store.redis.set(store.keys.opened(channel), now, "PX", OPENED_MEMORY_MS);
}

/** A person pauses a watch: nothing new is posted before one resumes it. */
export async function pauseWatch(store: Store, watchId: string, byName: string, now: number) {
  return holdUp(store, watchId, "pausedByName", byName, now);
}

/** A person mutes a watch until a time (ms) or the run's end. */
export async function muteWatch(store: Store, watchId: string, until: number | "end", now: number) {
  return holdUp(store, watchId, "mutedUntil", until, now);
}

async function holdUp(store: Store, watchId: string, field: string, value: string | number, now: number) {
  const reply = await store.run("holdUp", store.keys.watch(watchId), watchId, now, field, value);
  return reply as "done" | "already" | "over" | "none";
}

/** Removes a watch of which nothing has reached Slack; false when something has. */
export async function discardWatch(store: Store, watchId: string): Promise<boolean> {
  return (await store.run("discardWatch", store.keys.watch(watchId), watchId)) === 1;
}

export async function getWatch(store: Store, watchId: string): Promise<StoredWatch | null> {
  return watchFrom(watchId, await store.redis.hgetall(store.keys.watch(watchId)));
}

export async function getWatches(store: Store, watchIds: readonly string[]): Promise<StoredWatch[]> {
  const found = await Promise.all(watchIds.map((id) => getWatch(store, id)));
  return found.filter((watch) => watch !== null);
}

/** The watches of a channel, newest first; ids whose watch has expired are forgotten on the way. */
export async function watchesOfChannel(store: Store, channel: string): Promise<StoredWatch[]> {
  const key = store.keys.channelWatches(channel);
  const ids = await store.redis.smembers(key);
  const watches = await getWatches(store, ids);
  const kept = new Set(watches.map((watch) => watch.id));
  const gone = ids.filter((id) => !kept.has(id));
  if (gone.length > 0) await store.redis.srem(key, ...gone);
  return watches.sort((a, b) => b.createdAt - a.createdAt);
}

/** The watches of several channels, most recently asked for first. */
export async function watchesOfChannels(store: Store, channels: readonly string[]): Promise<StoredWatch[]> {
  const ids = await Promise.all(channels.map((channel) => store.redis.smembers(store.keys.channelWatches(channel))));
  const watches = await getWatches(store, ids.flat());
  return watches.sort((a, b) => b.askedAt - a.askedAt || b.createdAt - a.createdAt);
}

/** Watches that somebody has asked for since then (ms). */
export async function watchesAskedSince(store: Store, since: number): Promise<StoredWatch[]> {
  const watches = await getWatches(store, await store.redis.zrange(store.keys.watches, 0, -1));
  return watches.filter((watch) => watch.askedAt >= since);
}

/** Paused watches whose next try is due. */
export async function pausedWatchesDue(store: Store, now: number): Promise<string[]> {
  return store.redis.zrangebyscore(store.keys.paused, 0, now, "LIMIT", 0, 100);
}

/** How many watches are in each state; forgets those that have expired. */
export async function countWatches(store: Store): Promise<Readonly<Record<WatchState, number>>> {
  const counts: Record<WatchState, number> = { active: 0, resting: 0, stopped: 0, paused: 0, lost: 0 };
  const ids = await store.redis.zrange(store.keys.watches, 0, -1);
  const states = await Promise.all(ids.map((id) => store.redis.hget(store.keys.watch(id), "state")));
  const gone = ids.filter((_, index) => !states[index]);
  for (const state of states) if (state && state in counts) counts[state as WatchState] += 1;
  if (gone.length > 0) await store.redis.zrem(store.keys.watches, ...gone);
  return counts;
}

export async function hasWatches(store: Store): Promise<boolean> {
  return (await store.redis.exists(store.keys.watches)) === 1;
}

/** How many watches Slack refuses, by its error code; a bounded look. */
export async function countPaused(store: Store): Promise<Readonly<Record<string, number>>> {
  const ids = await store.redis.zrange(store.keys.paused, 0, 999);
  const reasons = await Promise.all(ids.map((id) => store.redis.hget(store.keys.watch(id), "pauseReason")));
  const counts: Record<string, number> = {};
  for (const reason of reasons) if (reason) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

/** True the first time a key is seen within its lifetime (ms); tells a repeated delivery from a new one. */
export async function isFirst(store: Store, key: string, lifetimeMs: number): Promise<boolean> {
  return (await store.redis.set(store.keys.once(key), "1", "PX", lifetimeMs, "NX")) === "OK";
}

/** Whether a key was seen within its lifetime, without marking it. */
export async function wasSeen(store: Store, key: string): Promise<boolean> {
  return (await store.redis.exists(store.keys.once(key))) === 1;
}

/** A watch as it stands in its hash; null when it has gone. */
export function watchFrom(id: string, fields: Readonly<Record<string, string>>): StoredWatch | null {
  if (!fields.state || !fields.runId || !fields.channel) return null;
  return {
    id,
    runId: fields.runId,
    channel: fields.channel,
    requester: fields.requester ?? "",
    requesterName: fields.requesterName ?? "",
    state: fields.state as WatchState,
    createdAt: Number(fields.createdAt ?? 0),
    askedAt: Number(fields.askedAt ?? 0),
    responseUrl: fields.responseUrl || null,
    stoppedByName: fields.stoppedByName ?? null,
    pauseReason: fields.pauseReason ?? null,
    pausedByName: fields.pausedByName ?? null,
    mutedUntil: mutedUntilFrom(fields.mutedUntil),
    overrides: overridesFrom(fields.overrides),
    threadTs: fields.threadTs ?? null,
    cardTs: fields.cardTs ?? null,
    cardEntry: fields.cardEntry ?? "",
    epoch: Number(fields.epoch ?? 1),
    ended: fields.ended === "1",
    primed: fields.primed === "1",
    open: Number(fields.open ?? 0),
    posted: Number(fields.posted ?? 0),
    cardReposted: fields.cardReposted === "1",
  };
}

/** Until when a watch is muted, as it stands in its hash. */
export function mutedUntilFrom(field: string | undefined): Watch["mutedUntil"] {
  return field === "end" ? "end" : field ? Number(field) : null;
}
