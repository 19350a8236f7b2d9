import { setTimeout as sleep } from "node:timers/promises";
import { type Bench, type Benchmark, figure, type Outcome, quantile } from "../benchmark.ts";
import { candidateOf, conditionsOf } from "../candidates.ts";
import { followMany, type Load, loadOf, type Moves, moveAll, opened } from "../many-runs.ts";
import { costOf } from "../process-cost.ts";
import { readRedis } from "../redis-cost.ts";
import { onStage, type Stage } from "../stage.ts";

const RUNS = 1_000;
const CHANNELS = 100;
/** A thousand commands, cards and first pages at once leave garbage, which is no part of what a thousand watches take. */
const SETTLE_S = 25;
const LOOK_S = 60;
const EVERY_5_S = { POLL_MIN_MS: "5000", POLL_MAX_MS: "5000" };
/** Of full candidates, 12 kB each. */
const LARGE_RESULT = 3_300;
const READS = 4;
const READ_WITHIN_MS = 30_000;
const LARGE = { path: "result", runId: "run_large" } as const;

/** One process that follows a thousand active runs, each polled every five seconds. */
export const runs: Benchmark = {
  name: "runs",
  promise: "one process follows 1,000 active runs at a poll of 5 s with half a core, in time, in 200 MB",
  takes: 160,
  run: measureRuns,
};

async function measureRuns(bench: Bench): Promise<Outcome> {
  return onStage(bench, { channels: CHANNELS, environment: EVERY_5_S }, async (stage) => {
    await followMany(stage, RUNS, (index) => index % 2 === 1);
    let old = 0;
    const redisBefore = await readRedis(stage.redis.url);
    const opening = await loadOf(
      stage,
      opened(stage, RUNS).then((count) => {
        old = count;
      }),
    );
    const redis = ((await readRedis(stage.redis.url)).cpuSeconds - redisBefore.cpuSeconds) / opening.seconds;
    const moves = moveAll(stage, RUNS);
    try {
      return await measureMoving(stage, moves, { ...opening, old, redis });
    } finally {
      moves.stop();
    }
  });
}

/** The time before runs move on by themselves. */
interface Opening extends Load {
  /** Candidates of old runs that came into the threads. */
  readonly old: number;
  /** Processor of Redis (cores). */
  readonly redis: number;
}

async function measureMoving(stage: Stage, moves: Moves, opening: Opening): Promise<Outcome> {
  const { arrivals, findall, slack } = stage;
  const first = await loadOf(stage, SETTLE_S);
  const read = {
    whole: findall.stats.requests({ path: "result" }),
    events: findall.stats.requests({ path: "events" }),
  };
  const redisBefore = await readRedis(stage.redis.url);
  const load = await loadOf(stage, LOOK_S);
  const redis = (await readRedis(stage.redis.url)).cpuSeconds - redisBefore.cpuSeconds;
  const readings = (path: "result" | "events", before: number) => (findall.stats.requests({ path }) - before) / LOOK_S;
  const [whole, events] = [readings("result", read.whole), readings("events", read.events)];
  const { matched, missing, waitsMs } = await moves.end();
  const limited = (method: string) => slack.stats().methods[method]?.ratelimited ?? 0;
  return {
    figures: [
      figure("active runs", RUNS, "", { atLeast: 1_000 }),
      figure("poll lag p50", load.lagP50Ms, "ms"),
      figure("poll lag p99", load.lagP99Ms, "ms", { atMost: 1_000 }),
      figure("processor", load.cores, "cores", { atMost: 0.5 }),
      figure("processor of Redis", redis / load.seconds, "cores"),
      figure("polls", load.pollsPerSecond, "per s", { atLeast: (0.95 * RUNS) / 5 }),
      figure("results read whole", whole, "per s"),
      figure("streams of events read", events, "per s"),
      figure("memory", load.rssMb, "MB", { atMost: 200 }),
      figure("growth of memory", load.rssGrowthMb, "MB", { atMost: 10 }),
      figure("matches", matched, "", { atLeast: (0.9 * RUNS * (SETTLE_S + LOOK_S)) / 60 }),
      figure("matches not in their threads", missing, "", { atMost: 0 }),
      figure("match to thread p95", quantile(waitsMs, 0.95), "ms"),
      figure("doubled", arrivals.doubled(), "", { atMost: 0 }),
      figure("429s to posts and edits", limited("chat.postMessage") + limited("chat.update"), "", { atMost: 0 }),
      figure("429s to whether the app may post", limited("conversations.info"), ""),
      figure("opening: old candidates in their threads", opening.seconds, "s"),
      figure("opening: memory", opening.rssMb, "MB"),
      figure("opening: processor", opening.cores, "cores"),
      figure("opening: processor of Redis", opening.redis, "cores"),
      figure("opening: poll lag p99", opening.lagP99Ms, "ms"),
      figure(`first ${SETTLE_S} s: memory`, first.rssMb, "MB"),
      figure(`first ${SETTLE_S} s: processor`, first.cores, "cores"),
      figure(`first ${SETTLE_S} s: poll lag p99`, first.lagP99Ms, "ms"),
    ],
    notes: [
      `${LOOK_S} s, each run finding a candidate of 12 kB a minute; ${CHANNELS} channels with ${RUNS / CHANNELS} cards each`,
      "half of the runs begin with no row and are read whole; half begin with nine, over 100 kB, and their events are read",
      "a run of many minutes is as those nine rows are: above 100 kB what is new costs the same, however many rows there are",
      `kept to no bound and shown apart: the opening, from the last of a thousand cards until the old runs' ${opening.old} candidates stand in the threads, and the first ${SETTLE_S} s after it`,
      "memory is the most seen in that time; growth is the least of its last third beyond the least of its first",
    ],
  };
}

export const memory: Benchmark = {
  name: "memory",
  promise: "a result of 40 MB stays within 450 MB, however often it is read",
  takes: 45,
  run: measureMemory,
};

async function measureMemory(bench: Bench): Promise<Outcome> {
  return onStage(
    bench,
    { channels: 1, environment: EVERY_5_S },
    async ({ addRun, channels, findall, follow, service }) => {
      const run = addRun(LARGE.runId, { matchConditions: conditionsOf("full") });
      // A run that names no event cannot be read by events: each change costs the whole result.
      run.quirks.silent = true;
      run.matchMany(LARGE_RESULT, (index) => candidateOf(index, "full"));
      const size = Buffer.byteLength(JSON.stringify(run.resultBody()));
      const read = findall.stats.next(LARGE);
      await follow([{ channel: channels[0] ?? "", runId: LARGE.runId }]);
      await read;
      for (let again = 0; again < READS; again += 1) {
        const next = findall.stats.next(LARGE);
        run.match(candidateOf(LARGE_RESULT + again, "full"));
        await Promise.race([next, sleep(READ_WITHIN_MS)]);
        await sleep(3_000);
      }
      const whole = Math.floor(findall.stats.decoded(LARGE) / size);
      return {
        figures: [
          figure("size of the result", size / 1e6, "MB", { atLeast: 40 }),
          figure("whole readings of it", whole, "", { atLeast: 1 + READS }),
          figure("most memory at any time", costOf(service.pid()).peakRssMb, "MB", { atMost: 450 }),
          figure("memory afterwards", costOf(service.pid()).rssMb, "MB"),
        ],
        notes: [
          `${LARGE_RESULT} candidates; the run names no last event, so that each of ${READS} more matches has it read whole again while its pages go out`,
          "readings are counted by bytes sent: what was broken off counts for what came",
        ],
      };
    },
  );
}
