import { COMPACT_PAGE_SIZE, type LaneHead, type LaneView, type LaneWatch } from "../domain/delivery.ts";
import type { Entry, EntryKind, EntryState } from "../domain/outbox.ts";
import { releaseRules } from "../domain/release.ts";
import { type Settings, settingsOf } from "../domain/settings.ts";
import { overridesFrom, settingsFrom } from "./settings.ts";
import { dueBefore, fieldsOf, type Store } from "./store.ts";
import { mutedUntilFrom } from "./watches.ts";

/** Entries looked at per class of a lane; enough to find one that may be sent. */
const HEADS_PER_CLASS = 50;

/** How a claimed message ended; the fields are those of the SETTLE script. Times in ms. */
export type Settlement =
  | {
      readonly outcome: "sent";
      readonly ts?: string;
      readonly hash?: string;
      /** Candidates that stand on the message; without it, all that it carries. */
      readonly shows?: number;
      readonly version: number;
      /** When a message that became dirty meanwhile is sent again. */
      readonly next: number;
    }
  | {
      readonly outcome: "retry";
      readonly at: number;
      readonly channelHold?: number;
      readonly editsHold?: number;
      readonly plain?: boolean;
    }
  | { readonly outcome: "unknown"; readonly at: number; readonly looks: number; readonly looksHold?: number }
  | {
      readonly outcome: "absent";
      readonly maybeRepeated: boolean;
      /** The era whose doubt this was, and whether nothing else of the watch is in doubt then. */
      readonly cleared?: number;
      readonly isWatchCleared?: boolean;
    }
  /** A candidate that was found on a page that the store has forgotten. */
  | { readonly outcome: "paged"; readonly page: string; readonly ts: string; readonly candidates: readonly string[] }
  /** The thread it belongs into is gone; it goes into the next card's. */
  | { readonly outcome: "rethread"; readonly at: number }
  /** `version`: what was wanted when it was left out. */
  | { readonly outcome: "skipped"; readonly version: number }
  | { readonly outcome: "dead" }
  | { readonly outcome: "repost"; readonly deleted: boolean; readonly at: number };

export interface Claim {
  readonly channel: string;
  readonly token: string;
  readonly now: number;
  readonly leaseUntil: number;
  readonly mode: "post" | "edit" | "look";
  readonly entryId: string;
  readonly watchId: string;
  /** Candidates that go onto a new page with the id `entryId`. */
  readonly members: readonly { readonly entryId: string; readonly candidateId: string }[] | null;
  readonly msPerEdit: number;
  readonly editBurstMs: number;
}

/** What a channel has to send, for the planner. */
export async function peekLane(store: Store, channel: string, now = 0): Promise<LaneView> {
  const args = [channel, HEADS_PER_CLASS, now, COMPACT_PAGE_SIZE];
  const json = (await store.run("peekLane", store.keys.lane(channel), ...args)) as string;
  const view = JSON.parse(json) as RawLane;
  const [inflight, lease] = listFrom(view.inflight);
  const channelSettings = settingsFrom(fieldsOf(listFrom(view.settings).map(String)));
  return {
    version: String(view.version),
    paceAt: Number(view.pace),
    editsAt: Number(view.edits),
    looksAt: Number(view.looks),
    inflight: inflight ? { entryId: String(inflight), leaseUntil: Number(lease) } : null,
    waiting: Number(view.waiting),
    heads: listFrom(view.heads).map(headFrom),
    watches: new Map(
      listFrom(view.watches)
        .map((row) => laneWatchFrom(row, channelSettings))
        .map((watch) => [watch.id, watch]),
    ),
  };
}

/** Takes one message of a lane: `ok` with the version to show, or why not and when to come again (ms, 0: at once). */
export async function claimEntry(store: Store, claim: Claim) {
  const members = claim.members?.map((member) => [member.entryId, member.candidateId]);
  const reply = await store.run(
    "claimEntry",
    store.keys.lane(claim.channel),
    claim.channel,
    claim.token,
    claim.now,
    claim.leaseUntil,
    claim.mode,
    claim.entryId,
    claim.msPerEdit,
    claim.editBurstMs,
    members ? JSON.stringify(members) : "",
    claim.watchId,
  );
  const [status, value] = reply as [string, string];
  return { status: status as "ok" | "busy" | "paced" | "changed" | "doubted", value: Number(value) };
}

/** Frees a lane whose holder is gone; true when there was one. */
export async function expireLease(store: Store, channel: string, now: number): Promise<boolean> {
  return Boolean(await store.run("expireLease", store.keys.lane(channel), channel, now));
}

/** Writes down how a claimed message ended; false when the token is stale and nothing was written. */
export async function settleEntry(
  store: Store,
  entry: Pick<Entry, "id" | "channel">,
  token: string,
  now: number,
  settlement: Settlement,
  /** No other post to the channel before this time (ms). */
  pace?: number,
): Promise<boolean> {
  const { outcome, ...details } = settlement;
  const json = JSON.stringify({ ...details, pace });
  return (await store.run("settleEntry", store.keys.lane(entry.channel), entry.id, token, now, outcome, json)) === 1;
}

/** Says when a lane next needs a look (null: never); false when it changed meanwhile and should be looked at again. */
export async function restLane(store: Store, channel: string, version: string, next: number | null): Promise<boolean> {
  return (await store.run("restLane", store.keys.lane(channel), channel, version, next ?? "")) === 1;
}

