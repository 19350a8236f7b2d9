import type { Basis, Citation } from "../domain/candidate.ts";
import { isObject, listOf, textOf } from "./foreign-value.ts";
import type { Untrusted, WireCitation, WireFieldBasis } from "./wire.ts";

/** From least to most sure; of several bases of one field the least sure one speaks for the field. */
const CONFIDENCES: readonly string[] = ["low", "medium", "high"];

/** How deep inside a field a basis may point. */
const MAX_DEPTH = 8;

/**
 * Reads `candidate.basis` into one basis per output field.
 *
 * A basis of one element (`key_executives.0`) is merged into the basis of its field. A basis of a field that has no
 * output is left out: it is evidence for nothing.
 */
export function readBases(value: unknown, fields: Readonly<Record<string, unknown>>): ReadonlyMap<string, Basis> {
  const found = new Map<string, Basis[]>();
  for (const row of listOf(value)) {
    if (!isObject(row)) continue;
    const wire: Untrusted<WireFieldBasis> = row;
    const field = fieldOf(textOf(wire.field), fields);
    if (field === null) continue;
    const bases = found.get(field) ?? [];
    bases.push(readBasis(wire));
    found.set(field, bases);
  }
  return new Map([...found].map(([field, bases]) => [field, mergeBases(bases)]));
}

/** The field that a basis speaks for: its own name, or what is left of it without `.0`, `[0]` or `.0.name`. */
function fieldOf(name: string, fields: Readonly<Record<string, unknown>>): string | null {
  let rest = name;
  for (let depth = 0; depth <= MAX_DEPTH && rest !== ""; depth += 1) {
    if (Object.hasOwn(fields, rest)) return rest;
    rest = rest.slice(0, Math.max(rest.lastIndexOf("."), rest.lastIndexOf("["), 0));
  }
  return null;
}

function readBasis(wire: Untrusted<WireFieldBasis>): Basis {
  return {
    reasoning: textOf(wire.reasoning),
    confidence: textOf(wire.confidence),
    citations: readCitations(wire.citations),
  };
}

function readCitations(value: unknown): Citation[] {
  const citations: Citation[] = [];
  for (const row of listOf(value)) {
    const citation = readCitation(row);
    if (citation.url !== "" || citation.title !== "" || citation.excerpts.length > 0) citations.push(citation);
  }
  return citations;
}

function readCitation(value: unknown): Citation {
  if (!isObject(value)) return { url: textOf(value), title: "", excerpts: [] };
  const { url, title, excerpts }: Untrusted<WireCitation> = value;
  const passages = typeof excerpts === "string" ? [excerpts] : listOf(excerpts);
  return { url: textOf(url), title: textOf(title), excerpts: passages.map(textOf).filter((text) => text !== "") };
}

function mergeBases(bases: readonly Basis[]): Basis {
  const [only] = bases;
  if (only !== undefined && bases.length === 1) return only;
  const reasons = new Set(bases.map(({ reasoning }) => reasoning).filter((text) => text !== ""));
  return {
    reasoning: [...reasons].join("\n\n"),
    confidence: bases.map(({ confidence }) => confidence).reduce(leastSure, ""),
    citations: mergeCitations(bases.flatMap(({ citations }) => citations)),
  };
}

function leastSure(one: string, other: string): string {
  if (one === "" || other === "") return one || other;
  const rank = CONFIDENCES.indexOf(other);
  return rank >= 0 && rank < CONFIDENCES.indexOf(one) ? other : one;
}

/** The elements of one field often cite the same page: it is named once, with the passages of all of them. */
function mergeCitations(citations: readonly Citation[]): Citation[] {
  const byUrl = new Map<string, { url: string; title: string; excerpts: Set<string> }>();
  for (const { url, title, excerpts } of citations) {
    const known = byUrl.get(url) ?? { url, title, excerpts: new Set() };
    known.title ||= title;
    for (const excerpt of excerpts) known.excerpts.add(excerpt);
    byUrl.set(url, known);
  }
  return [...byUrl.values()].map(({ url, title, excerpts }) => ({ url, title, excerpts: [...excerpts] }));
}
