import type { Candidate } from "../../domain/candidate.ts";
import { dotted, lines } from "../blocks.ts";
import { humanName, plural } from "../format.ts";
import { bare, clip, jsonSize } from "../text.ts";
import { conditionText, metWords, moreConditions, nameLine, REPEATED_LINE, share, withdrawnLine } from "./evidence.ts";

export interface SummaryFlags {
  readonly withdrawn: boolean;
  readonly maybeRepeated: boolean;
}

/** Below this, conditions are only counted. */
const BRIEF = 300;

/**
 * A candidate as top-level text: what a screen reader reads, and all there is when Slack refuses the blocks.
 * @param room JSON length
 */
export function candidateSummary(candidate: Candidate, flags: SummaryFlags, room: number): string {
  const notices = lines([
    flags.withdrawn ? withdrawnLine(candidate) : null,
    flags.maybeRepeated ? REPEATED_LINE : null,
  ]);
  const left = room - jsonSize(notices) - 2;
  return clip(lines([notices, left < BRIEF ? brief(candidate, left) : whole(candidate, left)]), room);
}

function brief(candidate: Candidate, room: number): string {
  const head = dotted([`Match: ${nameLine(candidate, room - 40, bare)}`, metWords(candidate)]);
  const left = room - jsonSize(head) - 2;
  return lines([head, left < 20 ? null : bare(candidate.description, left)]);
}

function whole(candidate: Candidate, room: number): string {
  const head = lines([
    `Match: ${nameLine(candidate, Math.min(1200, Math.floor(room / 2)), bare)}`,
    bare(candidate.description, Math.min(500, Math.floor(room / 4))),
  ]);
  const conditions = conditionLines(candidate, room - jsonSize(head) - 80);
  const left = room - jsonSize(lines([head, ...conditions])) - 30;
  return lines([head, ...conditions, ...fieldLines(candidate, left)]);
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
