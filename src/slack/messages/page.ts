import type { Candidate } from "../../domain/candidate.ts";
import type { Message } from "../../domain/message.ts";
import { blocksSize, context, lines, section } from "../blocks.ts";
import { fitMessage } from "../fit.ts";
import { humanName, plural } from "../format.ts";
import { BUDGET } from "../limits.ts";
import { jsonSize, mrkdwn } from "../text.ts";
import { candidateMetadata } from "./candidate-metadata.ts";
import { candidateSummary } from "./candidate-summary.ts";
import {
  conditionMark,
  conditionText,
  nameLine,
  REPEATED_LINE,
  share,
  sourceLinks,
  withdrawnLine,
} from "./evidence.ts";

export interface PageItem {
  readonly candidate: Candidate;
  readonly withdrawn: boolean;
}

export interface PageView {
  readonly entryId: string;
  readonly watchId: string;
  /** At most `BUDGET.pageItems`, or `BUDGET.compactPageItems` when compact. */
  readonly items: readonly PageItem[];
  readonly compact: boolean;
  readonly maybeRepeated: boolean;
}

/** JSON around the text of one section. */
const FRAME = 110;
const NATURAL = 2400;

/**
 * Several candidates in one reply. A candidate takes one section; room for its review controls stays free: three more
 * blocks each, or one on a compact page, and `BUDGET.controlsJson` or `BUDGET.compactControlsJson` each.
 */
export function renderPage(view: PageView): Message {
  const top = [
    context(`*${plural(view.items.length, "match", "matches")}*`),
    ...(view.maybeRepeated ? [context(REPEATED_LINE)] : []),
  ];
  const controls = view.compact ? BUDGET.compactControlsJson : BUDGET.controlsJson;
  const room = BUDGET.blocksJson - blocksSize(top) - view.items.length * (controls + FRAME);
  const shown = share(view.items, room, { min: 100, max: NATURAL }, view.compact ? compactText : fullText);
  const rest = shown.left === 0 ? [] : [context(moreMatches(shown.left))];
  return fitMessage({
    text: pageSummary(view),
    blocks: [...top, ...shown.texts.map(section), ...rest],
    metadata: candidateMetadata(
      view.entryId,
      view.watchId,
      view.items.map((item) => item.candidate),
    ),
  });
}

function fullText(item: PageItem, room: number): string {
  const { candidate } = item;
  const head = headLines(item, Math.floor(room * 0.5), 240);
  const shown = share(candidate.conditions, room - jsonSize(head) - 40, { min: 60, max: 420 }, (condition, part) =>
    conditionText(condition, part, mrkdwn),
  );
  const more = shown.left > 0 ? `… and ${plural(shown.left, "more condition")}` : null;
  const text = lines([head, ...shown.texts, more]);
  return lines([text, fieldsLine(candidate, room - jsonSize(text) - 2)]);
}

function compactText(item: PageItem, room: number): string {
  const { candidate } = item;
  const head = headLines(item, Math.floor(room * 0.6), 90);
  const shown = share(candidate.conditions, room - jsonSize(head) - 20, { min: 24, max: 90 }, conditionMark);
  const marks = shown.texts.join(" · ") + (shown.left > 0 ? ` … +${shown.left}` : "");
  const text = lines([head, marks]);
  const citations = candidate.conditions.flatMap((condition) => condition.basis?.citations ?? []);
  const sources = sourceLinks(citations, room - jsonSize(text) - 5);
  return sources === "" ? text : `${text} · ${sources}`;
}

function headLines(item: PageItem, room: number, description: number): string {
  const notice = item.withdrawn ? withdrawnLine(item.candidate) : null;
  const left = room - (notice === null ? 0 : jsonSize(notice) + 2);
  const name = nameLine(item.candidate, left, mrkdwn);
  return lines([notice, name, mrkdwn(item.candidate.description, Math.min(description, left - jsonSize(name) - 2))]);
}

function fieldsLine(candidate: Candidate, room: number): string {
  const shown = share(candidate.enrichments, room - 20, { min: 40, max: 160 }, (field, part) => {
    const name = mrkdwn(humanName(field.name), Math.floor(part / 2));
    return `*${name}*: ${mrkdwn(field.value, part - jsonSize(name) - 4) || "–"}`;
  });
  if (shown.texts.length === 0) return "";
  return shown.texts.join(" · ") + (shown.left > 0 ? ` … and ${plural(shown.left, "more field")}` : "");
}

function pageSummary(view: PageView): string {
  const head = lines([`${plural(view.items.length, "match", "matches")}:`, view.maybeRepeated ? REPEATED_LINE : null]);
  const shown = share(view.items, BUDGET.text - jsonSize(head) - 40, { min: 80, max: 900 }, (item, part) =>
    candidateSummary(item.candidate, { withdrawn: item.withdrawn, maybeRepeated: false }, part),
  );
  return lines([head, ...shown.texts, shown.left > 0 ? moreMatches(shown.left) : null]);
}

function moreMatches(left: number): string {
  return `… and ${plural(left, "more match", "more matches")} that did not fit`;
}
