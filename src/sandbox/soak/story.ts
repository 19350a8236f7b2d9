import type { Followed } from "../audit.ts";
import { runNowOf } from "../audit-card.ts";
import type { FakeCandidate } from "../fake-findall/candidate.ts";
import type { FakeRun } from "../fake-findall/run.ts";
import type { FakeFindAll } from "../fake-findall/server.ts";
import { hostileCandidates } from "../stories/hostile.ts";
import type { Chance } from "./chance.ts";
import type { Counters } from "./counters.ts";

/** A run that channels follow, and what is true of it. */
export interface Story {
  readonly run: FakeRun;
  readonly channels: readonly string[];
  /** Candidate id → when it matched first (ms since the epoch), in order of match. */
  readonly matchedAt: ReadonlyMap<string, number>;
  readonly isOver: () => boolean;
  /** What each of its channels must show in the end. */
  readonly followed: () => readonly Followed[];
  /** Plays it to its end, quickly once the signal ends the soak. `told` waits until its channels know of an end. */
  readonly play: (signal: AbortSignal, told: () => Promise<boolean>) => Promise<void>;
}

const STATUSES = [
  { status: "completed", reason: "match_limit_met" },
  { status: "completed", reason: "candidates_exhausted" },
  { status: "completed", reason: "a_reason_nobody_knows" },
  { status: "failed", reason: "error_occurred" },
  { status: "cancelled", reason: "user_cancelled" },
  { status: "a_status_nobody_knows", reason: null },
] as const;

export interface StoryOptions {
  readonly chance: Chance;
  readonly did: Counters;
  /** Messages that people have deleted. */
  readonly deletedByPeople: ReadonlySet<string>;
  /** So many matches at once, first of all. */
  readonly burst?: number;
}

/** A new run: matches come one by one or many at once, and its answers deviate from a tidy API's in every known way. */
export function createStory(findall: FakeFindAll, channels: readonly string[], options: StoryOptions): Story {
  const { chance, did, deletedByPeople, burst = 0 } = options;
  const run = findall.addRun({
    matchLimit: burst > 0 ? null : 1_000,
    objective: `Find all things of soak ${chance.between(1, 1_000_000)}`,
  });
  // A large result is not read for every match: what is new comes by events.
  if (chance.isHit(0.5)) run.unmatch({ name: "Too Long To Match", description: "Very long words. ".repeat(7_000) });
  const matchedAt = new Map<string, number>();
  let ends = 0;
  let isOver = false;
  // Once rows move about, the order of match cannot be told from outside.
  let isOrdered = true;
  // Two rows with one id that say different things have no true state.
  let mayWithdraw = true;
  const later: string[] = [];
  const hostile = hostileCandidates();

  const match = (count: number) => {
    const ids = run.matchMany(count, () => candidate());
    for (const id of ids) matchedAt.set(id, Date.now());
    did.count("matches", count);
  };
  const candidate = (): FakeCandidate => {
    const number = matchedAt.size + 1;
    if (chance.isHit(0.05))
      return { ...chance.pick(hostile), id: `candidate_${run.id}_${number}_${chance.between(1, 1e9)}` };
    if (chance.isHit(0.03)) return { name: `Long ${number}`, description: "Very long words. ".repeat(600) };
    return { name: `Thing ${number} of ${run.id}` };
  };
  const known = () => chance.pick([...matchedAt.keys()]);

  const deviations: readonly (readonly [string, () => void])[] = [
    ["candidate enriched", () => run.enrich(known(), { size: { value: chance.between(1, 1_000) } })],
    [
      "match withdrawn",
      () => {
        isOrdered = false;
        if (mayWithdraw) run.withdraw(known());
      },
    ],
    [
      "match withdrawn and matched again",
      () => {
        if (!mayWithdraw) return;
        isOrdered = false;
        const id = known();
        run.withdraw(id);
        later.push(id);
      },
    ],
    [
      "row doubled",
      () => {
        isOrdered = false;
        mayWithdraw = false;
        run.duplicate(known());
      },
    ],
    [
      "result shrunk",
      () => {
        isOrdered = false;
        run.remove(known());
      },
    ],
    [
      "order changed",
      () => {
        isOrdered = false;
        run.quirks.reorder = true;
      },
    ],
    ["modified_at frozen", () => Object.assign(run.quirks, { modifiedAt: "frozen" })],
    ["modified_at missing", () => Object.assign(run.quirks, { modifiedAt: "missing" })],
    ["candidate generated", () => void run.generate()],
    ["candidate unmatched", () => void run.unmatch()],
  ];
  const deviate = () => {
    if (matchedAt.size === 0) return;
    const [name, act] = chance.pick(deviations);
    try {
      act();
      did.count(name);
    } catch {
      // The row it was to happen to is gone from the result.
    }
  };

  const playOn = async (signal: AbortSignal) => {
    if (burst > matchedAt.size) match(burst);
    const moves = chance.between(2, 10);
    for (let move = 0; move < moves && !signal.aborted; move += 1) {
      match(chance.isHit(0.08) ? chance.between(20, 90) : chance.isHit(0.25) ? chance.between(4, 15) : 1);
      if (chance.isHit(0.4)) deviate();
      await chance.pause(200, 4_000, signal);
      for (const id of later.splice(0)) run.match(id);
    }
    // The last state of what is reported must be there to be read.
    run.quirks.modifiedAt = "moves";
    run.end(chance.pick(STATUSES));
    ends += 1;
    did.count("runs ended");
  };

  return {
    run,
    channels,
    matchedAt,
    isOver: () => isOver,
    followed: () => {
      const matched = [...new Set(run.matchedIds)];
      const order = [...matchedAt.keys()].filter((id) => matched.includes(id));
      const withdrawn = [...matchedAt.keys()].filter((id) => !matched.includes(id));
      const same = { runId: run.id, run: runNowOf(run), matched: order, withdrawn, ends, isOrdered, deletedByPeople };
      return channels.map((channel) => ({ ...same, channel }));
    },
    play: async (signal, told) => {
      await playOn(signal);
      if ((await told()) && !signal.aborted && chance.isHit(0.15)) {
        await chance.pause(500, 5_000, signal);
        run.extend(5);
        did.count("runs extended");
        await playOn(signal);
      }
      isOver = true;
    },
  };
}
