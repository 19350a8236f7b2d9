import type { Basis, Candidate, Citation, ConditionResult, Enrichment } from "../../domain/candidate.ts";
import { dotted, lines } from "../blocks.ts";
import { humanName, plural } from "../format.ts";
import { checkUrl, hostLabel, hostLink, linkOrLabel } from "../links.ts";
import { bare, clip, jsonSize, mrkdwn } from "../text.ts";

/**
 * The pieces that every message about a candidate is made of. Each takes a room (JSON length) and stays within it: what
 * matters most comes first, what does not fit is left out or cut.
 */

/** How foreign text is made harmless: `mrkdwn` in blocks, `bare` in the top-level text. */
export type Foreign = (text: string, max: number) => string;

const CITATIONS = 3;
/** A list of sources without end is not searched to its end for three good ones. */
const MAX_LOOKED_AT = 20;

/** Room that a name keeps beside the host. */
const NAME = 24;

/** The linked name, and the host it leads to; the name alone when its URL must not or does not fit. */
export function nameLine(candidate: Candidate, room: number, foreign: Foreign): string {
  const checked = checkUrl(candidate.url);
  // A link never stands without its host: where there is no room for both, there is neither.
  const url = checked && jsonSize(`** · ${foreign(hostLabel(checked, 60), 130)}`) + NAME <= room ? checked : null;
  const name = foreign(candidate.name, 10) === "" ? "(no name)" : candidate.name;
  const host = url === null ? "" : foreign(hostLabel(url, 60), 130);
  const label = linkOrLabel(url, name, room - jsonSize(`** · ${host}`), foreign);
  return clip(dotted([`*${label}*`, host]), room);
}

/** `✓ met`, never the sign alone. */
function verdict(condition: ConditionResult): string {
  if (condition.isMatched === null) return "? not stated";
  return condition.isMatched ? "✓ met" : "✗ not met";
}

/** `✓ met · *founded after 2020*: 2022`, and the evidence below it while there is room. */
export function conditionText(condition: ConditionResult, room: number, foreign: Foreign): string {
  const name = `*${foreign(humanName(condition.name), Math.min(80, Math.floor(room / 3))) || "(no name)"}*`;
  const start = `${verdict(condition)} · ${name}`;
  const value = foreign(condition.value, Math.min(300, room - jsonSize(start) - 2));
  const claim = value === "" ? start : `${start}: ${value}`;
  return clip(withEvidence(claim, condition.basis, room, foreign), room);
}

/** `✓ founded after 2020: 2022`, for compact pages. */
export function conditionMark(condition: ConditionResult, room: number): string {
  const sign = condition.isMatched === null ? "? not stated:" : condition.isMatched ? "✓ met:" : "✗ not met:";
  const name = mrkdwn(humanName(condition.name), Math.min(60, room - jsonSize(sign) - 1));
  const left = room - jsonSize(`${sign} ${name} ()`);
  const value = left < 12 ? "" : mrkdwn(condition.value, Math.min(60, left));
  return value === "" ? `${sign} ${name}` : `${sign} ${name} (${value})`;
}

/** `*CEO name*` with the value below it, and where it is from. */
export function enrichmentText(enrichment: Enrichment, room: number, foreign: Foreign): string {
  const name = `*${foreign(humanName(enrichment.name), Math.min(80, Math.floor(room / 3))) || "(no name)"}*`;
  const value = foreign(enrichment.value, Math.min(400, room - jsonSize(name) - 2)) || "–";
  const claim = `${name}\n${value}`;
  const left = room - jsonSize(claim) - 2;
  const sources = enrichment.basis === null || left < 20 ? "" : provenance(enrichment.basis, left);
  return clip(lines([claim, sources]), room);
}

function withEvidence(claim: string, basis: Basis | null, room: number, foreign: Foreign): string {
  const left = room - jsonSize(claim) - jsonSize("\n> ");
  if (basis === null || left < 40) return claim;
  const from = provenance(basis, Math.floor(left * 0.6));
  const reasoning = foreign(basis.reasoning, Math.min(280, left - jsonSize(from) - 3));
  const evidence = dotted([reasoning, from]);
  return evidence === "" ? claim : `${claim}\n> ${evidence}`;
}

