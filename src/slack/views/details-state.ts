import { CANDIDATE_KEY } from "../controls.ts";
import { asCount, asFields, isCount, isText, readFields } from "./read-state.ts";

/** Where the modal was opened from, so that the message there can be shown anew after a decision. */
export interface DetailsPlace {
  readonly responseUrl: string;
  readonly channelId: string;
  readonly messageTs: string;
  /** When `responseUrl` was given, ms since the epoch; it is good for 30 minutes. */
  readonly at: number;
}

export interface DetailsState {
  /** The candidate. */
  readonly key: string;
  /** From 0. */
  readonly page: number;
  readonly place: DetailsPlace | null;
  /** Finished mrkdwn, shown on top once; not carried along. */
  readonly notice: string | null;
}

/** The state as `private_metadata`. A place that would not be believed when it is read again is left out. */
export function writeDetailsState({ key, page, place }: DetailsState): string {
  return JSON.stringify({ key, page: asCount(page), place: readPlace(place) });
}

/** The state out of `private_metadata`; null when it is broken or not ours. */
export function readDetailsState(text: string): DetailsState | null {
  const fields = readFields(text);
  if (fields === null || !isText(fields.key, CANDIDATE_KEY) || !isCount(fields.page)) return null;
  const { key, page } = fields;
  if (fields.place === null) return { key, page, place: null, notice: null };
  const place = readPlace(fields.place);
  return place === null ? null : { key, page, place, notice: null };
}

const ADDRESS = /^https?:\/\/[^\s"\\]{1,1500}$/;
const CHANNEL = /^[A-Z][A-Z0-9]{1,40}$/;
const TS = /^\d{1,20}\.\d{1,20}$/;
/** Last moment that a date can hold. */
const END_OF_TIME = 8.64e15;

function readPlace(value: unknown): DetailsPlace | null {
  const { responseUrl, channelId, messageTs, at } = asFields(value) ?? {};
  if (!isText(responseUrl, ADDRESS) || !URL.canParse(responseUrl)) return null;
  if (!isText(channelId, CHANNEL) || !isText(messageTs, TS)) return null;
  if (typeof at !== "number" || !(at >= 0 && at <= END_OF_TIME)) return null;
  return { responseUrl, channelId, messageTs, at };
}
