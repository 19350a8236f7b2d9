import type { Person } from "../../domain/review.ts";
import { renderQueue } from "../../slack/views/queue.ts";
import { renderQueueEnd, renderQueueNothing } from "../../slack/views/queue-end.ts";
import type { QueueCursor, QueueResult } from "../../steps/review-results.ts";
import type { BotActions } from "../deps.ts";
import { decidedByOthers } from "../replies/queue-notices.ts";
import { type Refused, refusedFor } from "../replies/refusal-words.ts";
import { WATCH_GONE } from "../replies/watch-gone.ts";
import type { Page } from "./open-window.ts";

/** Where the queue starts, and starts again. */
export const QUEUE_START: QueueCursor = { from: 0, left: null, skipped: 0 };

/** Whose queue it is. */
export interface QueuePlace {
  readonly watchId: string;
  readonly by: Person;
  /** Finished mrkdwn: what just happened. */
  readonly notices?: readonly string[];
  /** What is said when there is no such watch. */
  readonly gone?: Refused;
}

/** The next candidate to review, or the queue's end. */
export async function queuePage(actions: BotActions, place: QueuePlace, cursor: QueueCursor): Promise<Page> {
  return pageOf(await actions.reviewNext(place.watchId, place.by, cursor), place);
}

function pageOf(result: QueueResult, { watchId, by, notices = [], gone = WATCH_GONE }: QueuePlace): Page {
  switch (result.kind) {
    case "next": {
      const { item, position, total, tally, cursor } = result;
      const told = [...notices, ...decidedByOthers(result.decidedMeanwhile)];
      const { from, left, skipped } = cursor;
      const state = { watchId, from, left: left ?? tally.toReview, skipped, key: item.key };
      return { view: renderQueue({ item, position, total, tally, notices: told, viewer: by }, state) };
    }
    case "finished": {
      const { tally, cursor, spec } = result;
      const { from, skipped } = cursor;
      const view = { watchId, tally, skipped, objective: spec?.objective ?? null, notices };
      return { view: renderQueueEnd(view, { watchId, from, left: tally.toReview, skipped, key: null }) };
    }
    case "nothing_yet": {
      const state = { watchId, from: 0, left: 0, skipped: 0, key: null };
      return { view: renderQueueNothing({ objective: null, notices, held: result.held }, state) };
    }
    case "not_watched":
      return gone;
    default:
      return refusedFor(result);
  }
}
