import type { Candidate, ConditionResult, Enrichment } from "../../src/domain/candidate.ts";
import { NEW_REVIEW } from "../../src/domain/review.ts";
import type { ExportRow, ExportSubject } from "../../src/export/rows.ts";

export const ANA = { id: "U0ANA", name: "Ana" };
export const BEN = { id: "U0BEN", name: "Ben" };
export const NOON = Date.parse("2026-11-23T12:00:00.000Z");

export const SUBJECT: ExportSubject = {
  runId: "findall_40e0ab8c10754be0b7a16477abb38a2f",
  run: {
    id: "findall_40e0ab8c10754be0b7a16477abb38a2f",
    status: "completed",
    isActive: false,
    terminationReason: "match_limit_met",
    generated: 212,
    matched: 12,
    generator: "core",
    createdAt: "2026-11-23T10:00:00Z",
    modifiedAt: "2026-11-23T11:00:00Z",
  },
  spec: {
    objective: "Find robotics companies founded after 2020",
    entityType: "companies",
    matchConditions: [
      { name: "founded_after_2020", description: "Founded after 2020" },
      { name: "in_europe", description: "Seat in Europe" },
    ],
    matchLimit: 50,
  },
  channel: "C0RESEARCH",
  filter: "all",
  exportedAt: NOON,
};

export const CONDITION: ConditionResult = {
  name: "founded_after_2020",
  value: "2021",
  isMatched: true,
  basis: {
    reasoning: 'The register says "2021".',
    confidence: "high",
    citations: [
      { url: "https://register.example/a?b=1&c=2", title: "Register", excerpts: ["entered 2021-03-04", "Tern"] },
      { url: "https://news.example/tern", title: "", excerpts: [] },
    ],
  },
};

export const ENRICHMENT: Enrichment = {
  name: "ceo_name",
  value: "Ada Example",
  basis: { reasoning: "Team page.", confidence: "medium", citations: [] },
};

export const CANDIDATE: Candidate = {
  id: "candidate_1",
  name: "Tern Robotics",
  url: "https://tern.example",
  description: "Warehouse humanoids, arms",
  matchStatus: "matched",
  conditions: [CONDITION, { name: "in_europe", value: "Oslo", isMatched: null, basis: null }],
  enrichments: [ENRICHMENT],
};

export function row(candidate: Partial<Candidate> = {}, more: Partial<ExportRow> = {}): ExportRow {
  return {
    candidate: { ...CANDIDATE, ...candidate },
    withdrawn: false,
    review: NEW_REVIEW,
    notes: [],
    heldBack: false,
    permalink: null,
    ...more,
  };
}

/** Ana rejected, Ben accepted instead; both wrote a note. */
export const REVIEWED: ExportRow = row(
  {},
  {
    review: {
      ...NEW_REVIEW,
      revision: 2,
      decisions: [
        { verdict: "rejected", by: ANA, at: NOON - 2000 },
        { verdict: "accepted", by: BEN, at: NOON - 1000 },
      ],
      events: [
        { what: "rejected", by: ANA, at: NOON - 2000 },
        { what: "accepted", by: BEN, at: NOON - 1000 },
      ],
    },
    notes: [
      { by: ANA, text: "too small\nask again", at: NOON - 2000 },
      { by: BEN, text: "fine", at: NOON - 1000 },
    ],
    heldBack: false,
    permalink: "https://acme.slack.com/archives/C0RESEARCH/p1",
  },
);
