import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Candidate } from "../../src/domain/candidate.ts";
import { diffCandidates } from "../../src/domain/diff.ts";
import type { Filter } from "../../src/domain/filter.ts";
import { entryIdOf } from "../../src/domain/ids.ts";
import { nextCursor } from "../../src/domain/poll-policy.ts";
import type { Run } from "../../src/domain/run.ts";
import { planCommits } from "../../src/steps/poll-plan.ts";
import type { PollCommit, StoredRun } from "../../src/store/runs.ts";
import type { StoredWatch } from "../../src/store/watches.ts";
import { CHANNEL, NOW, testCandidate, testRun } from "../support/store.ts";

const LIMITS = { minMs: 5_000, maxMs: 30_000 };

const watchOf = (fields: Partial<StoredWatch> = {}): StoredWatch => ({
  id: "w",
  runId: "run_1",
  channel: CHANNEL,
  requester: "U1",
  requesterName: "ana",
  state: "active",
  createdAt: NOW,
  askedAt: NOW,
  responseUrl: null,
  stoppedByName: null,
  pauseReason: null,
  pausedByName: null,
  mutedUntil: null,
  overrides: {},
  threadTs: null,
  cardTs: null,
  cardEntry: entryIdOf("w", "card", ""),
  epoch: 1,
  ended: false,
  primed: true,
  open: 0,
  posted: 0,
  cardReposted: false,
  ...fields,
});

const storedOf = (fields: Partial<StoredRun> = {}): StoredRun => ({
  run: testRun(),
  spec: null,
  cursor: nextCursor(null, testRun(), NOW, LIMITS),
  news: null,
  trouble: null,
  failures: [],
  seenAt: NOW,
  changedAt: NOW,
  endedAt: null,
  missing: 0,
  failed: 0,
  heartbeatAt: NOW,
  ...fields,
});

interface Look {
  readonly candidates?: readonly Candidate[];
  readonly run?: Run;
  readonly known?: ReadonlyMap<string, string>;
  readonly order?: readonly string[];
  readonly watches?: readonly StoredWatch[];
  readonly stored?: StoredRun;
  readonly filters?: ReadonlyMap<string, Filter>;
  readonly wentOn?: boolean;
  readonly due?: number | null;
}

function plan(look: Look): PollCommit[] {
  const { candidates, run = testRun(), known = new Map(), order = [], stored = storedOf(), filters = new Map() } = look;
  const snapshot = candidates ? { run, candidates, lastEventId: null, bytes: 0 } : null;
  const changes = diffCandidates(known, candidates ?? []);
  const seen = { run, spec: null, snapshot, trouble: null, changes, known, order, wasTroubled: false, filters };
  return planCommits(stored, look.watches ?? [watchOf()], seen, {
    now: NOW,
    cursor: nextCursor(stored.cursor, run, NOW, LIMITS),
    news: null,
    endedAt: run.isActive ? null : NOW,
    due: look.due === undefined ? NOW + 5_000 : look.due,
    wentOn: look.wentOn ?? false,
    retentionMs: 1_000,
  });
}

const added = (commits: readonly PollCommit[], kind: string, watchId = "w") =>
  commits
    .flatMap((commit) => commit.add ?? [])
    .filter((row) => row[3] === kind && row[1] === watchId)
    .map((row) => row[4]);

const many = (count: number) => Array.from({ length: count }, (_, index) => testCandidate(`c${index}`));

