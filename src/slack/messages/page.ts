import type { Candidate } from "../../domain/candidate.ts";
import type { Message } from "../../domain/message.ts";
import { blocksSize, context, dotted, lines, section } from "../blocks.ts";
import { fitMessage } from "../fit.ts";
import { humanName, plural } from "../format.ts";
import { BUDGET } from "../limits.ts";
import { clip, jsonSize, mrkdwn } from "../text.ts";
import { candidateMetadata } from "./candidate-metadata.ts";
import { candidateSummary } from "./candidate-summary.ts";
import {
  conditionMark,
  conditionText,
  nameLine,
  REPEATED_LINE,
  share,
  sourceLinks,
  WITHDRAWN,
  withdrawnLine,
} from "./evidence.ts";
import { foldedBlocks, foldedLines, sortedByFold } from "./folded.ts";
import { pageReviewRow, withReviewButton } from "./review-controls.ts";
import type { ReviewView } from "./review-view.ts";
import { earlierLine, standingLine } from "./review-words.ts";

export interface PageItem {
  readonly candidate: Candidate;
  readonly withdrawn: boolean;
  readonly review: ReviewView;
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
const FRAME = 90;
const NATURAL = 2400;
/** Shortest text that still says name, decision and badge. Twenty such, their buttons and frames fit into a page. */
const SHORTEST = { compact: 230, full: 400 };

/**
 * Several candidates in one reply, each with its own review controls: a section and a row of buttons, or on a compact page
 * a section with one button. What the channel decided before may be folded into one line each, at the end.
 */
export function renderPage(view: PageView): Message {
  const top = [context(`*${matches(view.items.length)}*`), ...(view.maybeRepeated ? [context(REPEATED_LINE)] : [])];
  const { open, folded } = sortedByFold(view.items);
  const controls = view.compact ? BUDGET.compactControlsJson : BUDGET.controlsJson;
  const shortest = view.compact ? SHORTEST.compact : SHORTEST.full;
  const rest = BUDGET.blocksJson - blocksSize(top) - MORE - open.length * (controls + FRAME);
  const below = foldedBlocks(folded, rest - open.length * shortest);
  const shown = share(
    open,
    rest - blocksSize(below),
    { min: shortest, max: NATURAL },
    view.compact ? compactText : fullText,
  );
  const more = shown.left === 0 ? [] : [context(moreMatches(shown.left))];
  const above = shown.texts.flatMap((text, index) => itemBlocks(text, open[index], view.compact));
  return fitMessage({
    text: pageSummary(view),
    blocks: [...top, ...above, ...more, ...below],
    metadata: candidateMetadata(
      view.entryId,
      view.watchId,
      view.items.map((item) => item.candidate),
    ),
  });
}

/** JSON of the line that counts what did not fit. */
const MORE = 130;

function itemBlocks(text: string, item: PageItem | undefined, compact: boolean): readonly object[] {
  if (!item) return [];
  if (compact) return [withReviewButton(section(text), item.review)];
  return [section(text), pageReviewRow(item.review)];
}

function fullText(item: PageItem, room: number): string {
  const { review, earlier } = item.review;
  // Below the evidence, so that it stands above the buttons; but first to get room, so that it is never cut.
  const decided = lines([
    earlier && earlierLine(earlier, Math.min(280, Math.floor(room * 0.35)), mrkdwn),
    standingLine(review, 150, mrkdwn),
  ]);
  return lines([evidenceText(item, room - jsonSize(decided) - 2), decided]);
}

function evidenceText(item: PageItem, room: number): string {
  const { candidate } = item;
  const head = headLines(item, Math.max(Math.floor(room * 0.5), Math.min(room, 200)), 240);
  const shown = share(candidate.conditions, room - jsonSize(head) - 40, { min: 60, max: 420 }, (condition, part) =>
    conditionText(condition, part, mrkdwn),
  );
  const more = shown.left > 0 ? `… and ${plural(shown.left, "more condition")}` : null;
  const text = clip(lines([head, ...shown.texts, more]), room);
  return lines([text, fieldsLine(candidate, room - jsonSize(text) - 2)]);
}

function compactText(item: PageItem, room: number): string {
  const { review, earlier } = item.review;
  const decided = dotted([
    standingLine(review, Math.floor(room * 0.42), mrkdwn),
    earlier && earlierLine(earlier, 60, mrkdwn),
  ]);
  return lines([marksText(item, room - jsonSize(decided) - 2), decided]);
}

function marksText(item: PageItem, room: number): string {
  const { candidate } = item;
  const head = headLines(item, Math.max(Math.floor(room * 0.6), Math.min(room, 120)), 90);
  const shown = share(candidate.conditions, room - jsonSize(head) - 20, { min: 24, max: 90 }, conditionMark);
  const marks = shown.texts.join(" · ") + (shown.left > 0 ? ` … +${shown.left}` : "");
  const text = clip(lines([head, marks]), room);
  const citations = candidate.conditions.flatMap((condition) => condition.basis?.citations ?? []);
  const sources = sourceLinks(citations, room - jsonSize(text) - 5);
  return sources === "" ? text : `${text} · ${sources}`;
}

function headLines(item: PageItem, room: number, description: number): string {
  const notice = item.withdrawn ? (room < 300 ? WITHDRAWN : withdrawnLine(item.candidate)) : null;
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

/** JSON length of a folded candidate in the top-level text. */
const FOLDED_TEXT = 125;

function pageSummary(view: PageView): string {
  const { open, folded } = sortedByFold(view.items);
  const head = lines([`${matches(view.items.length)}:`, view.maybeRepeated ? REPEATED_LINE : null]);
  const below = foldedLines(folded, 100 + folded.length * FOLDED_TEXT);
  const room = BUDGET.text - jsonSize(lines([head, ...below])) - 60;
  const shown = share(open, room, { min: 150, max: 900 }, (item, part) =>
    candidateSummary(item.candidate, { ...item, maybeRepeated: false }, part),
  );
  return lines([head, ...shown.texts, shown.left > 0 ? moreMatches(shown.left) : null, ...below]);
}

function matches(many: number): string {
  return plural(many, "match", "matches");
}

function moreMatches(left: number): string {
  return `… and ${plural(left, "more match", "more matches")} that did not fit`;
}
