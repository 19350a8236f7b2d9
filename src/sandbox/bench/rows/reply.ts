import { setTimeout as sleep } from "node:timers/promises";
import type { FakeFindAll } from "../../fake-findall/server.ts";
import { seeded } from "../../seeded.ts";
import { type Bench, type Benchmark, figure, type Outcome, quantile } from "../benchmark.ts";
import { candidateOf, conditionsOf } from "../candidates.ts";
import { onStage } from "../stage.ts";

const CHANNELS = 20;
const ROUNDS = 4;
/** In the ratio of the defaults, 5 s and 30 s: a quiet run is polled ever less often. */
const POLL = { minMs: 2_000, maxMs: 12_000 };
const GROWTH = 1.5;
/** Beyond the poll interval. */
const WITHIN_MS = 1_500;
/** Rows of 12 kB: the result is over 100 kB, from where on what is new comes by the stream of events. */
const LARGE_ROWS = 9;
/** Long enough for the interval to grow to its most. */
const QUIET_MS = 20_000;

/** How long after the API shows a match it stands in an idle channel's thread. */
export const reply: Benchmark = {
  name: "reply",
  promise: "a match is in an idle channel's thread within the poll interval and 1.5 s",
  takes: 120,
  run: measureReply,
};

interface Arrival {
  readonly isLarge: boolean;
  readonly waitMs: number;
  /** The interval that held when it matched. */
  readonly intervalMs: number;
}

async function measureReply(bench: Bench): Promise<Outcome> {
  const environment = { POLL_MIN_MS: String(POLL.minMs), POLL_MAX_MS: String(POLL.maxMs) };
  return onStage(
    bench,
    { channels: CHANNELS, environment },
    async ({ addRun, arrivals, channels, findall, follow }) => {
      const watches = channels.map((channel, index) => ({ channel, runId: `run_${index}`, isLarge: index % 2 === 1 }));
      const runs = watches.map(({ runId }) => addRun(runId, { matchConditions: conditionsOf("full") }));
      const old = watches.map(({ isLarge }, index) =>
        isLarge ? (runs[index]?.matchMany(LARGE_ROWS, (row) => candidateOf(1_000 + row, "full")) ?? []) : [],
      );
      const rhythms = watches.map(({ runId }) => watchRhythm(findall, runId));
      await follow(watches);
      await arrivals.all(
        watches.map((watch, index) => ({ ...watch, ids: old[index] ?? [] })),
        60_000,
      );
      const eventsBefore = findall.stats.requests({ path: "events" });
      const random = seeded(7);
      const seen: Arrival[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const matches = watches.map(async ({ channel, runId, isLarge }, index) => {
          await sleep(random() * QUIET_MS);
          const at = Date.now();
          const intervalMs = rhythms[index]?.matched() ?? Number.NaN;
          const id = runs[index]?.match(candidateOf(round, "full")) ?? "";
          const shownAt = await arrivals.all([{ channel, runId, ids: [id] }], 60_000);
          seen.push({ isLarge, waitMs: shownAt - at, intervalMs });
        });
        await Promise.all(matches);
      }
      const [small, large] = [seen.filter((each) => !each.isLarge), seen.filter((each) => each.isLarge)];
      const beyond = (arrived: readonly Arrival[]) => arrived.map(({ waitMs, intervalMs }) => waitMs - intervalMs);
      const waits = (arrived: readonly Arrival[]) => arrived.map(({ waitMs }) => waitMs);
      return {
        figures: [
          figure("read whole: beyond the interval, p95", quantile(beyond(small), 0.95), "ms", { atMost: WITHIN_MS }),
          figure("read whole: match to thread, p50", quantile(waits(small), 0.5), "ms"),
          figure("read whole: match to thread, p95", quantile(waits(small), 0.95), "ms"),
          figure("by events: beyond the interval, p95", quantile(beyond(large), 0.95), "ms", { atMost: WITHIN_MS }),
          figure("by events: match to thread, p50", quantile(waits(large), 0.5), "ms"),
          figure("by events: match to thread, p95", quantile(waits(large), 0.95), "ms"),
          figure("streams of events read", findall.stats.requests({ path: "events" }) - eventsBefore, "", {
            atLeast: large.length,
          }),
          figure("mean interval in force", mean(seen.map(({ intervalMs }) => intervalMs)), "ms"),
        ],
        notes: [
          `${seen.length} matches at any moment, in ${CHANNELS} channels; half of the runs have ${LARGE_ROWS} rows before (over 100 kB)`,
          `the interval in force is the one that the policy gives the run when it matches: ${POLL.minMs / 1_000} s after news, half as much again after each quiet poll, up to ${POLL.maxMs / 1_000} s`,
          "it is reckoned, not measured, so that a late poll counts as late; its spread of a tenth counts as late, too",
        ],
      };
    },
  );
}

/** Follows the interval that a run's polls should have: it grows with each poll that finds nothing new. */
function watchRhythm(findall: FakeFindAll, runId: string) {
  let intervalMs = POLL.minMs;
  let hasNews = true;
  // The command reads the run before the first poll does.
  let isPoll = false;
  const listen = () => {
    void findall.stats.next({ path: "run", runId }).then(() => {
      if (!isPoll) {
        isPoll = true;
        return listen();
      }
      intervalMs = hasNews ? POLL.minMs : Math.min(POLL.maxMs, intervalMs * GROWTH);
      hasNews = false;
      listen();
    });
  };
  listen();
  return {
    /** The next poll will find something. Gives the interval until then. */
    matched: () => {
      hasNews = true;
      return intervalMs;
    },
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
