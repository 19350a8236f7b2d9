import { CANDIDATE_KEY, WATCH_ID } from "../controls.ts";
import { asCount, isCount, isText, readFields } from "./read-state.ts";

/** Where a person stands in the review queue of a watch. */
export interface QueueState {
  readonly watchId: string;
  /** Place (from 0) in the order of match from which the next candidate is looked for. */
  readonly from: number;
  /** Candidates that were to be reviewed when this was shown. */
  readonly left: number;
  /** Candidates skipped on this way through. */
  readonly skipped: number;
  /** The candidate shown; null at the end. */
  readonly key: string | null;
}

/** The state as `private_metadata`. */
export function writeQueueState({ watchId, from, left, skipped, key }: QueueState): string {
  return JSON.stringify({ watchId, from: asCount(from), left: asCount(left), skipped: asCount(skipped), key });
}

/** The state out of `private_metadata`; null when it is broken or not ours. */
export function readQueueState(text: string): QueueState | null {
  const { watchId, from, left, skipped, key } = readFields(text) ?? {};
  if (!isText(watchId, WATCH_ID) || !isCount(from) || !isCount(left) || !isCount(skipped)) return null;
  if (key !== null && !isText(key, CANDIDATE_KEY)) return null;
  return { watchId, from, left, skipped, key };
}
