import type { Candidate } from "../domain/candidate.ts";
import { CARD_DEBOUNCE_MS } from "../domain/delivery.ts";
import { entityKeyOf } from "../domain/entity.ts";
import { entryIdOf } from "../domain/ids.ts";
import {
  actOn,
  NEW_REVIEW,
  type Note,
  type Person,
  type Review,
  type ReviewAct,
  standing,
  tallyOf,
  withNote,
} from "../domain/review.ts";
import { getNote, ONCE_FOR_MS, type ReviewWrite, writeReview } from "../store/reviews.ts";
import { getCandidates, getRun } from "../store/runs.ts";
import { isStoreUnavailable } from "../store/store.ts";
import { getWatch, isFirst, type StoredWatch, wasSeen } from "../store/watches.ts";
import type { Context } from "./context.ts";
import { createTurns } from "./one-at-a-time.ts";
import { endSubject } from "./poll-plan.ts";
import { type OpenReviewBook, openReviewBook } from "./review-book.ts";
import { type FoundCandidate, findCandidate, readItem, refusalFor } from "./review-item.ts";
import type { ClickContext, NoteResult, ReviewRefusal, ReviewResult } from "./review-results.ts";
import { showAtOnce } from "./show-at-once.ts";
import { within } from "./within.ts";

/** The lane leaves a clicked message so long to the click's own answer. */
const LANE_GRACE_MS = 4_000;
/** People see their decision in the card's tally at once, and the next ones together. */
const CARD_SOON_MS = 250;
/** What a person is told does not wait longer for Slack to take the edit of the message. */
const SHOWN_WITHIN_MS = 1_000;
/** The alert at the end carries the tally too, but nobody waits for it. */
const COMPLETION_DEBOUNCE_MS = 15_000;
/** Against a store that never lets us write; others can be quicker only so many times. */
const TRIES = 50;
const EARLIER_NOTE = 300;
const EARLIER_TITLE = 150;

const inTurn = createTurns();

/**
 * Decides about a candidate, or takes the last decision back: stored first, with everything that must show it, then shown
 * on the message that was clicked, past the lane. A crash in between is healed by the lane.
 */
export async function recordReview(
  ctx: Context,
  key: string,
  act: ReviewAct,
  click: ClickContext,
  note = "",
): Promise<ReviewResult> {
  const clickedAt = ctx.now();
  const wish: Wish = { act, by: click.by, note: note.trim() === "" ? null : note, once: click.deliveryId };
  const result = await change(ctx, key, wish, click.channelId);
  const name = act.kind === "undo" ? "undo" : act.verdict;
  ctx.metrics.reviews.inc({ act: name, outcome: result.kind });
  if ("item" in result) {
    ctx.log.info({ event: "review", act: name, outcome: result.kind, entry: key, user: click.by.id });
    const shown = showAtOnce(ctx, key, result.item.watch, click).then((isShown) => {
      if (isShown) ctx.metrics.clickToMessage.observe((ctx.now() - clickedAt) / 1_000);
    });
    await within(shown, SHOWN_WITHIN_MS);
  }
  return result;
}

/** Keeps a person's note on a candidate; empty text removes it. */
export async function saveNote(ctx: Context, key: string, text: string, by: Person): Promise<NoteResult> {
  const result = await change(ctx, key, { act: null, by, note: text, once: null }, null);
  if (result.kind === "recorded") return { kind: "saved", item: result.item };
  return "item" in result ? { kind: "unchanged", item: result.item } : result;
}

interface Wish {
  /** Null: only the note. */
  readonly act: ReviewAct | null;
  readonly by: Person;
  /** Null: the person's note stays as it is. */
  readonly note: string | null;
  readonly once: string | null;
}

async function change(ctx: Context, key: string, wish: Wish, seenIn: string | null): Promise<ReviewResult> {
  try {
    const found = await findCandidate(ctx, key);
    if (!found) return { kind: "expired" };
    const refusal = await refusalFor(ctx, found.watch.channel, wish.by, seenIn);
    if (refusal) return refusal;
    const kind = await inTurn(found.watch.id, () => writeUntilDone(ctx, found, wish));
    if (kind === "expired") return { kind };
    const watch = await getWatch(ctx.store, found.watch.id);
    const item = watch ? await readItem(ctx, watch, found.candidateId) : null;
    if (!item) return { kind: "expired" };
    ctx.reach("click stored");
    await ctx.wakeups.lane(found.watch.channel);
    return { kind, item };
  } catch (error) {
    if (isStoreUnavailable(error)) return { kind: "store_unavailable" };
    throw error;
  }
}

type Written = Exclude<ReviewResult["kind"], ReviewRefusal["kind"]> | "expired";

