import { standing } from "../../domain/review.ts";
import { ACTIONS } from "../../slack/controls.ts";
import { type QueueState, readQueueState } from "../../slack/views/queue-state.ts";
import type { QueueCursor, ReviewResult } from "../../steps/review-results.ts";
import { isFirstDelivery } from "../first-delivery.ts";
import { NOTE_TOO_LONG } from "../replies/form-words.ts";
import { skippedMeanwhile } from "../replies/queue-notices.ts";
import { refusalWords } from "../replies/refusal-words.ts";
import { STILL_EXPORTING } from "../replies/still-exporting.ts";
import type { Desk } from "./desk.ts";
import { detailsPage } from "./details-page.ts";
import { exportAnswer } from "./export-answer.ts";
import { forgedView, type NextView } from "./next-view.ts";
import { openWindow } from "./open-window.ts";
import { isTooLong, type ModalClick, readAct, readNumber } from "./payload.ts";
import { QUEUE_START, type QueuePlace, queuePage } from "./queue-page.ts";
import { withNotice } from "./view-notice.ts";

/** A click in the review queue. What it is about must be what the queue shows: a late click decides nothing unseen. */
export async function inQueue(click: ModalClick, desk: Desk): Promise<NextView | null> {
  const state = readQueueState(click.view.state);
  const about =
    click.actionId === ACTIONS.queueAgain || click.actionId === ACTIONS.export ? state?.watchId : state?.key;
  if (state === null || !about || about !== click.blockId) return forgedView(desk);
  const place = { watchId: state.watchId, by: click.by };
  switch (click.actionId) {
    case ACTIONS.queueAgain:
      return showNext(place, QUEUE_START, desk);
    case ACTIONS.export:
      return exportAll(click, state, desk);
    case ACTIONS.more:
      return pushDetails(click, about, desk);
    default:
      return decide(click, { ...state, key: about }, desk);
  }
}

async function decide(click: ModalClick, state: QueueState & { key: string }, desk: Desk): Promise<NextView> {
  const seen = readNumber(click.value);
  const act = seen === null ? null : readAct(click.actionId, seen);
  if (act === null) return forgedView(desk);
  const note = click.view.note?.text ?? "";
  if (isTooLong(note)) return { notice: NOTE_TOO_LONG };
  const { by, deliveryId } = click;
  const context = { by, channelId: null, messageTs: null, responseUrl: null, deliveryId };
  const result = await desk.actions.review(state.key, act, context, note);
  if (!("item" in result)) return { notice: refusalWords(result) };
  const { cursor, notice } = afterDecision(result, state, click);
  const notices = notice === null ? [] : [notice];
  const next = await showNext({ watchId: state.watchId, by, notices }, cursor, desk);
  return "view" in next ? { ...next, insist: notice !== null } : next;
}

/** Where the queue goes on, and what is said there. */
export function afterDecision(
  result: Extract<ReviewResult, { item: unknown }>,
  state: QueueState,
  { by }: Pick<ModalClick, "by">,
): { readonly cursor: QueueCursor; readonly notice: string | null } {
  const { from, left, skipped } = state;
  const notice = result.kind === "conflict" ? skippedMeanwhile(result.item, by) : null;
  // Without a decision the candidate still waits for one, so it is shown once more.
  if (!standing(result.item.review)) return { cursor: { from, left, skipped }, notice };
  // This one is told of, so it does not count among those that others decided meanwhile.
  return { cursor: { from: from + 1, left: Math.max(0, left - 1), skipped }, notice };
}

async function showNext(place: QueuePlace, cursor: QueueCursor, desk: Desk): Promise<NextView> {
  const page = await queuePage(desk.actions, place, cursor);
  return "refused" in page ? { notice: page.refused } : { view: page.view };
}

async function pushDetails(click: ModalClick, key: string, desk: Desk): Promise<NextView | null> {
  const state = { key, page: 0, place: null, notice: null };
  const failed = await openWindow(
    () => detailsPage(desk.actions, click.by, state),
    (view) => desk.windows.push(click.triggerId, view),
    desk,
  );
  return failed === null ? null : { notice: failed.text };
}

async function exportAll(click: ModalClick, state: QueueState, desk: Desk): Promise<NextView | null> {
  if (!(await isFirstDelivery(click.deliveryId, desk.actions))) return null;
  await desk.windows
    .update(click.view.id, withNotice(click.view, STILL_EXPORTING), click.view.hash)
    .catch((error) => desk.onTrouble("window_lost", error));
  const result = await desk.actions.exportReviews(state.watchId, click.by, "csv", "all");
  return { view: withNotice(click.view, exportAnswer(result, null).text), insist: true };
}
