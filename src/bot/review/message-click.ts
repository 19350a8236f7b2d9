import type { Message } from "../../domain/message.ts";
import { ACTIONS, CANDIDATE_KEY, WATCH_ID } from "../../slack/controls.ts";
import type { ClickContext } from "../../steps/review-results.ts";
import { answer } from "../answer.ts";
import { isFirstDelivery } from "../first-delivery.ts";
import { clickOverdue } from "../replies/click-overdue.ts";
import { forgedClick } from "../replies/forged-click.ts";
import { stillExporting } from "../replies/still-exporting.ts";
import { unexpectedError } from "../replies/unexpected-error.ts";
import type { Desk, Voice } from "./desk.ts";
import { detailsPage } from "./details-page.ts";
import { exportAnswer } from "./export-answer.ts";
import { openWindow } from "./open-window.ts";
import { type MessageClick, readAct, readNumber } from "./payload.ts";
import { QUEUE_START, queuePage } from "./queue-page.ts";
import { verdictAnswer } from "./verdict-answer.ts";

/** Answers a click on a message that was acknowledged already. Never rejects. */
export function onMessageClick(click: MessageClick, desk: Desk, voice: Voice): Promise<void> {
  return answer(() => replyTo(click, desk), outletOf(voice), {
    receivedAt: desk.receivedAt,
    now: desk.now,
    newReference: desk.newReference,
    words: {
      // A decision shows itself, and a window says that it is loading; a file takes long enough to wonder.
      interim: click.actionId === ACTIONS.export ? stillExporting() : null,
      overdue: clickOverdue(),
      failed: unexpectedError,
    },
    onAck: () => {},
    onTrouble: (what, error, reference) => desk.onTrouble(what, error, reference ?? undefined),
  });
}

/** The click is acknowledged: all that is left of an acknowledgement is the answer that it would have carried. */
function outletOf(voice: Voice) {
  return {
    ack: async (message: Message | null) => {
      if (message) await voice.respond(message);
    },
    respond: voice.respond,
    postEphemeral: voice.postEphemeral,
  };
}

/** Null when there is nothing to say. */
function replyTo(click: MessageClick, desk: Desk): Promise<Message | null> {
  switch (click.actionId) {
    case ACTIONS.more:
      return openDetails(click, desk);
    case ACTIONS.queue:
      return openQueue(click, desk);
    case ACTIONS.export:
      return exportAll(click, desk);
    default:
      return decide(click, desk);
  }
}

async function decide(click: MessageClick, desk: Desk): Promise<Message | null> {
  const seen = readNumber(click.value);
  const act = seen === null ? null : readAct(click.actionId, seen);
  if (act === null || !CANDIDATE_KEY.test(click.blockId)) return forged(desk);
  const result = await desk.actions.review(click.blockId, act, contextOf(click));
  return verdictAnswer(result, act, click.by, click);
}

async function openDetails(click: MessageClick, desk: Desk): Promise<Message | null> {
  const key = click.blockId;
  if (!CANDIDATE_KEY.test(key)) return forged(desk);
  const state = { key, page: 0, place: placeOf(click, desk), notice: null };
  return openWindow(
    () => detailsPage(desk.actions, click.by, state),
    (view) => desk.windows.open(click.triggerId, view),
    desk,
  );
}

async function openQueue(click: MessageClick, desk: Desk): Promise<Message | null> {
  const { blockId: watchId, by, triggerId } = click;
  if (!WATCH_ID.test(watchId)) return forged(desk);
  return openWindow(
    () => queuePage(desk.actions, { watchId, by }, QUEUE_START),
    (view) => desk.windows.open(triggerId, view),
    desk,
  );
}

async function exportAll(click: MessageClick, desk: Desk): Promise<Message | null> {
  if (!WATCH_ID.test(click.blockId)) return forged(desk);
  // The same click delivered twice must not put two files into the thread.
  if (!(await isFirstDelivery(click.deliveryId, desk.actions))) return null;
  return exportAnswer(await desk.actions.exportReviews(click.blockId, click.by, "csv", "all"), null);
}

function forged(desk: Desk): Message {
  desk.onTrouble("forged", null);
  return forgedClick();
}

function contextOf(click: MessageClick): ClickContext {
  const { by, channelId, deliveryId } = click;
  // What only one person sees is answered by us, and never becomes the candidate's message.
  const isPublic = !click.isEphemeral;
  const messageTs = isPublic ? click.messageTs : null;
  return { by, channelId, messageTs, responseUrl: isPublic ? click.responseUrl : null, deliveryId };
}

function placeOf(click: MessageClick, desk: Desk) {
  const { responseUrl, channelId, messageTs, isEphemeral } = click;
  return isEphemeral || responseUrl === null ? null : { responseUrl, channelId, messageTs, at: desk.receivedAt };
}
