import type { Verdict } from "../domain/review.ts";

/**
 * The names of what people can press. A block's id says what it is about (a candidate's key, or a watch's id), a button's
 * value which revision of the review the person saw: short ids, never payloads. Nothing here keeps a state in the client,
 * so the block's id may stay the same from edit to edit.
 */
export const ACTIONS = {
  accepted: "review_accepted",
  rejected: "review_rejected",
  maybe: "review_maybe",
  undo: "review_undo",
  /** Opens the details of a candidate. */
  more: "review_more",
  /** Opens the review queue of a watch. */
  queue: "review_queue",
  /** Puts the decisions of a watch into its thread as a CSV file. */
  export: "review_export",
  /** Another page of the details; the value is its number, from 0. */
  detailsPage: "details_page",
  /** Goes through the queue once more from its start. */
  queueAgain: "queue_again",
  /** A link button: Slack opens it, nothing is asked of us. */
  open: "open_link",
  /** The text field for a note. */
  note: "note",
} as const;

/** Modals, by `callback_id`. */
export const VIEWS = { details: "candidate_details", queue: "review_queue" } as const;

/** Modals that are forms, by `callback_id`. */
export const FORMS = { settings: "channel_settings", watch: "watch_run" } as const;

/** Shortcuts, by `callback_id`, as the manifest declares them. */
export const SHORTCUTS = { watchMessage: "watch_run_from_message", watch: "watch_run" } as const;

/** The buttons between the pages of a list; the value is the page, from 1. Their block says which list it is. */
export const LIST_ACTIONS = { newer: "list_newer", older: "list_older" } as const;
export const LIST_BLOCKS = { channel: "list:channel", all: "list:all" } as const;

/** The action that decides so. */
export function actionOf(verdict: Verdict): string {
  return ACTIONS[verdict];
}

/** What a candidate's key and a watch's id look like; anything else in their place is forged. */
export const CANDIDATE_KEY = /^d-[0-9a-f]{32}$/;
export const WATCH_ID = /^w-[0-9a-f]{32}$/;
