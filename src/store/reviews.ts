import type { EarlierVerdict, Note, Person, Review } from "../domain/review.ts";
import type { Store } from "./store.ts";

/** A watch's reviews by candidate id, as they were when `seq` was read. */
export interface ReviewBook {
  /** Rises with every review of the watch; a write names the one it was made from. */
  readonly seq: string;
  readonly reviews: ReadonlyMap<string, Review>;
}

/** One atomic write; the fields are those of the WRITE REVIEW script. Times in ms. */
export interface ReviewWrite {
  readonly watchId: string;
  readonly candidateId: string;
  readonly seq: string;
  readonly review: Review;
  /** A delivery that counts once; null: the act is harmless to repeat. */
  readonly once: string | null;
  /** The person's note; empty text removes it. */
  readonly note: Note | null;
  readonly entry: string;
  readonly entryAt: number;
  /** How soon the card may be edited, and how long after its last edit. */
  readonly cardSoon: number;
  readonly cardEvery: number;
  readonly completion: { readonly entry: string; readonly at: number } | null;
  readonly reviewed: { readonly entry: string; readonly subject: string } | null;
  /** `verdict` null: nothing is decided any more. */
  readonly memory: {
    readonly entity: string;
    readonly verdict: EarlierVerdict | null;
    readonly keepFor: number;
  } | null;
}

/** How long a click is remembered (ms); Slack repeats a delivery for some minutes at most. */
export const ONCE_FOR_MS = 60 * 60_000;
/** Entities that a channel remembers. */
const MOST_REMEMBERED = 5_000;
/** One answer by `response_url` takes at most this long. */
const DIRECT_FOR_MS = 20_000;

/** Everything that was decided in a watch. */
export async function getReviews(store: Store, watchId: string): Promise<ReviewBook> {
  // First the number, then the reviews: what is written in between makes our own write fail, never get lost.
  const seq = await store.redis.hget(store.keys.watch(watchId), "reviewSeq");
  const rows = await store.redis.hgetall(store.keys.watchReviews(watchId));
  const reviews = new Map(Object.entries(rows).map(([id, json]) => [id, JSON.parse(json) as Review]));
  return { seq: seq ?? "0", reviews };
}

/** The reviews of some candidates. */
export async function getReviewsOf(store: Store, watchId: string, ids: readonly string[]) {
  const rows = ids.length === 0 ? [] : await store.redis.hmget(store.keys.watchReviews(watchId), ...ids);
  const found = ids.flatMap((id, index) => (rows[index] ? [[id, JSON.parse(rows[index]) as Review] as const] : []));
  return new Map<string, Review>(found);
}

/** The notes on some candidates, by candidate id. */
export async function getNotes(
  store: Store,
  watchId: string,
  reviews: ReadonlyMap<string, Review>,
): Promise<ReadonlyMap<string, readonly Note[]>> {
  const wanted = [...reviews].flatMap(([id, review]) => review.noteBy.map((user) => ({ id, field: `${user}:${id}` })));
  const notes = new Map<string, Note[]>();
  if (wanted.length === 0) return notes;
  const rows = await store.redis.hmget(store.keys.watchNotes(watchId), ...wanted.map(({ field }) => field));
  wanted.forEach(({ id }, index) => {
    const json = rows[index];
    if (json) notes.set(id, [...(notes.get(id) ?? []), JSON.parse(json) as Note]);
  });
  return notes;
}

/** A person's own note on a candidate. */
export async function getNote(store: Store, watchId: string, candidateId: string, by: Person): Promise<Note | null> {
  const json = await store.redis.hget(store.keys.watchNotes(watchId), `${by.id}:${candidateId}`);
  return json ? (JSON.parse(json) as Note) : null;
}

/** Writes a review. `changed`: another one was written since ours was read; read again. `gone`: the watch has expired. */
export async function writeReview(store: Store, write: ReviewWrite, now: number) {
  const { watchId, candidateId, seq, review, once, note, memory, ...rest } = write;
  const details = {
    ...rest,
    ...(once ? { once, onceFor: ONCE_FOR_MS } : {}),
    ...(note ? { note: { user: note.by.id, json: note.text === "" ? "" : JSON.stringify(note) } } : {}),
    ...(memory ? { memory: memoryOf(memory) } : {}),
  };
  const given = Object.entries(details).filter(([, value]) => value !== null);
  const json = JSON.stringify(Object.fromEntries(given));
  const args = [watchId, candidateId, seq, JSON.stringify(review), now, json];
  const reply = await store.run("writeReview", store.keys.watch(watchId), ...args);
  return reply as "written" | "changed" | "repeated" | "gone";
}

function memoryOf({ entity, verdict, keepFor }: NonNullable<ReviewWrite["memory"]>) {
  return { entity, record: verdict ? JSON.stringify(verdict, whole) : "", most: MOST_REMEMBERED, keepFor };
}

/** The script reads records again, and Lua's JSON refuses half a character: one would bar its entity for ever. */
function whole(_name: string, value: unknown): unknown {
  return typeof value === "string" ? value.replace(/\p{Surrogate}/gu, "\ufffd") : value;
}

/** What the channel decided about entities in other watches than this, by entity; nothing older than `since` (ms). */
export async function getEarlier(
  store: Store,
  channel: string,
  entities: readonly string[],
  about: { readonly watchId: string; readonly since: number },
): Promise<ReadonlyMap<string, EarlierVerdict>> {
  const found = new Map<string, EarlierVerdict>();
  if (entities.length === 0) return found;
  const rows = await store.redis.hmget(store.keys.channelMemory(channel), ...entities);
  entities.forEach((entity, index) => {
    const records = rows[index] ? (JSON.parse(rows[index]) as string[]) : [];
    const other = records
      .map((json) => JSON.parse(json) as EarlierVerdict)
      .find((record) => record.watchId !== about.watchId && record.at >= about.since);
    if (other) found.set(entity, other);
  });
  return found;
}

/** Says that a message is about to be shown anew past its lane; the version to show, or null when it is not in Slack. */
export async function beginDirect(store: Store, entryId: string, token: string, now: number): Promise<number | null> {
  const reply = await store.run("beginDirect", store.keys.entry(entryId), entryId, token, now, DIRECT_FOR_MS);
  return reply === null ? null : Number(reply);
}

/** Says how that went; true when the message is known to show what is stored. @param hash null: Slack refused it */
export async function endDirect(
  store: Store,
  entryId: string,
  token: string,
  now: number,
  shown: { readonly version: number; readonly hash: string | null },
): Promise<boolean> {
  const args = [entryId, token, now, shown.version, shown.hash ?? ""];
  return (await store.run("endDirect", store.keys.entry(entryId), ...args)) === 1;
}
