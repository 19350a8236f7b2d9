import { createHash } from "node:crypto";
import type { WireCandidate, WireFieldBasis, WireSchema } from "../../findall/wire.ts";

/** How a fake candidate does on one match condition. */
export interface FakeCondition {
  readonly value?: unknown;
  readonly isMatched?: boolean;
  readonly reasoning?: string;
  readonly confidence?: string | null;
  readonly citations?: WireFieldBasis["citations"];
}

/** An enrichment: the bare value, or the value with its evidence. */
export interface FakeEnrichment {
  readonly value: unknown;
  readonly reasoning?: string;
  readonly confidence?: string | null;
  readonly citations?: WireFieldBasis["citations"];
}

/** What a test or a story wants to fix about a candidate; the rest is invented, the same every time. */
export interface FakeCandidate {
  readonly id?: string;
  readonly name?: string;
  readonly url?: string;
  readonly description?: string | null;
  /** By name of the condition; those of the run that are not named here are invented. */
  readonly conditions?: Readonly<Record<string, FakeCondition>>;
}

/** A row nobody has judged yet: no output, no basis (findall-api, "Candidate output"). */
export function generatedRow(runId: string, number: number, wanted: FakeCandidate): WireCandidate {
  const name = wanted.name ?? `Candidate ${number}`;
  const row: WireCandidate = {
    candidate_id: wanted.id ?? candidateIdOf(runId, number),
    name,
    url: wanted.url ?? `https://www.candidate-${number}.example`,
    match_status: "generated",
  };
  const description = wanted.description === undefined ? `${name} was invented for this run` : wanted.description;
  return description === null ? row : { ...row, description };
}

/** The row once it has been judged; what `wanted` does not name stays as it was. */
export function judgedRow(
  row: WireCandidate,
  isMatched: boolean,
  spec: WireSchema,
  wanted: FakeCandidate,
): WireCandidate {
  const names = new Set([...spec.match_conditions.map(({ name }) => name), ...Object.keys(wanted.conditions ?? {})]);
  const output: Record<string, unknown> = {};
  const basis: WireFieldBasis[] = [];
  for (const name of names) {
    const condition = wanted.conditions?.[name] ?? {};
    const passed = condition.isMatched ?? isMatched;
    output[name] = { value: condition.value ?? (passed ? "yes" : "no"), type: "match_condition", is_matched: passed };
    basis.push(basisOf(name, condition, `The sources say ${passed ? "so" : "otherwise"}.`));
  }
  return {
    ...row,
    name: wanted.name ?? row.name,
    url: wanted.url ?? row.url,
    description: wanted.description === undefined ? row.description : wanted.description,
    match_status: isMatched ? "matched" : "unmatched",
    output: { ...row.output, ...output },
    basis: [...(row.basis ?? []).filter(({ field }) => !names.has(field)), ...basis],
  };
}

/** The row with enrichment values added or replaced; `match_status` never changes by it. */
export function enrichedRow(row: WireCandidate, values: Readonly<Record<string, FakeEnrichment>>): WireCandidate {
  const output: Record<string, unknown> = {};
  for (const [name, { value }] of Object.entries(values)) output[name] = { value, type: "enrichment" };
  const basis = Object.entries(values).map(([name, field]) => basisOf(name, field, `The sources name it.`));
  return {
    ...row,
    output: { ...row.output, ...output },
    basis: [...(row.basis ?? []).filter(({ field }) => !(field in values)), ...basis],
  };
}

function basisOf(field: string, wanted: FakeCondition, reasoning: string): WireFieldBasis {
  return {
    field,
    citations: wanted.citations ?? [
      { title: "Profile", url: `https://sources.example/${field}`, excerpts: ["A passage quoted from the source."] },
    ],
    reasoning: wanted.reasoning ?? reasoning,
    confidence: wanted.confidence === undefined ? "high" : wanted.confidence,
  };
}

function candidateIdOf(runId: string, number: number): string {
  const hex = createHash("sha256").update(`${runId}/${number}`).digest("hex");
  return `candidate_${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
