import type { KnownBlock } from "@slack/types";
import { decidedOf, type Tally } from "../../domain/review.ts";
import { actions, button, context, lines, section } from "../blocks.ts";
import { ACTIONS, VIEWS } from "../controls.ts";
import { count, plural } from "../format.ts";
import { heldWords } from "../messages/settings-words.ts";
import { mrkdwn } from "../text.ts";
import { fitView } from "./fit-view.ts";
import { noticeBlocks } from "./item-blocks.ts";
import { type ModalView, modal } from "./modal.ts";
import { type QueueState, writeQueueState } from "./queue-state.ts";
import { outcomeLine } from "./review-text.ts";

export interface QueueEndView {
  readonly watchId: string;
  readonly tally: Tally;
  /** Candidates the person skipped on this way through. */
  readonly skipped: number;
  /** What the run looks for. Foreign. */
  readonly objective: string | null;
  /** Finished mrkdwn. The first are shown. */
  readonly notices: readonly string[];
}

export interface QueueNothingView {
  readonly objective: string | null;
  readonly notices: readonly string[];
  /** Matches that the channel's filter holds back. */
  readonly held: number;
}

const OBJECTIVE = 600;
const MAX_NOTICES = 5;

/** The end of the queue: how the review stands, and what can be done next. */
export function renderQueueEnd(view: QueueEndView, state: QueueState): ModalView {
  const { tally, watchId } = view;
  const again = tally.toReview === 0 ? [] : [button("Go through them", ACTIONS.queueAgain, { style: "primary" })];
  const exported = decidedOf(tally) === 0 ? [] : [button("Export CSV", ACTIONS.export)];
  const buttons = [...again, ...exported];
  return ended(view, state, [
    section(lines([endWords(tally, view.skipped), outcomeLine(tally)])),
    ...(buttons.length === 0 ? [] : [actions(watchId, buttons)]),
  ]);
}

/** The queue of a run of which nothing has come into the thread yet. */
export function renderQueueNothing(view: QueueNothingView, state: QueueState): ModalView {
  const held = heldWords(view.held);
  const why =
    held === null
      ? "The run has found no matches so far; they will arrive in the thread."
      : `${held}; nothing else has matched so far. \`/findall settings\` changes the filter.`;
  return ended(view, state, [section(`*Nothing to review yet.* ${why}`)]);
}

function endWords(tally: Tally, skipped: number): string {
  if (tally.toReview === 0) return "✅ *All reviewed.*";
  // Others may have decided what this person skipped.
  const own = Math.min(skipped, tally.toReview);
  if (own === tally.toReview) return `⏭ *You skipped ${count(own)}*; nothing else is left to review.`;
  const left = `${plural(tally.toReview, "candidate still waits", "candidates still wait")} for review`;
  return own === 0 ? `*This is the end of the queue*, and ${left}.` : `⏭ *You skipped ${count(own)}*; ${left}.`;
}

function ended(view: Omit<QueueNothingView, "held">, state: QueueState, blocks: readonly KnownBlock[]): ModalView {
  const objective = view.objective === null ? "" : mrkdwn(view.objective, OBJECTIVE);
  return fitView(
    modal({
      callbackId: VIEWS.queue,
      title: "Review queue",
      state: writeQueueState({ ...state, key: null }),
      blocks: [
        ...noticeBlocks(view.notices.slice(0, MAX_NOTICES)),
        ...(objective === "" ? [] : [context(`“${objective}”`)]),
        ...blocks,
      ],
    }),
  );
}