/** Reads, decides and writes; begins again when somebody else's write came in between. */
async function writeUntilDone(ctx: Context, found: FoundCandidate, wish: Wish): Promise<Written> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const written = await tryToWrite(ctx, found, wish);
    if (written !== "changed") return written;
  }
  throw new Error(`the review of ${found.key} changed ${TRIES} times while it was being written`);
}

async function tryToWrite(ctx: Context, found: FoundCandidate, wish: Wish): Promise<Written | "changed"> {
  const { candidateId } = found;
  if (wish.once && (await wasSeen(ctx.store, wish.once))) return "repeated";
  const watch = await getWatch(ctx.store, found.watch.id);
  if (!watch) return "expired";
  const book = await openReviewBook(ctx, watch);
  const [candidate] = await getCandidates(ctx.store, watch.runId, [candidateId]);
  if (!candidate) return "expired";
  const before = book.reviews.get(candidateId) ?? NEW_REVIEW;
  const now = ctx.now();
  const outcome = wish.act ? actOn(before, wish.act, wish.by, now) : ({ kind: "already" } as const);
  const decided = outcome.kind === "recorded" ? outcome.review : before;
  const oldNote = wish.note === null ? null : await getNote(ctx.store, watch.id, candidateId, wish.by);
  const review = wish.note === null ? decided : withNote(decided, oldNote?.text ?? null, wish.note, wish.by, now);
  if (review === before) {
    // Nothing to write; but who is told so is told once.
    if (wish.once && !(await isFirst(ctx.store, wish.once, ONCE_FOR_MS))) return "repeated";
    return outcome.kind;
  }
  const note = wish.note === null ? null : { by: wish.by, text: wish.note, at: now };
  const write = await writeOf(ctx, { watch, book, candidate, before, review, note, once: wish.once });
  const reply = await writeReview(ctx.store, write, now);
  if (reply === "gone") return "expired";
  if (reply === "written") return wish.act ? outcome.kind : "recorded";
  return reply;
}

interface Draft {
  readonly watch: StoredWatch;
  readonly book: OpenReviewBook;
  readonly candidate: Candidate;
  readonly before: Review;
  readonly review: Review;
  readonly note: Note | null;
  readonly once: string | null;
}

async function writeOf(ctx: Context, draft: Draft): Promise<ReviewWrite> {
  const { watch, book, candidate, review, note, once } = draft;
  const now = ctx.now();
  const completion = watch.ended ? entryIdOf(watch.id, "completion", endSubject(watch)) : null;
  return {
    watchId: watch.id,
    candidateId: candidate.id,
    seq: book.seq,
    review,
    once,
    note,
    entry: entryIdOf(watch.id, "candidate", candidate.id),
    entryAt: now + LANE_GRACE_MS,
    cardSoon: CARD_SOON_MS,
    cardEvery: CARD_DEBOUNCE_MS,
    completion: completion ? { entry: completion, at: now + COMPLETION_DEBOUNCE_MS } : null,
    reviewed: isLast(draft) ? reviewedNote(watch) : null,
    memory: await memoryOf(ctx, draft),
  };
}

/** This decision leaves nothing to review of a run that has ended and whose matches are all in the thread. */
function isLast({ watch, book, candidate, review }: Draft): boolean {
  if (!watch.ended || watch.open > 0) return false;
  const after = new Map(book.reviews).set(candidate.id, review);
  return tallyOf(book.candidates, book.reviews).toReview > 0 && tallyOf(book.candidates, after).toReview === 0;
}

/** Said once for each end of the run. */
function reviewedNote(watch: StoredWatch) {
  const subject = `reviewed:${watch.epoch}`;
  return { entry: entryIdOf(watch.id, "note", subject), subject };
}

/** What the channel remembers of this entity from now on: the decision in force, with its maker's note. */
async function memoryOf(ctx: Context, { watch, candidate, review, note }: Draft): Promise<ReviewWrite["memory"]> {
  const entity = entityKeyOf(candidate.url);
  if (entity === null) return null;
  const keepFor = ctx.settings.retentionMs;
  const decision = standing(review);
  if (!decision) return { entity, verdict: null, keepFor };
  const own = note?.by.id === decision.by.id ? note : await getNote(ctx.store, watch.id, candidate.id, decision.by);
  const spec = (await getRun(ctx.store, watch.runId))?.spec ?? null;
  const title = beginning(spec?.objective ?? "", EARLIER_TITLE);
  const place = { watchId: watch.id, runId: watch.runId, title, note: beginning(own?.text ?? "", EARLIER_NOTE) };
  return { entity, verdict: { ...place, ...decision }, keepFor };
}

/** The first characters of a text, none halved. */
function beginning(text: string, most: number): string {
  return [...text.slice(0, 2 * most)].slice(0, most).join("");
}
