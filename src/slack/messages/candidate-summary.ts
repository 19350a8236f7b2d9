import type { Candidate } from "../../domain/candidate.ts";
import { dotted, lines } from "../blocks.ts";
import { humanName, plural } from "../format.ts";
import { bare, clip, jsonSize } from "../text.ts";
import {
  conditionText,
  metWords,
  moreConditions,
  nameLine,
  REPEATED_LINE,
  share,
  WITHDRAWN,
  withdrawnLine,
} from "./evidence.ts";
import { isFolded, type ReviewView } from "./review-view.ts";
import { earlierLine, standingLine } from "./review-words.ts";

export interface SummaryView {
  readonly withdrawn: boolean;
  readonly maybeRepeated: boolean;
  readonly review: ReviewView;
}

/** Below this, conditions are only counted, and the review is told in a few words. */
const BRIEF = 300;
const BRIEF_REVIEW = 50;

/**
 * A candidate as top-level text: what a screen reader reads, and all there is when Slack refuses the blocks.
 * @param room JSON length
 */
export function candidateSummary(candidate: Candidate, view: SummaryView, room: number): string {
  const notices = lines([
    view.withdrawn ? (room < BRIEF ? WITHDRAWN : withdrawnLine(candidate)) : null,
    view.maybeRepeated ? REPEATED_LINE : null,
  ]);
  const said = reviewLines(view.review, room);
  const left = room - jsonSize(lines([notices, said])) - 4;
  const { head, rest } = left < BRIEF || isFolded(view.review) ? brief(candidate, left) : whole(candidate, left);
  return clip(lines([notices, head, said, ...rest]), room);
}

/** Below the name, so that on a page nobody takes it for the candidate above. */
function reviewLines({ review, earlier }: ReviewView, room: number): string {
  const part = room < 2 * BRIEF ? BRIEF_REVIEW : 600;
  return lines([standingLine(review, part, bare), earlier && earlierLine(earlier, part, bare)]);
}

interface Summary {
  /** Begins with the name. */
  readonly head: string;
  readonly rest: readonly string[];
}

function brief(candidate: Candidate, room: number): Summary {
  const met = metWords(candidate);
  const head = dotted([`Match: ${nameLine(candidate, room - jsonSize(met) - 10, bare)}`, met]);
  const left = room - jsonSize(head) - 2;
  return { head, rest: [left < 20 ? "" : bare(candidate.description, left)] };
}

function whole(candidate: Candidate, room: number): Summary {
  const head = `Match: ${nameLine(candidate, Math.min(1200, Math.floor(room / 2)), bare)}`;
  const description = bare(candidate.description, Math.min(500, Math.floor(room / 4)));
  const start = jsonSize(lines([head, description]));
  const conditions = conditionLines(candidate, room - start - 80);
  const left = room - start - jsonSize(lines(conditions)) - 30;
  return { head, rest: [description, ...conditions, ...fieldLines(candidate, left)] };
}

function conditionLines(candidate: Candidate, room: number): readonly string[] {
  const forConditions = Math.floor(candidate.enrichments.length > 0 ? room * 0.75 : room);
  const shown = share(candidate.conditions, forConditions, { min: 80, max: 500 }, (condition, part) =>
    conditionText(condition, part, bare),
  );
  const more = moreConditions(candidate.conditions, shown.texts.length);
  return more === null ? shown.texts : [...shown.texts, more];
}

function fieldLines(candidate: Candidate, room: number): readonly string[] {
  const shown = share(candidate.enrichments, room, { min: 60, max: 250 }, (field, part) => {
    const name = bare(humanName(field.name), Math.floor(part / 3));
    return `${name}: ${bare(field.value, part - jsonSize(name) - 2) || "–"}`;
  });
  return shown.left === 0 ? shown.texts : [...shown.texts, `… and ${plural(shown.left, "more field")}`];
}
