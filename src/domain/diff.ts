import { type Candidate, MATCHED } from "./candidate.ts";
import { contentHash } from "./ids.ts";
import type { ConditionFailures } from "./run.ts";

/** Candidate id → `matched|digest` or `other|digest`, of every candidate that ever matched. */
export type KnownCandidates = ReadonlyMap<string, string>;

/** The difference between what we knew of a run's candidates and what we see. All lists are in the order of the result. */
export interface CandidateChanges {
  /** Matched now, never before. */
  readonly matched: readonly Candidate[];
  /** Withdrawn earlier, matched again. */
  readonly rematched: readonly Candidate[];
  /** Still matched, with other content: enrichments that arrived, or corrected evidence. */
  readonly enriched: readonly Candidate[];
  /** Matched before, explicitly something else now. A candidate that is merely missing is not withdrawn. */
  readonly withdrawn: readonly Candidate[];
}

/** Compares by candidate id, never by position: the order of a result is not documented and does change. */
export function diffCandidates(known: KnownCandidates, candidates: readonly Candidate[]): CandidateChanges {
  const changes = { matched: [], rematched: [], enriched: [], withdrawn: [] } as Record<
    keyof CandidateChanges,
    Candidate[]
  >;
  for (const candidate of candidates) {
    const before = known.get(candidate.id);
    const isMatched = candidate.matchStatus === MATCHED;
    if (before === undefined) {
      if (isMatched) changes.matched.push(candidate);
    } else if (!isMatched) {
      if (isKnownMatched(before)) changes.withdrawn.push(candidate);
    } else if (!isKnownMatched(before)) {
      changes.rematched.push(candidate);
    } else if (before !== knownState(candidate)) {
      changes.enriched.push(candidate);
    }
  }
  return changes;
}

/**
 * What is remembered of a candidate: whether it matched, and a digest of its content. Conditions and enrichments count
 * whatever their order, which comes from the keys of a JSON object and so means nothing.
 */
export function knownState(candidate: Candidate): string {
  const status = candidate.matchStatus === MATCHED ? MATCHED : "other";
  const conditions = [...candidate.conditions].sort(byName);
  const enrichments = [...candidate.enrichments].sort(byName);
  return `${status}|${contentHash({ ...candidate, conditions, enrichments })}`;
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
}

export function isKnownMatched(state: string): boolean {
  return state.startsWith(`${MATCHED}|`);
}

/** For each match condition, how many judged candidates failed it; most failed first. */
export function countConditionFailures(candidates: readonly Candidate[]): ConditionFailures[] {
  const counts = new Map<string, { failed: number; judged: number }>();
  for (const condition of candidates.flatMap((candidate) => candidate.conditions)) {
    if (condition.isMatched === null) continue;
    const count = counts.get(condition.name) ?? { failed: 0, judged: 0 };
    count.judged += 1;
    if (!condition.isMatched) count.failed += 1;
    counts.set(condition.name, count);
  }
  return [...counts]
    .map(([name, count]) => ({ name, ...count }))
    .sort((a, b) => b.failed - a.failed || a.name.localeCompare(b.name))
    .slice(0, 20);
}
