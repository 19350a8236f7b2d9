import type { FakeCandidate, FakeEnrichment } from "../fake-findall/candidate.ts";
import type { FakeRunOptions } from "../fake-findall/run.ts";

/** One move of a story. Candidates are named by the id their story gave them. */
export type StoryMove =
  | { readonly do: "start" }
  | { readonly do: "generate"; readonly candidates: readonly FakeCandidate[] }
  | { readonly do: "match"; readonly candidates: readonly (string | FakeCandidate)[] }
  | { readonly do: "unmatch"; readonly candidates: readonly (string | FakeCandidate)[] }
  | { readonly do: "enrich"; readonly id: string; readonly values: Readonly<Record<string, FakeEnrichment>> }
  | { readonly do: "withdraw"; readonly id: string }
  | { readonly do: "end"; readonly status: string; readonly reason: string | null }
  | { readonly do: "extend"; readonly additional: number };

/** A move and when it is made, in seconds of the story. */
export type StoryStep = { readonly at: number } & StoryMove;

/** How a story should have ended for somebody who followed it to its last step. */
export interface StoryExpectation {
  /** False when the run cannot be seen with this account. */
  readonly isFound: boolean;
  readonly status: string | null;
  readonly reason: string | null;
  /** Candidates that match at the end. */
  readonly matched: number;
  /** Candidates that matched at any time, and so are in the thread. */
  readonly posted: number;
  /** Completion alerts: one for each end. */
  readonly ends: number;
}

/** A run with a script. */
export interface Story {
  /** What a person types after `/findall`. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly run: Omit<FakeRunOptions, "id" | "now">;
  /** How long before now the run was made, in seconds; 0 unless told. */
  readonly startedAgo?: number;
  /** In order of time. Steps at 0 have happened when the run is first seen. */
  readonly steps: readonly StoryStep[];
  readonly expectation: StoryExpectation;
}

/** What a story promises, counted from its own steps, so that the script and its judge cannot disagree. */
export function expectationOf(steps: readonly StoryStep[]): StoryExpectation {
  const matched = new Set<string>();
  const posted = new Set<string>();
  let last: { status: string; reason: string | null } = { status: "running", reason: null };
  let ends = 0;
  for (const step of steps) {
    if (step.do === "match") {
      for (const id of step.candidates.map(idOf)) {
        matched.add(id);
        posted.add(id);
      }
    }
    if (step.do === "unmatch") for (const id of step.candidates.map(idOf)) matched.delete(id);
    if (step.do === "withdraw") matched.delete(step.id);
    if (step.do === "end") {
      last = { status: step.status, reason: step.reason };
      ends += 1;
    }
  }
  return { isFound: true, ...last, matched: matched.size, posted: posted.size, ends };
}

function idOf(candidate: string | FakeCandidate): string {
  const id = typeof candidate === "string" ? candidate : candidate.id;
  if (id === undefined) throw new Error("a candidate of a story needs an id");
  return id;
}
