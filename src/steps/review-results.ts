import type { Candidate } from "../domain/candidate.ts";
import type { EarlierVerdict, Note, Person, Review, Tally } from "../domain/review.ts";
import type { Run, RunSpec } from "../domain/run.ts";
import type { Watch } from "../domain/watch.ts";

/** A candidate as a reviewer sees it: everything that is known, and everything that was said about it. */
export interface ReviewItem {
  /** Names the candidate of this watch in buttons: the id of its outbox entry. */
  readonly key: string;
  readonly watch: Watch;
  readonly spec: RunSpec | null;
  readonly candidate: Candidate;
  /** It matched, and no longer does. */
  readonly withdrawn: boolean;
  readonly review: Review;
  readonly notes: readonly Note[];
  /** What this channel decided about the same entity in another run. */
  readonly earlier: EarlierVerdict | null;
  /** The message that the candidate stands on; null while it is on its way. */
  readonly messageLink: string | null;
}

/** Why a person may not, or cannot now, act on a candidate or a watch. Expected, so a value. */
export type ReviewRefusal =
  /** Kept no longer, or never ours. */
  | { readonly kind: "expired" }
  /** Only who is in the channel decides there. */
  | { readonly kind: "not_member"; readonly channel: string }
  /** Slack did not say whether the person is in the channel. */
  | { readonly kind: "membership_unknown" }
  | { readonly kind: "store_unavailable" };

export type ReviewResult =
  /** Stored. */
  | { readonly kind: "recorded"; readonly item: ReviewItem }
  /** The same click was taken before. */
  | { readonly kind: "repeated"; readonly item: ReviewItem }
  /** This person had decided just so before. */
  | { readonly kind: "already"; readonly item: ReviewItem }
  /** Somebody changed it since the person looked; `item` says how it stands. Nothing was stored but the note. */
  | { readonly kind: "conflict"; readonly item: ReviewItem }
  | { readonly kind: "nothing_to_undo"; readonly item: ReviewItem }
  | ReviewRefusal;

export type CandidateResult = { readonly kind: "candidate"; readonly item: ReviewItem } | ReviewRefusal;

export type NoteResult = { readonly kind: "saved" | "unchanged"; readonly item: ReviewItem } | ReviewRefusal;

/** Where a review queue stands; the modal carries it along. */
export interface QueueCursor {
  /** Place (from 0) in the order of match from which the next candidate is looked for. */
  readonly from: number;
  /** Candidates that were to be reviewed when the person last saw the queue; null at its start. */
  readonly left: number | null;
  /** Candidates the person skipped on this way through. */
  readonly skipped: number;
}

export type QueueResult =
  | {
      readonly kind: "next";
      readonly item: ReviewItem;
      /** From 1. */
      readonly position: number;
      /** Candidates in the queue, decided ones too. */
      readonly total: number;
      readonly tally: Tally;
      readonly cursor: QueueCursor;
      /** Candidates that others decided since the person last saw the queue. */
      readonly decidedMeanwhile: number;
    }
  /** Nothing is left behind the cursor; `tally.toReview` counts what was skipped or stands before it. */
  | {
      readonly kind: "finished";
      readonly watch: Watch;
      readonly run: Run | null;
      readonly spec: RunSpec | null;
      readonly tally: Tally;
      readonly cursor: QueueCursor;
    }
  /** Nothing has come into the thread yet; `held`: matches that the channel's filter holds back. */
  | { readonly kind: "nothing_yet"; readonly watch: Watch; readonly held: number }
  | { readonly kind: "not_watched" }
  | ReviewRefusal;

export type ExportFormat = "csv" | "json";
export type ExportFilter = "accepted" | "rejected" | "maybe" | "unreviewed" | "all";

export type ExportResult =
  | {
      readonly kind: "exported";
      readonly watch: Watch;
      readonly candidates: number;
      readonly format: ExportFormat;
      readonly filter: ExportFilter;
      readonly fileLink: string | null;
    }
  /** No candidate passes the filter. */
  | { readonly kind: "nothing_to_export"; readonly filter: ExportFilter; readonly total: number }
  /** The app was installed without `files:write`. */
  | { readonly kind: "scope_missing"; readonly scope: string }
  /** `mayBeThere`: Slack's last answer was lost, so the file may be in the thread all the same. */
  | { readonly kind: "slack_refused"; readonly code: string; readonly mayBeThere: boolean }
  | { readonly kind: "not_watched" }
  | ReviewRefusal;

export type FoldResult = { readonly kind: "set"; readonly fold: boolean } | { readonly kind: "store_unavailable" };

/** Who clicked, where, and how their message can be shown anew at once. */
export interface ClickContext {
  readonly by: Person;
  /** Channel of the message clicked on; null in modals. */
  readonly channelId: string | null;
  /** `ts` of that message, when all can see it; null in modals and on private answers. */
  readonly messageTs: string | null;
  /** Good for that message for 30 minutes; null in modals. */
  readonly responseUrl: string | null;
  /** Tells a repeated delivery of the same click from a second click. */
  readonly deliveryId: string | null;
}
