import type { Run } from "./run.ts";

/** One result of a run, freed of wire quirks. All text is foreign: it is escaped and cut only when it is rendered. */
export interface Candidate {
  readonly id: string;
  readonly name: string;
  /** As reported; may be empty or scheme-less. Checked when rendered. */
  readonly url: string;
  readonly description: string;
  /** Open: `generated`, `matched`, `unmatched`, `discarded`, … */
  readonly matchStatus: string;
  readonly conditions: readonly ConditionResult[];
  readonly enrichments: readonly Enrichment[];
}

/** How a candidate did on one match condition. */
export interface ConditionResult {
  readonly name: string;
  readonly value: string;
  /** Null when the API did not say (old, bare-string outputs). */
  readonly isMatched: boolean | null;
  readonly basis: Basis | null;
}

/** An extra field that Parallel looked up; may arrive long after the match. */
export interface Enrichment {
  readonly name: string;
  /** Any JSON value as text: strings as they are, everything else as compact JSON. */
  readonly value: string;
  readonly basis: Basis | null;
}

/** Why Parallel believes a value. */
export interface Basis {
  readonly reasoning: string;
  /** Open; `low`, `medium`, `high` in every example. Empty when not given. */
  readonly confidence: string;
  readonly citations: readonly Citation[];
}

export interface Citation {
  readonly url: string;
  readonly title: string;
  readonly excerpts: readonly string[];
}

/** Run and candidates as seen at one poll. */
export interface Snapshot {
  readonly run: Run;
  readonly candidates: readonly Candidate[];
  /** The last event that these candidates are sure to include; null when the API named none. */
  readonly lastEventId: string | null;
  /** Decoded size of the body in bytes. */
  readonly bytes: number;
}

export const MATCHED = "matched";
