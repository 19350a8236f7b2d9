import { type Candidate, MATCHED } from "./candidate.ts";
import type { RunSpec } from "./run.ts";

/** One thing that happened in a run, as its event stream tells it. */
export type RunEvent =
  /** A candidate was judged: all of it, but perhaps without what was looked up for it before. */
  | { readonly kind: "judged"; readonly candidate: Candidate }
  /** Something was looked up for a candidate: its enrichments alone are told. */
  | { readonly kind: "enriched"; readonly candidate: Candidate }
  /** The run looks for something else, or for more of it. */
  | { readonly kind: "respecified"; readonly spec: RunSpec };

/** What happened in a run since an event that was named. */
export interface News {
  /** In the order in which it happened. */
  readonly events: readonly RunEvent[];
  /** The event to go on from; null when there was none that may be named. */
  readonly lastEventId: string | null;
  /** There may be more already: the reading ended before the stream did. */
  readonly isCut: boolean;
  /** Decoded size in bytes. */
  readonly bytes: number;
}

/** Ids of the candidates that events speak of. */
export function candidatesIn(events: readonly RunEvent[]): string[] {
  return [...new Set(events.flatMap((event) => (event.kind === "respecified" ? [] : [event.candidate.id])))];
}

/**
 * The candidates that events speak of, as they are after them, in the order of their last judgement; pure, and the same
 * when events come twice. What is looked up for a candidate that nobody has judged is left out: too little is known of it.
 * @param known what is known of these candidates
 */
export function applyEvents(known: ReadonlyMap<string, Candidate>, events: readonly RunEvent[]): Candidate[] {
  const after = new Map<string, Candidate>();
  for (const event of events) {
    if (event.kind === "respecified") continue;
    const { candidate } = event;
    const before = after.get(candidate.id) ?? known.get(candidate.id);
    if (event.kind === "judged") {
      after.delete(candidate.id);
      after.set(candidate.id, before ? judgedAnew(before, candidate) : candidate);
    } else if (before) {
      after.set(candidate.id, { ...before, enrichments: mergedByName(before, candidate) });
    }
  }
  return [...after.values()];
}

/** An event may be older than what was looked up meanwhile, or short, and says nothing against what it leaves out. */
function judgedAnew(before: Candidate, candidate: Candidate): Candidate {
  return {
    ...candidate,
    name: candidate.name || before.name,
    url: candidate.url || before.url,
    description: candidate.description || before.description,
    conditions: candidate.conditions.length > 0 ? candidate.conditions : before.conditions,
    enrichments: mergedByName(before, candidate),
  };
}

function mergedByName(before: Candidate, candidate: Candidate): Candidate["enrichments"] {
  const told = new Map(candidate.enrichments.map((enrichment) => [enrichment.name, enrichment]));
  const kept = before.enrichments.map((enrichment) => told.get(enrichment.name) ?? enrichment);
  const names = new Set(before.enrichments.map(({ name }) => name));
  return [...kept, ...candidate.enrichments.filter(({ name }) => !names.has(name))];
}

/** Counts matches while events come in. */
export function matchCounter(matchedIds: Iterable<string>): (event: RunEvent) => number {
  const matched = new Set(matchedIds);
  return (event) => {
    if (event.kind === "judged") {
      if (event.candidate.matchStatus === MATCHED) matched.add(event.candidate.id);
      else matched.delete(event.candidate.id);
    }
    return matched.size;
  };
}
