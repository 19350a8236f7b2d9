import type { ActionsBlock, Button, SectionBlock } from "@slack/types";
import type { Candidate } from "../../domain/candidate.ts";
import { standing, type Tally, VERDICTS, type Verdict } from "../../domain/review.ts";
import { actions, button, withAccessory } from "../blocks.ts";
import { ACTIONS, actionOf } from "../controls.ts";
import { count } from "../format.ts";
import { LIMITS } from "../limits.ts";
import { checkUrl } from "../links.ts";
import { plain } from "../text.ts";
import type { ReviewView } from "./review-view.ts";

const DECIDE: Readonly<Record<Verdict, string>> = { accepted: "Accept", rejected: "Reject", maybe: "Maybe" };
/** For screen readers, which read a button without what stands around it. */
const DECIDE_ABOUT: Readonly<Record<Verdict, string>> = { accepted: "Accept", rejected: "Reject", maybe: "Maybe:" };

/**
 * The buttons below a candidate that stands alone. A message has room for what a page has not: each button says to a
 * screen reader which candidate it is about, and one leads to the candidate.
 */
export function reviewRow(view: ReviewView, candidate: Candidate): ActionsBlock {
  const name = plain(candidate.name, LIMITS.buttonText) || "(no name)";
  const url = checkUrl(candidate.url);
  const open = url === null ? [] : [{ about: "Open", button: button("Open", ACTIONS.open, { url: url.href }) }];
  const labelled = [...rowOf(view), ...open].map(
    ({ about, button }): Button => ({ ...button, accessibility_label: plain(`${about} ${name}`, LIMITS.buttonText) }),
  );
  return actions(view.key, labelled);
}

/** The buttons below a candidate on a page: at most `BUDGET.controlsJson`. */
export function pageReviewRow(view: ReviewView): ActionsBlock {
  return actions(
    view.key,
    rowOf(view).map((each) => each.button),
  );
}

/** A candidate on a compact page, and the button that opens it: at most `BUDGET.compactControlsJson` above its section. */
export function withReviewButton(section: SectionBlock, view: ReviewView): SectionBlock {
  return withAccessory(section, view.key, button(standing(view.review) ? "Change" : "Review", ACTIONS.more));
}

/** A folded candidate, and the button that opens it: it can still be decided. */
export function withMoreButton(section: SectionBlock, view: ReviewView): SectionBlock {
  return withAccessory(section, view.key, button("More", ACTIONS.more));
}

/** What can be done with all candidates of a watch. */
export interface WatchControls {
  readonly watchId: string;
  readonly tally: Tally | null;
  /** Candidates in the thread. */
  readonly posted: number;
  /** What is said after the number of candidates to review. */
  readonly unit?: (toReview: number) => string;
}

/** "Review 5" while something waits for review, "Export CSV" once something is in the thread; no block for neither. */
export function watchControls({ watchId, tally, posted, unit }: WatchControls): readonly ActionsBlock[] {
  const toReview = tally?.toReview ?? 0;
  const words = `Review ${count(toReview)}${unit ? ` ${unit(toReview)}` : ""}`;
  const buttons = [
    ...(toReview > 0 ? [button(words, ACTIONS.queue, { style: "primary" })] : []),
    ...(posted > 0 ? [button("Export CSV", ACTIONS.export)] : []),
  ];
  return buttons.length === 0 ? [] : [actions(watchId, buttons)];
}

interface Control {
  /** Stands before the candidate's name in the button's label. */
  readonly about: string;
  readonly button: Button;
}

/** A change of mind is one click too: the verdict that stands is the one that is not offered. */
function rowOf(view: ReviewView): readonly Control[] {
  const value = String(view.review.revision);
  const now = standing(view.review);
  const decide = VERDICTS.filter((verdict) => verdict !== now?.verdict).map((verdict) => ({
    about: DECIDE_ABOUT[verdict],
    button: button(DECIDE[verdict], actionOf(verdict), { value }),
  }));
  const undo = { about: "Undo the decision on", button: button("Undo", ACTIONS.undo, { value }) };
  const more = { about: "More about", button: button("More", ACTIONS.more) };
  return [...decide, ...(now ? [undo] : []), more];
}
