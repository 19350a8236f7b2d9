import type { Candidate } from "../../domain/candidate.ts";
import type { Message } from "../../domain/message.ts";
import { blocksSize, context, fields, lines, section } from "../blocks.ts";
import { fitMessage } from "../fit.ts";
import { plural } from "../format.ts";
import { BUDGET, LIMITS } from "../limits.ts";
import { jsonSize, mrkdwn } from "../text.ts";
import { candidateMetadata } from "./candidate-metadata.ts";
import { candidateSummary } from "./candidate-summary.ts";
import {
  conditionText,
  enrichmentText,
  moreConditions,
  nameLine,
  REPEATED_LINE,
  share,
  withdrawnLine,
} from "./evidence.ts";
import { reviewRow, withMoreButton } from "./review-controls.ts";
import { isFolded, type ReviewView } from "./review-view.ts";
import { earlierLine, standingLine } from "./review-words.ts";

export interface CandidateView {
  readonly entryId: string;
  readonly watchId: string;
  readonly candidate: Candidate;
  /** It matched, was posted, and is no longer a match. */
  readonly withdrawn: boolean;
  /** Shown on the message: it may be there twice. */
  readonly maybeRepeated: boolean;
  readonly review: ReviewView;
}

const DESCRIPTION = 600;
/** Two sections of fields at most: ten rows of two columns. */
const MAX_FIELDS = 2 * LIMITS.fields;
/** JSON around the texts: about ten blocks. */
const FRAME = 900;
/** JSON lengths of what is said about decisions. */
const STANDING = 300;
const EARLIER = 600;

/** One matched candidate, evidence first, its review last. */
export function renderCandidate(view: CandidateView): Message {
  const { candidate, withdrawn, maybeRepeated, review } = view;
  const notices = [
    withdrawn ? context(withdrawnLine(candidate)) : null,
    maybeRepeated ? context(REPEATED_LINE) : null,
  ].filter((block) => block !== null);
  return fitMessage({
    text: candidateSummary(candidate, { withdrawn, maybeRepeated, review }, BUDGET.text),
    blocks: [...notices, ...(isFolded(review) ? shortBlocks(view) : wholeBlocks(view, notices))],
    metadata: candidateMetadata(view.entryId, view.watchId, [candidate]),
  });
}

/** What the channel decided before, and a button to decide anew; the evidence is behind the button. */
function shortBlocks({ candidate, review }: CandidateView): readonly object[] {
  const name = nameLine(candidate, 2200, mrkdwn);
  return [withMoreButton(section(name), review), ...earlierBlocks(review), ...standingBlocks(review)];
}

function wholeBlocks({ candidate, review }: CandidateView, notices: readonly object[]): readonly object[] {
  const head = [headBlock(candidate), ...earlierBlocks(review)];
  const controls = [...standingBlocks(review), reviewRow(review, candidate)];
  const room = BUDGET.blocksJson - FRAME - blocksSize([...notices, ...head, ...controls]);
  const evidence = conditionBlocks(candidate, Math.floor(room * (candidate.enrichments.length > 0 ? 0.6 : 1)));
  const extras = enrichmentBlocks(candidate, room - blocksSize(evidence));
  return [...head, ...evidence, ...extras, ...controls];
}

function earlierBlocks({ earlier }: ReviewView): readonly object[] {
  return earlier === null ? [] : [context(earlierLine(earlier, EARLIER, mrkdwn))];
}

function standingBlocks({ review }: ReviewView): readonly object[] {
  const line = standingLine(review, STANDING, mrkdwn);
  return line === "" ? [] : [context(line)];
}

function headBlock(candidate: Candidate): object {
  return section(lines([nameLine(candidate, 2200, mrkdwn), mrkdwn(candidate.description, DESCRIPTION)]));
}

function conditionBlocks(candidate: Candidate, room: number): readonly object[] {
  const shown = share(candidate.conditions, room - 80, { min: 110, max: 900 }, (condition, part) =>
    conditionText(condition, part, mrkdwn),
  );
  const more = moreConditions(candidate.conditions, shown.texts.length);
  return [...chunked(shown.texts).map(section), ...(more === null ? [] : [context(more)])];
}

function enrichmentBlocks(candidate: Candidate, room: number): readonly object[] {
  const wanted = candidate.enrichments.slice(0, MAX_FIELDS);
  // Every field is a text object of its own; its JSON counts too.
  const frame = 50;
  const shown = share(wanted, room - 80, { min: 140, max: 600 }, (enrichment, part) =>
    enrichmentText(enrichment, part - frame, mrkdwn),
  );
  const left = candidate.enrichments.length - shown.texts.length;
  const rows = [shown.texts.slice(0, LIMITS.fields), shown.texts.slice(LIMITS.fields)].filter((row) => row.length > 0);
  return [...rows.map(fields), ...(left === 0 ? [] : [context(`… and ${plural(left, "more field")}`)])];
}

/** Lines gathered into as few sections as Slack's limit allows. */
function chunked(texts: readonly string[]): readonly string[] {
  const chunks: string[] = [];
  for (const text of texts) {
    const last = chunks.at(-1);
    const joined = last === undefined ? text : `${last}\n${text}`;
    if (last !== undefined && jsonSize(joined) <= LIMITS.sectionText) chunks[chunks.length - 1] = joined;
    else chunks.push(text);
  }
  return chunks;
}