function provenance(basis: Basis, room: number): string {
  const words = confidenceWords(basis.confidence);
  return dotted([words, sourceLinks(basis.citations, room - jsonSize(`${words} · `))]);
}

/** Confidence in words; a value that does not exist yet is shown as it is. Empty when not given. */
function confidenceWords(confidence: string): string {
  const words = bare(confidence, 30);
  return words === "" ? "" : `${words} confidence`;
}

/** Up to three links, each named by the host it leads to; whole links only. */
export function sourceLinks(citations: readonly Citation[], room: number): string {
  const links: string[] = [];
  for (const citation of citations.slice(0, MAX_LOOKED_AT)) {
    if (links.length === CITATIONS) break;
    const url = checkUrl(citation.url);
    const link = url === null ? "" : hostLink(url);
    const isNew = link !== "" && !links.includes(link);
    if (isNew && jsonSize([...links, link].join(", ")) <= room) links.push(link);
  }
  return links.join(", ");
}

export interface Shared {
  readonly texts: readonly string[];
  /** Items for which there was no room. */
  readonly left: number;
}

/**
 * Divides a room among items. When all fit at their natural length (`max` at most), all are whole; else the long ones
 * are held to a common length, so that the short ones stay whole, but not below `min`: what then has no room is counted
 * and not shown.
 */
export function share<T>(
  items: readonly T[],
  room: number,
  bounds: { readonly min: number; readonly max: number },
  render: (item: T, room: number) => string,
): Shared {
  const natural = firstThatFit(items, room, bounds, render);
  const sizes = natural.map((text) => jsonSize(text) + SEPARATOR);
  const level = commonLength(sizes, room) - SEPARATOR;
  const texts = items.slice(0, natural.length).map((item, index) => {
    const text = natural[index] ?? "";
    return jsonSize(text) <= level ? text : render(item, level);
  });
  return { texts, left: items.length - texts.length };
}

/** What joins two items costs at most this much. */
const SEPARATOR = 3;

/** The items for which there is room when each is cut to `min`, at their natural length. The others are not rendered. */
function firstThatFit<T>(
  items: readonly T[],
  room: number,
  bounds: { readonly min: number; readonly max: number },
  render: (item: T, room: number) => string,
): readonly string[] {
  const texts: string[] = [];
  let free = room;
  for (const item of items) {
    const text = render(item, bounds.max);
    free -= Math.min(jsonSize(text), bounds.min) + SEPARATOR;
    if (free < 0) break;
    texts.push(text);
  }
  return texts;
}

/** The length to hold the longest to, so that all together stay within the room. */
function commonLength(sizes: readonly number[], room: number): number {
  let free = room;
  let left = sizes.length;
  for (const size of sizes.toSorted((a, b) => a - b)) {
    const level = Math.floor(free / left);
    if (size > level) return level;
    free -= size;
    left -= 1;
  }
  return Number.POSITIVE_INFINITY;
}

/** How the conditions stand that are not shown. */
export function moreConditions(conditions: readonly ConditionResult[], shown: number): string | null {
  const rest = conditions.slice(shown);
  if (rest.length === 0) return null;
  const met = rest.filter((condition) => condition.isMatched === true).length;
  const failed = rest.filter((condition) => condition.isMatched === false).length;
  const unstated = rest.length - met - failed;
  const standing = [
    met > 0 ? `${met} met` : "",
    failed > 0 ? `${failed} not met` : "",
    unstated > 0 ? `${unstated} not stated` : "",
  ];
  return `… and ${plural(rest.length, "more condition")} (${standing.filter((part) => part !== "").join(", ")})`;
}

/** `3 of 4 conditions met` */
export function metWords(candidate: Candidate): string {
  const met = candidate.conditions.filter((condition) => condition.isMatched === true).length;
  return candidate.conditions.length === 0 ? "" : `${met} of ${plural(candidate.conditions.length, "condition")} met`;
}

/** What is said about a candidate that was posted and is no match any more. */
export function withdrawnLine(candidate: Candidate): string {
  const status = bare(candidate.matchStatus, 40) || "something else";
  return `${WITHDRAWN}: Parallel now reports this candidate as ${status}.`;
}

/** The same where there is little room. */
export const WITHDRAWN = "↩ *No longer a match*";

export const REPEATED_LINE =
  "This message may be in Slack twice: its first sending was never confirmed, and the app may not read this channel to check.";