describe("what a poll writes", () => {
  it("asks for no edit of the card when nothing changed", () => {
    expect(plan({})).toMatchObject([{ add: [], dirty: [], due: NOW + 5_000 }]);
  });

  it("asks for an edit of the card when a command has shown another reading of the run since", () => {
    const shown = storedOf({ run: testRun({ matched: 3 }) });
    expect(plan({ stored: shown })[0]?.dirty).toHaveLength(1);
  });

  it("adds new matches in the order of the result and marks what changed of the old ones", () => {
    const before = plan({ candidates: [testCandidate("a"), testCandidate("b")] });
    const known = new Map(before.flatMap((commit) => commit.known ?? []));
    const next = [
      testCandidate("c"),
      testCandidate("b", { name: "New name" }),
      testCandidate("a", { matchStatus: "unmatched" }),
    ];
    const commits = plan({ candidates: next, known, order: ["a", "b"] });
    expect(added(commits, "candidate")).toEqual(["c"]);
    const marked = commits.flatMap((commit) => commit.dirty ?? []).map(([id]) => id);
    expect(marked).toEqual(
      expect.arrayContaining([entryIdOf("w", "candidate", "a"), entryIdOf("w", "candidate", "b")]),
    );
  });

  it("gives a watch that began late all that matched before it, first and in order, and no withdrawn ones", () => {
    const known = new Map([
      ["x", "matched|1"],
      ["y", "other|1"],
      ["z", "matched|1"],
    ]);
    const late = watchOf({ id: "late", primed: false });
    const commits = plan({
      candidates: [testCandidate("new")],
      known,
      order: ["z", "y", "x"],
      watches: [watchOf(), late],
    });
    expect(added(commits, "candidate", "late")).toEqual(["z", "x", "new"]);
    expect(added(commits, "candidate")).toEqual(["new"]);
  });

  describe("for watches with a filter", () => {
    const strict: Filter = { minConfidence: null, condition: null, excludedDomains: ["bad.example"] };
    const filters = new Map([["strict", strict]]);
    const watches = [watchOf(), watchOf({ id: "strict", primed: true })];
    const good = testCandidate("good", { url: "https://good.example" });
    const bad = testCandidate("bad", { url: "https://bad.example" });
    const heldBack = (commits: readonly PollCommit[]) => commits.flatMap((commit) => commit.hold ?? []);

    it("holds back what does not pass, in the same write, for that watch alone", () => {
      const commits = plan({ candidates: [bad, good], watches, filters });
      expect(added(commits, "candidate")).toEqual(["bad", "good"]);
      expect(added(commits, "candidate", "strict")).toEqual(["good"]);
      expect(heldBack(commits)).toEqual([["strict", entryIdOf("strict", "candidate", "bad"), "bad"]]);
    });

    it("adds what passes later, and lets go what matches no longer", () => {
      const known = new Map(plan({ candidates: [bad, good] }).flatMap((commit) => commit.known ?? []));
      const mended = { ...bad, url: "https://mended.example" };
      const later = plan({ candidates: [mended, good], watches, filters, known, order: ["bad", "good"] });
      expect(added(later, "candidate", "strict")).toEqual(["bad"]);
      const withdrawn = { ...bad, matchStatus: "unmatched" };
      const gone = plan({ candidates: [withdrawn, good], watches, filters, known, order: ["bad", "good"] });
      expect(gone.flatMap((commit) => commit.unhold ?? [])).toContainEqual(["strict", "bad"]);
      expect(heldBack(gone)).toEqual([]);
    });

    it("holds back what matched before such a watch began", () => {
      const known = new Map(plan({ candidates: [bad, good] }).flatMap((commit) => commit.known ?? []));
      const late = [watchOf({ id: "strict", primed: false })];
      const commits = plan({ candidates: [good, bad], watches: late, filters, known, order: ["bad", "good"] });
      expect(added(commits, "candidate", "strict")).toEqual(["good"]);
      expect(heldBack(commits).map(([, , id]) => id)).toEqual(["bad"]);
    });
  });

  it("tells the end once for each time that the run ends", () => {
    const over = testRun({ isActive: false });
    expect(added(plan({ run: over, candidates: [] }), "completion")).toEqual(["end-1"]);
    expect(added(plan({ run: over, candidates: [], watches: [watchOf({ ended: true })] }), "completion")).toEqual([]);
    const again = { run: over, candidates: [], watches: [watchOf({ ended: true })], wentOn: true };
    expect(added(plan(again), "completion")).toEqual(["end-2"]);
  });

  it("moves the cursor, and ends the poll, with the last part of a large write alone", () => {
    const commits = plan({ candidates: many(600), run: testRun({ isActive: false }), due: null });
    expect(commits.map((commit) => commit.known?.length)).toEqual([250, 250, 100]);
    for (const commit of commits.slice(0, -1)) expect([commit.due, commit.run]).toEqual([undefined, undefined]);
    expect(commits.at(-1)).toMatchObject({ due: 0, keepFor: 1_000 });
    expect(added(commits.slice(0, -1), "completion")).toEqual([]);
    expect(added(commits, "completion")).toEqual(["end-1"]);
  });

  it("writes smaller parts when many channels follow the run, so that Redis is not held up", () => {
    const watches = Array.from({ length: 50 }, (_, index) => watchOf({ id: `w${index}`, channel: `C${index}` }));
    const candidates = Array.from({ length: 100 }, (_, index) => testCandidate(`c${index}`));
    const commits = plan({ candidates, watches });
    expect(commits.map((commit) => commit.known?.length)).toEqual([20, 20, 20, 20, 20]);
    expect(commits.map((commit) => commit.add?.length)).toEqual([1_000, 1_000, 1_000, 1_000, 1_000]);
  });

  it("adds every match once and in order, though the process dies between any two parts", () => {
    fc.assert(
      fc.property(fc.nat(600), fc.array(fc.nat(3), { maxLength: 4 }), (count, deaths) => {
        const candidates = many(count);
        const known = new Map<string, string>();
        const order: string[] = [];
        const outbox = new Set<string>();
        for (const survived of [...deaths, Number.POSITIVE_INFINITY]) {
          for (const commit of plan({ candidates, known: new Map(known), order: [...order] }).slice(0, survived)) {
            for (const [id, state] of commit.known ?? []) known.set(id, state);
            order.push(...(commit.order ?? []));
            for (const row of commit.add ?? []) outbox.add(row[4]);
          }
        }
        const expected = candidates.map((candidate) => candidate.id);
        expect([[...outbox], order]).toEqual([expected, expected]);
      }),
      { numRuns: 30 },
    );
  });
});
