import type { Candidate } from "../../domain/candidate.ts";
import { blocksSize, context, dotted, section } from "../blocks.ts";
import { count } from "../format.ts";
import { bare, jsonSize, mrkdwn } from "../text.ts";
import { type Foreign, nameLine, share, WITHDRAWN } from "./evidence.ts";
import { withMoreButton } from "./review-controls.ts";
import { isFolded, type ReviewView } from "./review-view.ts";
import { earlierLine, standingLine } from "./review-words.ts";

/** A candidate of a message, as far as it is told on one line. */
export interface FoldedView {
  readonly candidate: Candidate;
  readonly withdrawn: boolean;
  readonly review: ReviewView;
}

/**
 * Name, verdict, run: what is told of a candidate that the channel decided in another run.
 * @param room JSON length; the name gets at most half of it
 */
function foldedText(view: FoldedView, room: number, foreign: Foreign): string {
  const { earlier, review } = view.review;
  const tail = dotted([view.withdrawn ? WITHDRAWN : null, standingLine(review, 24, foreign)]);
  const name = nameLine(view.candidate, Math.floor((room - jsonSize(tail)) / 2), foreign);
  const left = room - jsonSize(dotted([name, "", tail])) - 6;
  return dotted([name, earlier && earlierLine(earlier, left, foreign), tail]);
}

/** Candidates that take one line each, and the others, in their order. */
export function sortedByFold<T extends FoldedView>(views: readonly T[]) {
  const folded = views.filter((view) => isFolded(view.review));
  return { open: views.filter((view) => !isFolded(view.review)), folded };
}

/** JSON length of one line, and of the block around it with its button. */
const LINE = 260;
const FRAME = 250;

/** A heading, and a line with a button for each candidate; nothing without candidates. @param room JSON length */
export function foldedBlocks(views: readonly FoldedView[], room: number): readonly object[] {
  const first = views[0];
  if (!first) return [];
  const heading = context(`*${foldedHeading(views.length)}*`);
  const forLines = room - blocksSize([heading]) - views.length * FRAME;
  const { texts, left } = share(views, forLines, { min: 120, max: LINE }, (view, part) =>
    foldedText(view, part, mrkdwn),
  );
  const shown = texts.map((text, index) => withMoreButton(section(text), (views[index] ?? first).review));
  return [heading, ...shown, ...(left === 0 ? [] : [context(`… and ${count(left)} more that did not fit`)])];
}

/** The same for the top-level text. @param room JSON length */
export function foldedLines(views: readonly FoldedView[], room: number): readonly string[] {
  if (views.length === 0) return [];
  const heading = `${foldedHeading(views.length)}:`;
  const { texts, left } = share(views, room - jsonSize(heading) - 40, { min: 60, max: 120 }, (view, part) =>
    foldedText(view, part, bare),
  );
  return [heading, ...texts, ...(left === 0 ? [] : [`… and ${count(left)} more`])];
}

function foldedHeading(many: number): string {
  return `${count(many)} decided before in this channel`;
}
