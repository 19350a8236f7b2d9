import type { Json } from "./model.ts";
import { asText, isObject } from "./validate/checks.ts";

/** A place in a message where something live can be: a mrkdwn text, a leaf of rich text, an address. */
export type Place =
  | { readonly kind: "mrkdwn"; readonly at: string; readonly text: string; readonly verbatim: boolean }
  | { readonly kind: "rich"; readonly at: string; readonly leaf: Json }
  | { readonly kind: "markdown"; readonly at: string; readonly text: string }
  | { readonly kind: "url"; readonly at: string; readonly url: string; readonly label: string };

const RICH_LEAVES = new Set([
  "link",
  "user",
  "usergroup",
  "channel",
  "broadcast",
  "date",
  "team",
  "text",
  "emoji",
  "color",
]);
const ADDRESSES = ["url", "title_url", "video_url"];

/** Every such place in a list of blocks, however deep: a new block type must not hide anything. */
export function placesIn(value: unknown, at: string, insideRichText = false): readonly Place[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => placesIn(each, `${at}/${index}`, insideRichText));
  if (!isObject(value)) return [];
  if (value.type === "mrkdwn" && typeof value.text === "string") {
    return [{ kind: "mrkdwn", at, text: value.text, verbatim: value.verbatim === true }];
  }
  if (value.type === "markdown" && typeof value.text === "string") return [{ kind: "markdown", at, text: value.text }];
  if (insideRichText && RICH_LEAVES.has(asText(value.type))) return [{ kind: "rich", at, leaf: value }];
  const rich = insideRichText || value.type === "rich_text";
  const own = ADDRESSES.flatMap((name) => addressIn(value, name, at));
  const nested = Object.entries(value).flatMap(([name, field]) => placesIn(field, `${at}/${name}`, rich));
  return [...own, ...nested];
}

function addressIn(value: Json, name: string, at: string): readonly Place[] {
  const url = value[name];
  if (typeof url !== "string") return [];
  return [{ kind: "url", at: `${at}/${name}`, url, label: labelOf(value) }];
}

function labelOf(value: Json): string {
  const { text } = value;
  if (typeof text === "string") return text;
  return isObject(text) && typeof text.text === "string" ? text.text : "";
}
