import type { Candidate } from "../../domain/candidate.ts";
import { dotted, section } from "../blocks.ts";
import { jsonSize, mrkdwn } from "../text.ts";
import { type Foreign, nameLine, WITHDRAWN } from "./evidence.ts";
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
export function foldedText(view: FoldedView, room: number, foreign: Foreign): string {
  const { earlier, review } = view.review;
  const tail = dotted([view.withdrawn ? WITHDRAWN : null, standingLine(review, 24, foreign)]);
  const name = nameLine(view.candidate, Math.min(NAME, Math.floor((room - jsonSize(tail)) / 2)), foreign);
  const left = room - jsonSize(dotted([name, "", tail])) - 6;
  return dotted([name, earlier && earlierLine(earlier, left, foreign), tail]);
}

/** A long address must not push the verdict out of the line. */
const NAME = 400;

/** A folded candidate as one block. @param room JSON length of its text */
export function foldedBlock(view: FoldedView, text: string): object {
  return withMoreButton(section(text), view.review);
}
