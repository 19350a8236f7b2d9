import { setTimeout as sleep } from "node:timers/promises";
import { type Bench, type Benchmark, figure, type Outcome } from "../benchmark.ts";
import { candidateOf, conditionsOf } from "../candidates.ts";
import { followMany, loadOf } from "../many-runs.ts";
import { costOf } from "../process-cost.ts";
import { onStage } from "../stage.ts";

const RUNS = 1_000;
const CHANNELS = 100;
/** A thousand commands at once leave garbage, which is no part of what a thousand watches take. */
const SETTLE_MS = 25_000;
const LOOK_S = 60;
const EVERY_5_S = { POLL_MIN_MS: "5000", POLL_MAX_MS: "5000" };
/** Of full candidates, 12 kB each. */
const LARGE_RESULT = 3_300;
const READS = 4;

/** One process that follows a thousand active runs, each polled every five seconds. */
export const runs: Benchmark = {
  name: "runs",
  promise: "one process follows 1,000 active runs at a poll of 5 s with half a core, in time, in 200 MB",
  takes: 110,
  run: measureRuns,
};

async function measureRuns(bench: Bench): Promise<Outcome> {
  return onStage(bench, { channels: CHANNELS, environment: EVERY_5_S }, async (stage) => {
    await followMany(stage, RUNS);
    await sleep(SETTLE_MS);
    const load = await loadOf(stage, RUNS, LOOK_S);
    return {
      figures: [
        figure("active runs", RUNS, "", { atLeast: 1_000 }),
        figure("poll lag p50", load.lagP50Ms, "ms"),
        figure("poll lag p99", load.lagP99Ms, "ms", { atMost: 1_000 }),
        figure("processor", load.cores, "cores", { atMost: 0.5 }),
        figure("polls", load.pollsPerSecond, "per s", { atLeast: (0.95 * RUNS) / 5 }),
        figure("memory", load.rssMb, "MB", { atMost: 200 }),
        figure("growth of memory", load.rssGrowthMb, "MB", { atMost: 10 }),
      ],
      notes: [
        `${LOOK_S} s, each run finding a candidate once a minute; ${CHANNELS} channels with ${RUNS / CHANNELS} cards each`,
        "memory is the most seen in that time; growth is the least of its last third beyond the least of its first",
      ],
    };
  });
}

export const memory: Benchmark = {
  name: "memory",
  promise: "a result of 40 MB stays within 450 MB",
  takes: 40,
  run: measureMemory,
};

async function measureMemory(bench: Bench): Promise<Outcome> {
  return onStage(bench, { channels: 1 }, async ({ addRun, channels, findall, follow, service }) => {
    const run = addRun("run_large", { matchConditions: conditionsOf("full") });
    run.matchMany(LARGE_RESULT, (index) => candidateOf(index, "full"));
    const size = JSON.stringify(run.resultBody()).length / 1e6;
    const read = findall.stats.next({ path: "result", runId: "run_large" });
    await follow([{ channel: channels[0] ?? "", runId: "run_large" }]);
    await read;
    for (let again = 0; again < READS; again += 1) {
      const next = findall.stats.next({ path: "result", runId: "run_large" });
      run.match(candidateOf(LARGE_RESULT + again, "full"));
      await Promise.race([next, sleep(15_000)]);
      await sleep(3_000);
    }
    return {
      figures: [
        figure("size of the result", size, "MB", { atLeast: 40 }),
        figure("most memory at any time", costOf(service.pid()).peakRssMb, "MB", { atMost: 450 }),
        figure("memory afterwards", costOf(service.pid()).rssMb, "MB"),
      ],
      notes: [`${LARGE_RESULT} candidates, read again ${READS} times while their pages go out`],
    };
  });
}
