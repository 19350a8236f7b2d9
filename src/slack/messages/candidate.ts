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

export interface CandidateView {
  readonly entryId: string;
  readonly watchId: string;
  readonly candidate: Candidate;
  /** It matched, was posted, and is no longer a match. */
  readonly withdrawn: boolean;
  /** Shown on the message: it may be there twice. */
  readonly maybeRepeated: boolean;
}

const DESCRIPTION = 600;
/** Two sections of fields at most: ten rows of two columns. */
const MAX_FIELDS = 2 * LIMITS.fields;
/** JSON around the texts: about ten blocks. */
const FRAME = 900;

/** One matched candidate, evidence first. Leaves `BUDGET.controlsJson` for its review controls. */
export function renderCandidate(view: CandidateView): Message {
  const { candidate } = view;
  const notices = [
    view.withdrawn ? context(withdrawnLine(candidate)) : null,
    view.maybeRepeated ? context(REPEATED_LINE) : null,
  ].filter((block) => block !== null);
  const head = headBlock(candidate);
  const used = blocksSize([...notices, head]);
  const room = BUDGET.blocksJson - BUDGET.controlsJson - FRAME - used;
  const evidence = conditionBlocks(candidate, Math.floor(room * (candidate.enrichments.length > 0 ? 0.6 : 1)));
  const extras = enrichmentBlocks(candidate, room - blocksSize(evidence));
  return fitMessage({
    text: candidateSummary(candidate, { withdrawn: view.withdrawn, maybeRepeated: view.maybeRepeated }, BUDGET.text),
    blocks: [...notices, head, ...evidence, ...extras],
    metadata: candidateMetadata(view.entryId, view.watchId, [candidate]),
  });
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
