import type { Basis, ConditionResult, Enrichment } from "../domain/candidate.ts";
import { type Decision, standing } from "../domain/review.ts";
import { headingOf } from "./cell.ts";
import { type ExportRow, type ExportSubject, isoTime } from "./rows.ts";
import { lookInSlices } from "./slices.ts";

/** The columns of a spreadsheet: their names, and what each row has in them, in the same order. */
export interface Columns {
  readonly names: readonly string[];
  readonly cellsOf: (row: ExportRow) => readonly string[];
}

/** Beyond this a column's name says nothing more. */
const NAME_LENGTH = 200;

type Fixed = readonly (readonly [name: string, value: (row: ExportRow, decision: Decision | null) => string])[];

/** New columns go behind these, never between them: people's formulas count columns (docs/export.md). */
const FIXED: Fixed = [
  ["candidate_id", ({ candidate }) => candidate.id],
  ["name", ({ candidate }) => candidate.name],
  ["url", ({ candidate }) => candidate.url],
  ["description", ({ candidate }) => candidate.description],
  ["match_status", ({ candidate, withdrawn }) => (withdrawn ? "withdrawn" : candidate.matchStatus)],
  ["decision", (_row, decision) => decision?.verdict ?? ""],
  ["reviewer", (_row, decision) => decision?.by.name ?? ""],
  ["reviewer_id", (_row, decision) => decision?.by.id ?? ""],
  ["decided_at", (_row, decision) => (decision ? isoTime(decision.at) : "")],
  ["notes", ({ notes }) => notes.map(({ by, text }) => `${by.name}: ${text}`).join("\n")],
  ["permalink", ({ permalink }) => permalink ?? ""],
  ["held_back", ({ heldBack }) => (heldBack ? "yes" : "no")],
];

const CONDITION_PARTS = ["value", "match", "confidence", "reasoning", "citations"];
const ENRICHMENT_PARTS = ["value", "confidence", "reasoning", "citations"];

/** Columns for these rows: the fixed ones, then every match condition in the order of the run, then every enrichment. */
export async function columnsOf(rows: readonly ExportRow[], { spec }: ExportSubject): Promise<Columns> {
  const conditions = namedOf(spec?.matchConditions ?? []);
  const enrichments = new Map<string, string>();
  await lookInSlices(rows, ({ candidate }) => {
    for (const [key, { name }] of fieldsOf(candidate.conditions)) conditions.set(key, name);
    for (const [key, { name }] of fieldsOf(candidate.enrichments)) enrichments.set(key, name);
  });
  const taken = new Set(FIXED.map(([name]) => name));
  const names = [
    ...FIXED.map(([name]) => name),
    ...[...conditions.values()].flatMap((name) => headingsOf(name, CONDITION_PARTS, taken)),
    ...[...enrichments.values()].flatMap((name) => headingsOf(name, ENRICHMENT_PARTS, taken)),
  ];
  const cellsOf = (row: ExportRow): readonly string[] => {
    const decision = standing(row.review);
    const ofConditions = fieldsOf(row.candidate.conditions);
    const ofEnrichments = fieldsOf(row.candidate.enrichments);
    return [
      ...FIXED.map(([, value]) => value(row, decision)),
      ...[...conditions.keys()].flatMap((key) => conditionCells(ofConditions.get(key))),
      ...[...enrichments.keys()].flatMap((key) => enrichmentCells(ofEnrichments.get(key))),
    ];
  };
  return { names, cellsOf };
}

/** Fields by name and by how often the name came before: two of one name stay two. */
function fieldsOf<Field extends { readonly name: string }>(fields: readonly Field[]): Map<string, Field> {
  const seen = new Map<string, number>();
  return new Map(
    fields.map((field) => {
      const before = seen.get(field.name) ?? 0;
      seen.set(field.name, before + 1);
      return [`${before} ${field.name}`, field];
    }),
  );
}

function namedOf(fields: readonly { readonly name: string }[]): Map<string, string> {
  return new Map([...fieldsOf(fields)].map(([key, { name }]) => [key, name]));
}

/** `<name> value` and so on; where one of them is taken, by whatever, all get a number: `<name> (2) value`. */
function headingsOf(name: string, parts: readonly string[], taken: Set<string>): readonly string[] {
  const plain = headingOf(name, NAME_LENGTH) || "unnamed";
  const numbered = (number: number) => (number === 1 ? plain : `${plain} (${number})`);
  const isFree = (label: string) => !parts.some((part) => taken.has(comparable(`${label} ${part}`)));
  let number = 1;
  while (!isFree(numbered(number))) number += 1;
  const headings = parts.map((part) => `${numbered(number)} ${part}`);
  for (const heading of headings) taken.add(comparable(heading));
  return headings;
}

/** Spreadsheets take column names in any case for the same. */
function comparable(heading: string): string {
  return heading.toLowerCase();
}

const NO_CONDITION = CONDITION_PARTS.map(() => "");
const NO_ENRICHMENT = ENRICHMENT_PARTS.map(() => "");

function conditionCells(condition: ConditionResult | undefined): readonly string[] {
  if (!condition) return NO_CONDITION;
  const { value, isMatched, basis } = condition;
  return [value, isMatched === null ? "not stated" : isMatched ? "yes" : "no", ...basisCells(basis)];
}

function enrichmentCells(enrichment: Enrichment | undefined): readonly string[] {
  return enrichment ? [enrichment.value, ...basisCells(enrichment.basis)] : NO_ENRICHMENT;
}

function basisCells(basis: Basis | null): readonly string[] {
  if (!basis) return ["", "", ""];
  return [basis.confidence, basis.reasoning, basis.citations.map(({ url }) => url).join("\n")];
}
