import { type Basis, type Candidate, type ConditionResult, type Enrichment, MATCHED } from "../domain/candidate.ts";
import { contentHash } from "../domain/ids.ts";
import { flagOrNull, isObject, textOf } from "./foreign-value.ts";
import { readBases } from "./read-basis.ts";
import type { Untrusted, WireCandidate, WireOutputField } from "./wire.ts";

/** Ids have no published pattern; what is printable and short is kept, so that it fits into keys and metadata. */
const USABLE_ID = /^[\x21-\x7e]{1,128}$/;

/** Ingest names match conditions like this; the only hint when the output does not say what it is. */
const CONDITION_SUFFIX = "_check";

/** A candidate that nobody has judged yet. */
const GENERATED = "generated";

/**
 * Reads the rows of a result, in their order.
 *
 * A row without a usable `candidate_id` gets one derived from what names it, the same at every poll. A row that names
 * nothing (no id, url, name or description) is left out: there is nothing to show. Of several rows with one id the best
 * is kept, in the place of the first: a matched one before a judged one before a generated one, then the one that says
 * more, then the later one.
 */
export function readCandidates(rows: Iterable<unknown>): Candidate[] {
  const byId = new Map<string, Candidate>();
  for (const row of rows) {
    const candidate = readCandidate(row);
    if (candidate === null) continue;
    const before = byId.get(candidate.id);
    if (before === undefined || compare(candidate, before) >= 0) byId.set(candidate.id, candidate);
  }
  return [...byId.values()];
}

/** Reads one row; null when it names nothing. */
export function readCandidate(row: unknown): Candidate | null {
  if (!isObject(row)) return null;
  const wire: Untrusted<WireCandidate> = row;
  const named = { name: textOf(wire.name), url: textOf(wire.url), description: textOf(wire.description) };
  const id = idOf(textOf(wire.candidate_id), named);
  if (id === null) return null;
  return {
    id,
    ...named,
    matchStatus: textOf(wire.match_status) || GENERATED,
    ...readOutput(isObject(wire.output) ? wire.output : {}, wire.basis),
  };
}

function idOf(id: string, named: Pick<Candidate, "name" | "url" | "description">): string | null {
  if (USABLE_ID.test(id)) return id;
  if (id !== "") return `row-${contentHash([id])}`;
  if (named.url !== "" || named.name !== "") return `row-${contentHash([named.url, named.name])}`;
  return named.description === "" ? null : `row-${contentHash(["", "", named.description])}`;
}

function readOutput(
  output: Readonly<Record<string, unknown>>,
  basis: unknown,
): Pick<Candidate, "conditions" | "enrichments"> {
  const bases = readBases(basis, output);
  const conditions: ConditionResult[] = [];
  const enrichments: Enrichment[] = [];
  for (const [key, value] of Object.entries(output)) {
    readField(key, value, bases.get(key) ?? null, conditions, enrichments);
  }
  return { conditions, enrichments };
}

function readField(
  key: string,
  raw: unknown,
  basis: Basis | null,
  conditions: ConditionResult[],
  enrichments: Enrichment[],
): void {
  const field = outputFieldOf(raw);
  const name = textOf(key);
  const value = textOf(field === null ? raw : field.value);
  const isMatched = flagOrNull(field?.is_matched);
  if (isCondition(key, field, isMatched)) conditions.push({ name, value, isMatched, basis });
  else enrichments.push({ name, value, basis });
}

/** The documented wrapper of an output value; null for a bare value, also when that is an object. */
function outputFieldOf(raw: unknown): Untrusted<WireOutputField> | null {
  if (!isObject(raw)) return null;
  return "value" in raw || "is_matched" in raw || raw.type === "match_condition" || raw.type === "enrichment"
    ? raw
    : null;
}

function isCondition(key: string, field: Untrusted<WireOutputField> | null, isMatched: boolean | null): boolean {
  if (field?.type === "match_condition") return true;
  if (field?.type === "enrichment") return false;
  return isMatched !== null || key.endsWith(CONDITION_SUFFIX);
}

function compare(one: Candidate, other: Candidate): number {
  return standing(one) - standing(other) || fullness(one) - fullness(other);
}

function standing(candidate: Candidate): number {
  if (candidate.matchStatus === MATCHED) return 2;
  return candidate.matchStatus === GENERATED ? 0 : 1;
}

function fullness(candidate: Candidate): number {
  const fields = [...candidate.conditions, ...candidate.enrichments];
  return fields.length + fields.filter((field) => field.basis !== null).length;
}
