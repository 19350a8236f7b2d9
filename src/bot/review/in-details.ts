import { DETAILS_PAGE_ACTION, renderDetails } from "../../slack/views/details.ts";
import { type DetailsState, readDetailsState } from "../../slack/views/details-state.ts";
import type { ClickContext } from "../../steps/review-results.ts";
import { NOTE_TOO_LONG } from "../replies/form-words.ts";
import { refusalWords } from "../replies/refusal-words.ts";
import { actNotice } from "./act-notice.ts";
import type { Desk } from "./desk.ts";
import { detailsPage } from "./details-page.ts";
import { forgedView, type NextView } from "./next-view.ts";
import { isTooLong, type ModalClick, readAct, readNumber } from "./payload.ts";

/** A message's `response_url` is good for 30 minutes; the rest is for the way to Slack. */
const PLACE_GOOD_FOR_MS = 25 * 60_000;

/** A click in the details of a candidate. */
export async function inDetails(click: ModalClick, desk: Desk): Promise<NextView | null> {
  const state = readDetailsState(click.view.state);
  if (state === null) return forgedView(desk);
  return DETAILS_PAGE_ACTION.test(click.actionId) ? turnPage(click, state, desk) : decide(click, state, desk);
}

async function turnPage(click: ModalClick, state: DetailsState, desk: Desk): Promise<NextView> {
  const page = readNumber(click.value);
  if (page === null) return forgedView(desk);
  const read = await detailsPage(desk.actions, click.by, { ...state, page });
  return "refused" in read ? { notice: read.refused } : { view: read.view };
}

async function decide(click: ModalClick, state: DetailsState, desk: Desk): Promise<NextView> {
  const { key } = state;
  const seen = readNumber(click.value);
  const act = seen === null ? null : readAct(click.actionId, seen);
  if (act === null || click.blockId !== key) return forgedView(desk);
  const note = click.view.note?.text ?? "";
  if (isTooLong(note)) return { notice: NOTE_TOO_LONG };
  // Who has written a note and decides means both; a note that is not changed is not saved anew.
  const result = await desk.actions.review(key, act, contextOf(click, state, desk), note);
  if (!("item" in result)) return { notice: refusalWords(result) };
  const notice = actNotice(result, act, click.by);
  return { view: renderDetails(result.item, { ...state, notice }, click.by), insist: true };
}

/** The message that the modal was opened from is shown anew at once, while Slack still takes that. */
function contextOf({ by, deliveryId }: ModalClick, { place }: DetailsState, desk: Desk): ClickContext {
  const isGood = place !== null && desk.now() - place.at < PLACE_GOOD_FOR_MS;
  const { channelId, messageTs, responseUrl } = isGood ? place : NOWHERE;
  return { by, channelId, messageTs, responseUrl, deliveryId };
}

const NOWHERE = { channelId: null, messageTs: null, responseUrl: null };