export async function getEntry(store: Store, id: string): Promise<Entry | null> {
  const fields = await store.redis.hgetall(store.keys.entry(id));
  return fields.watchId ? entryFrom(id, fields) : null;
}

/** `ts` of the message that each candidate stands on, its own or its page's, by the candidate's entry id. */
export async function getMessageTimes(store: Store, entryIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const read = async (id: string) => store.redis.hmget(store.keys.entry(id), "ts", "page");
  const own = await Promise.all(entryIds.map(read));
  const pages = new Map<string, string | null>();
  for (const page of new Set(own.flatMap(([ts, page]) => (!ts && page ? [page] : [])))) {
    pages.set(page, (await read(page))[0] ?? null);
  }
  return new Map(
    entryIds.flatMap((id, index) => {
      const [ts, page] = own[index] ?? [];
      const found = ts ?? (page ? pages.get(page) : null);
      return found ? [[id, found] as const] : [];
    }),
  );
}

/** Lanes whose next look was due at `before` (ms) or earlier, and those that a wrong clock made due far too late. */
export async function lanesDue(store: Store, before: number, most: number): Promise<string[]> {
  return dueBefore(store, store.keys.lanes, before, most);
}

/** How many messages wait in all lanes, and how long the most overdue lane has been waiting (ms). */
export async function laneDepth(store: Store, now: number): Promise<{ depth: number; ageMs: number }> {
  const rows = await store.redis.zrange(store.keys.lanes, 0, -1, "WITHSCORES");
  const channels = rows.filter((_, index) => index % 2 === 0);
  const depths = await Promise.all(channels.map((channel) => store.redis.zcard(store.keys.lane(channel))));
  const oldest = Math.min(now, ...rows.filter((_, index) => index % 2 === 1).map(Number));
  return { depth: depths.reduce((sum, depth) => sum + depth, 0), ageMs: now - oldest };
}

/** The ids of everything that a watch has sent, or will. */
export async function getEntryIds(store: Store, watchId: string): Promise<string[]> {
  return store.redis.zrange(store.keys.watchEntries(watchId), 0, -1);
}

/** How many messages of a watch are not in Slack yet. */
export async function countWaiting(store: Store, watchId: string): Promise<number> {
  const ids = await getEntryIds(store, watchId);
  const rows = await Promise.all(ids.map((id) => store.redis.hmget(store.keys.entry(id), "state", "ts")));
  return rows.filter(([state, ts]) => !ts && (state === "pending" || state === "sending" || state === "unknown"))
    .length;
}

interface RawLane {
  readonly version: string;
  readonly pace: string;
  readonly edits: string;
  readonly looks: string;
  readonly waiting: number;
  readonly inflight: unknown;
  readonly heads: unknown;
  readonly watches: unknown;
  readonly settings: unknown;
}

/** Lua's cjson writes an empty list as `{}`. */
function listFrom(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function headFrom(row: unknown): LaneHead {
  const [id, cls, kind, state, ts, watchId, notBefore, subject, addedAt] = row as unknown[];
  return {
    id: String(id),
    class: Number(cls) as LaneHead["class"],
    kind: kind as EntryKind,
    state: state as EntryState,
    isPosted: Boolean(ts),
    watchId: String(watchId),
    notBefore: Number(notBefore || 0),
    subject: String(subject ?? ""),
    // An entry of an earlier version does not say when it was added.
    addedAt: Number(addedAt || notBefore || 0),
  };
}

function laneWatchFrom(row: unknown, channelSettings: Settings): LaneWatch {
  const [id, threadTs, open, cardEntry, cardState, cardNotBefore, cardTs, cardAttempts, ...rest] = row as unknown[];
  const [ended, mutedUntil, overrides, state] = rest.map((field) => (field ? String(field) : undefined));
  // A run that Parallel no longer knows will not end in any other way: what waits for its end waits no longer.
  const watch = { ended: ended === "1" || state === "lost", mutedUntil: mutedUntilFrom(mutedUntil) };
  return {
    release: releaseRules(settingsOf(channelSettings, overridesFrom(overrides)), watch),
    id: String(id),
    hasThread: Boolean(threadTs),
    open: Number(open || 0),
    cardEntry: String(cardEntry || ""),
    isCardDirty: cardState === "pending",
    isCardPosted: Boolean(cardTs),
    cardNotBefore: Number(cardNotBefore || 0),
    hasCardFailed: Number(cardAttempts || 0) > 0,
  };
}

function entryFrom(id: string, fields: Readonly<Record<string, string>>): Entry {
  return {
    id,
    watchId: fields.watchId ?? "",
    channel: fields.channel ?? "",
    kind: fields.kind as EntryKind,
    subject: fields.subject ?? "",
    state: fields.state as EntryState,
    seq: Number(fields.seq ?? 0),
    ts: fields.ts ?? null,
    members: fields.members ? (JSON.parse(fields.members) as string[]) : [],
    page: fields.page ?? null,
    wanted: Number(fields.wanted ?? 0),
    shown: Number(fields.shown ?? 0),
    hash: fields.hash ?? null,
    attempts: Number(fields.attempts ?? 0),
    claimedAt: fields.claimedAt ? Number(fields.claimedAt) : null,
    looks: Number(fields.looks ?? 0),
    doubted: fields.doubted ? Number(fields.doubted) : null,
    notBefore: Number(fields.notBefore ?? 0),
    plain: fields.plain === "1",
    maybeRepeated: fields.maybeRepeated === "1",
  };
}
