/** A FindAll run as Parallel reports it, freed of wire quirks: missing and null are alike, numbers are numbers. */
export interface Run {
  readonly id: string;
  /** Open: `queued`, `running`, `completed`, … or a value that does not exist yet. */
  readonly status: string;
  /** The only thing that says whether the run goes on (findall-api, "Status"): never the status or the reason. */
  readonly isActive: boolean;
  /** Open, and possibly left over from an earlier end when a run was extended or enriched. */
  readonly terminationReason: string | null;
  readonly generated: number;
  readonly matched: number;
  readonly generator: string | null;
  /** RFC 3339, as reported. */
  readonly createdAt: string | null;
  /** RFC 3339, as reported; moves with every change of the result. */
  readonly modifiedAt: string | null;
}

/** What the run looks for (`GET …/schema`). */
export interface RunSpec {
  readonly objective: string;
  readonly entityType: string;
  readonly matchConditions: readonly { readonly name: string; readonly description: string }[];
  readonly matchLimit: number | null;
}

/** Why Parallel could not be read, since when; shown on the card and in readiness. Times in ms since the epoch. */
export interface Trouble {
  readonly kind: "unreachable" | "unauthorized" | "too_large" | "unreadable" | "not_found";
  readonly since: number;
  readonly detail: string;
}

/** A match condition and how many evaluated candidates failed it. */
export interface ConditionFailures {
  readonly name: string;
  readonly failed: number;
  readonly judged: number;
}
