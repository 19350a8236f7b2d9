import { setTimeout as sleep } from "node:timers/promises";
import { type Bench, type Benchmark, type Figure, figure, quantile } from "./benchmark.ts";
import { candidateOf, conditionsOf } from "./candidates.ts";
import { followMany, loadOf, moveAll } from "./many-runs.ts";
import { costOf } from "./process-cost.ts";
import { readRedis } from "./redis-cost.ts";
import { onStage, type Stage } from "./stage.ts";

const EVERY_5_S = { POLL_MIN_MS: "5000", POLL_MAX_MS: "5000" };
const SETTLE_MS = 10_000;
const LOOK_S = 20;
const CARDS_PER_CHANNEL = 10;

/** How cost grows with what there is to do. None of these promises anything: they are to be read beside each other. */
export const GROWTH: readonly Benchmark[] = [
  growth("runs", "active runs in one process, each polled every 5 s", 300, [10, 100, 1_000, 5_000], measureRuns),
  growth("candidates", "candidates of one run, 12 kB each", 60, [100, 1_000, 3_000], measureCandidates),
  growth("channels", "channels that follow the same run of 100 matches", 60, [1, 10, 50], measureChannels),
  growth("workers", "worker processes that share 1,000 active runs", 150, [1, 2, 4], measureWorkers),
];

function growth(
  name: string,
  promise: string,
  takes: number,
  sizes: readonly number[],
  measure: (bench: Bench, size: number) => Promise<readonly Figure[]>,
): Benchmark {
  const run = async (bench: Bench) => {
    const figures: Figure[] = [];
    for (const size of sizes) {
      bench.say(`  ${name}: ${size}`);
      for (const one of await measure(bench, size)) figures.push({ ...one, what: `${size} ${name}: ${one.what}` });
    }
    return { figures };
  };
  return { name, promise, takes, run };
}

async function measureRuns(bench: Bench, runs: number): Promise<readonly Figure[]> {
  const channels = Math.max(1, Math.round(runs / CARDS_PER_CHANNEL));
  return onStage(bench, { channels, environment: EVERY_5_S }, async (stage) => {
    await followMany(stage, runs);
    const moves = moveAll(stage, runs);
    await sleep(SETTLE_MS);
    const redisBefore = await readRedis(stage.redis.url);
    const load = await loadOf(stage, LOOK_S).finally(moves.stop);
    const redis = await readRedis(stage.redis.url);
    return [
      figure("processor of the service", load.cores, "cores"),
      figure("processor of Redis", (redis.cpuSeconds - redisBefore.cpuSeconds) / LOOK_S, "cores"),
      figure("poll lag p99", load.lagP99Ms, "ms"),
      figure("polls", load.pollsPerSecond, "per s"),
      figure("memory of the service", load.rssMb, "MB"),
      figure("memory of Redis", redis.memoryMb, "MB"),
    ];
  });
}

async function measureCandidates(bench: Bench, count: number): Promise<readonly Figure[]> {
  return onStage(bench, { channels: 1 }, async (stage) => {
    const { addRun, arrivals, channels, findall, follow, redis, service } = stage;
    const channel = channels[0] ?? "";
    const run = addRun("run_0", { matchConditions: conditionsOf("full") });
    await follow([{ channel, runId: "run_0" }]);
    await findall.stats.next({ path: "run" });
    const before = costOf(service.pid());
    const at = Date.now();
    const ids = run.matchMany(count, (index) => candidateOf(index, "full"));
    const first = (await arrivals.all([{ channel, runId: "run_0", ids: ids.slice(0, 1) }], 60_000)) - at;
    const commit = costOf(service.pid()).cpuSeconds - before.cpuSeconds;
    const { memoryMb } = await readRedis(redis.url);
    return [
      figure("match to the first page, poll interval included", first, "ms"),
      figure("processor time until then", commit, "s"),
      figure("most memory of the service", costOf(service.pid()).peakRssMb, "MB"),
      figure("memory of Redis", memoryMb, "MB"),
    ];
  });
}

async function measureChannels(bench: Bench, count: number): Promise<readonly Figure[]> {
  const matches = 100;
  return onStage(bench, { channels: count }, async ({ addRun, arrivals, channels, follow, redis, service, slack }) => {
    const run = addRun("run_0");
    await follow(channels.map((channel) => ({ channel, runId: "run_0" })));
    const before = costOf(service.pid()).cpuSeconds;
    const at = Date.now();
    const ids = run.matchMany(matches, (index) => candidateOf(index, "full"));
    const done = await Promise.all(
      channels.map((channel) => arrivals.all([{ channel, runId: "run_0", ids }], 120_000)),
    );
    const times = done.map((time) => time - at);
    return [
      figure("until all are in the thread, p95 of channels", quantile(times, 0.95) / 1_000, "s"),
      figure("processor time of the service", costOf(service.pid()).cpuSeconds - before, "s"),
      figure("memory of Redis", (await readRedis(redis.url)).memoryMb, "MB"),
      figure("429s", slack.stats().rateLimited, ""),
    ];
  });
}

async function measureWorkers(bench: Bench, count: number): Promise<readonly Figure[]> {
  const runs = 1_000;
  const options = { channels: runs / CARDS_PER_CHANNEL, environment: { ...EVERY_5_S, ROLE: "bot" } };
  return onStage(bench, options, async (stage: Stage) => {
    const workers = await Promise.all(
      Array.from({ length: count }, () => stage.addService({ ROLE: "worker", SLACK_APP_TOKEN: "" })),
    );
    await followMany(stage, runs);
    const moves = moveAll(stage, runs);
    await sleep(SETTLE_MS);
    const load = await loadOf(stage, LOOK_S, workers).finally(moves.stop);
    return [
      figure("processor of all workers", load.cores, "cores"),
      figure("processor of each", load.cores / count, "cores"),
      figure("poll lag p99 of the slowest", load.lagP99Ms, "ms"),
      figure("polls", load.pollsPerSecond, "per s"),
      figure("memory of the largest", load.rssMb, "MB"),
    ];
  });
}
