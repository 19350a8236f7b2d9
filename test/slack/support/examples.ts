import type { Basis, Candidate } from "../../../src/domain/candidate.ts";
import type { Run, RunSpec } from "../../../src/domain/run.ts";
import { DEFAULT_SETTINGS } from "../../../src/domain/settings.ts";
import type { Watch } from "../../../src/domain/watch.ts";
import type { CardView } from "../../../src/slack/messages/card.ts";

export const WATCH: Watch = {
  id: "w-1",
  runId: "findall_0123",
  channel: "C0RESEARCH",
  requester: "U0ANA",
  requesterName: "ana",
  state: "active",
  createdAt: 0,
  responseUrl: null,
  stoppedByName: null,
  pauseReason: null,
  pausedByName: null,
  mutedUntil: null,
  overrides: {},
  threadTs: null,
  cardTs: null,
  epoch: 0,
  ended: false,
  primed: true,
  open: 0,
  posted: 10,
  cardReposted: false,
};

export const RUN: Run = {
  id: "findall_0123",
  status: "running",
  isActive: true,
  terminationReason: null,
  generated: 212,
  matched: 12,
  generator: "core",
  createdAt: "2026-10-03T12:00:00.000000Z",
  modifiedAt: "2026-10-03T13:12:00.000000Z",
};

/** A run that has ended. */
export function ended(status: string, terminationReason: string | null, more: Partial<Run> = {}): Run {
  return { ...RUN, status, terminationReason, isActive: false, ...more };
}

export const SPEC: RunSpec = {
  objective: "Find all robotics companies founded after 2020 in the portfolio of Acme Ventures",
  entityType: "companies",
  matchConditions: [{ name: "founded_after_2020_check", description: "Founded after 2020" }],
  matchLimit: 50,
};

export const CARD: CardView = {
  entryId: "d-card",
  watch: WATCH,
  run: RUN,
  spec: SPEC,
  trouble: null,
  seenAt: Date.parse("2026-10-03T13:12:34Z"),
  changedAt: Date.parse("2026-10-03T13:12:00Z"),
  waiting: 2,
  wait: null,
  posted: 10,
  failures: [],
  threadLink: null,
  requesterName: "Ana",
  stoppedByName: null,
  tally: null,
  settings: DEFAULT_SETTINGS,
  held: 0,
};

function basis(reasoning: string, confidence: string, ...urls: readonly string[]): Basis {
  return { reasoning, confidence, citations: urls.map((url) => ({ url, title: "", excerpts: [] })) };
}

export const CANDIDATE: Candidate = {
  id: "candidate_1",
  name: "Tern Robotics",
  url: "https://www.ternrobotics.example",
  description: "Builds general purpose warehouse humanoids",
  matchStatus: "matched",
  conditions: [
    {
      name: "portfolio_check",
      value: "Led the Series B round",
      isMatched: true,
      basis: basis("Announcements name the fund.", "high", "https://example.org/p", "https://news.example/a?b=1&c=2"),
    },
    {
      name: "founded_after_2020_check",
      value: "2019",
      isMatched: false,
      basis: basis("Two profiles give 2019.", "low", "example.org/q"),
    },
    { name: "in_europe", value: "yes", isMatched: null, basis: null },
  ],
  enrichments: [
    { name: "ceo_name", value: "Ada Example", basis: basis("", "medium", "https://ternrobotics.example/team") },
    { name: "employees", value: "120", basis: null },
  ],
};
