/**
 * The outbox: what must reach Slack. An entry is one message, for as long as that message lives.
 *
 *   pending → sending → sent        the usual life; an edit takes a sent entry back to pending
 *             sending → unknown     the answer to a post was lost: look before sending again
 *             unknown → sent        found in Slack by the id in its metadata
 *             unknown → pending     looked twice, not there
 *   pending → unknown               Redis was started again, and may have forgotten that it was sent
 *   pending → paged                 a candidate that went onto a page; the page is the message now
 *   pending → skipped               withdrawn before it was sent, or made needless; may become pending again
 *   any     → dead                  Slack refused it for good, also in its plainest form
 */
export type EntryState = "pending" | "sending" | "sent" | "unknown" | "paged" | "skipped" | "dead";

/** What a message is. A newer version that runs beside this one may have written kinds that are not here. */
export const ENTRY_KINDS = ["card", "candidate", "page", "completion", "note"] as const;

export type EntryKind = (typeof ENTRY_KINDS)[number];

export interface Entry {
  /** `d-` + hex digest of watch, kind and subject: adding it twice adds it once. */
  readonly id: string;
  readonly watchId: string;
  readonly channel: string;
  readonly kind: EntryKind;
  /** What the message is about: a candidate id, an epoch, a note's kind; empty for the card. */
  readonly subject: string;
  readonly state: EntryState;
  /** Order of match, team-wide and rising. */
  readonly seq: number;
  /** `ts` of the message in Slack once it is there: set means edit, null means post. */
  readonly ts: string | null;
  /** Candidate ids of a page, in order. */
  readonly members: readonly string[];
  /** The page that a `paged` candidate went onto. */
  readonly page: string | null;
  /** Version asked for and version shown: the message is dirty while they differ. */
  readonly wanted: number;
  readonly shown: number;
  /** Digest of what was last sent; the same content is not sent again. */
  readonly hash: string | null;
  readonly attempts: number;
  /** When the first still ambiguous post was claimed (ms); the search in Slack starts here. */
  readonly claimedAt: number | null;
  /** Times an unknown post was looked for and not found. */
  readonly looks: number;
  /** The era of Redis (store/scripts/era.ts) since which it may have been sent and forgotten; null when it was not. */
  readonly doubted: number | null;
  /** Not before this time (ms). */
  readonly notBefore: number;
  /** Slack refused the blocks: send plain text from now on. */
  readonly plain: boolean;
  /** The message may be in Slack twice, since asking was impossible; said on the message itself. */
  readonly maybeRepeated: boolean;
}
