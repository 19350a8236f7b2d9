import type { Basis, Candidate } from "../domain/candidate.ts";
import { type Person, type Review, standing } from "../domain/review.ts";
import { type ExportRow, type ExportSubject, isoTime } from "./rows.ts";
import { writeInSlices } from "./slices.ts";

/** Rises when a field changes its meaning or goes; new fields alone do not raise it (docs/export.md). */
const SCHEMA_VERSION = 1;

/** The rows as JSON, nothing cut and nothing altered: field by field in docs/export.md. One candidate a line. */
export async function jsonOf(rows: readonly ExportRow[], subject: ExportSubject): Promise<Buffer> {
  const head = JSON.stringify(headOf(rows, subject), null, 2).replace(/\n\}$/, ',\n  "candidates": [');
  const candidates = await writeInSlices(rows, (row, place) => {
    return `${place === 0 ? "\n" : ",\n"}    ${JSON.stringify(candidateOf(row))}`;
  });
  return Buffer.concat([Buffer.from(head), ...candidates, Buffer.from(rows.length > 0 ? "\n  ]\n}\n" : "]\n}\n")]);
}

function headOf(rows: readonly ExportRow[], { runId, run, spec, channel, filter, exportedAt }: ExportSubject) {
  return {
    schema: "findall-notifier/export",
    schema_version: SCHEMA_VERSION,
    exported_at: isoTime(exportedAt),
    channel,
    filter,
    run: {
      id: runId,
      status: run?.status ?? null,
      is_active: run?.isActive ?? null,
      termination_reason: run?.terminationReason ?? null,
      generator: run?.generator ?? null,
      generated: run?.generated ?? null,
      matched: run?.matched ?? null,
      created_at: run?.createdAt ?? null,
      modified_at: run?.modifiedAt ?? null,
      objective: spec?.objective ?? null,
      entity_type: spec?.entityType ?? null,
      match_limit: spec?.matchLimit ?? null,
      match_conditions: spec?.matchConditions.map(({ name, description }) => ({ name, description })) ?? null,
    },
    candidate_count: rows.length,
  };
}

function candidateOf({ candidate, withdrawn, heldBack, review, notes, permalink }: ExportRow) {
  const decision = standing(review);
  return {
    id: candidate.id,
    name: candidate.name,
    url: candidate.url,
    description: candidate.description,
    match_status: candidate.matchStatus,
    withdrawn,
    held_back: heldBack,
    permalink,
    decision: decision && {
      verdict: decision.verdict,
      reviewer: personOf(decision.by),
      decided_at: isoTime(decision.at),
    },
    notes: notes.map(({ by, text, at }) => ({ by: personOf(by), text, at: isoTime(at) })),
    history: historyOf(review),
    history_forgotten: review.forgotten,
    ...evidenceOf(candidate),
  };
}

function historyOf({ events }: Review) {
  return events.map(({ what, by, at }) => ({ what, by: personOf(by), at: isoTime(at) }));
}

function evidenceOf({ conditions, enrichments }: Candidate) {
  return {
    match_conditions: conditions.map(({ name, value, isMatched, basis }) => ({
      name,
      value,
      is_matched: isMatched,
      basis: basisOf(basis),
    })),
    enrichments: enrichments.map(({ name, value, basis }) => ({ name, value, basis: basisOf(basis) })),
  };
}

function basisOf(basis: Basis | null) {
  return (
    basis && {
      reasoning: basis.reasoning,
      confidence: basis.confidence,
      citations: basis.citations.map(({ url, title, excerpts }) => ({ url, title, excerpts })),
    }
  );
}

/** Only what is documented: a person may get more fields one day. */
function personOf({ id, name }: Person) {
  return { id, name };
}
