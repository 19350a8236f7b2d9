import type { Overrides } from "./settings.ts";

/**
 * A watch: one channel following one run, because someone there asked.
 *
 *   active  → the run is polled and everything new goes to the channel
 *   resting → the run has ended and everything was handed to the outbox; re-opened when the run becomes active again
 *   stopped → a person said stop; only the card is still brought to its final state
 *   paused  → Slack refuses for a reason that a person must mend, or a person said pause; entries are kept and wait
 *   lost    → Parallel no longer knows the run (404 three times in a row)
 */
export type WatchState = "active" | "resting" | "stopped" | "paused" | "lost";

export interface Watch {
  readonly id: string;
  readonly runId: string;
  readonly channel: string;
  /** Slack user who asked; mentioned once, at the end. */
  readonly requester: string;
  /** Their name as Slack gave it; cards say this instead of a mention, since a mention notifies. */
  readonly requesterName: string;
  readonly state: WatchState;
  /** ms since the epoch */
  readonly createdAt: number;
  /** The slash command's `response_url` (30 min, 5 uses) and when it was given, for failures that must reach the person. */
  readonly responseUrl: string | null;
  /** Name of the person who said stop. */
  readonly stoppedByName: string | null;
  /** Slack's error code that paused the watch; null when a person did. */
  readonly pauseReason: string | null;
  /** Name of the person who said pause; null when Slack's refusal did. */
  readonly pausedByName: string | null;
  /** Nothing new is posted before this time (ms), or before the end of the run (`"end"`). */
  readonly mutedUntil: number | "end" | null;
  /** What was said behind `/findall <id>` for this watch alone. */
  readonly overrides: Overrides;
  /** `ts` of the message whose thread holds the candidates; the first card. */
  readonly threadTs: string | null;
  /** `ts` of the card as it is now; differs from `threadTs` once a card had to be posted again. */
  readonly cardTs: string | null;
  /** How many times this run has ended under this watch: each end has one completion alert. */
  readonly epoch: number;
  /** Whether the end of the present epoch was handed to the outbox. */
  readonly ended: boolean;
  /** Whether everything that was matched before this watch began has been handed to the outbox. */
  readonly primed: boolean;
  /** Candidates handed to the outbox that are not in the thread yet. */
  readonly open: number;
  /** Candidates in the thread. */
  readonly posted: number;
  /** The card was deleted by someone and has been posted again: this is done once. */
  readonly cardReposted: boolean;
}
