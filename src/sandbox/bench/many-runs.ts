import { setTimeout as sleep } from "node:timers/promises";
import type { OwnService } from "../own-service.ts";
import { candidateOf, conditionsOf } from "./candidates.ts";
import { costOf } from "./process-cost.ts";
import { quantileBetween, type Scrape, scrapeAll } from "./scrape.ts";
import type { Stage } from "./stage.ts";

/** What many active runs cost while they were looked at. */
export interface Load {
  readonly seconds: number;
  readonly cores: number;
  readonly lagP50Ms: number;
  readonly lagP99Ms: number;
  readonly pollsPerSecond: number;
  readonly requestsPerSecond: number;
  /** The most that a process held at one of the looks. */
  readonly rssMb: number;
  /** Of the least that was held, from the first third of the time to the last: what comes on top is garbage. */
  readonly rssGrowthMb: number;
}

/** A run of Parallel's finds something new about once a minute. */
const MOVES_EVERY_MS = 60_000;
const LOOK_EVERY_MS = 1_000;
/** The last matches need a poll and a place in their channel. */
const ARRIVE_WITHIN_MS = 30_000;
/** What old runs begin with comes into the threads at a message a second in each channel. */
const OPENED_WITHIN_MS = 120_000;
/** Rows that an old run begins with: over 100 kB, from where on what is new is read by events. */
const OLD_ROWS = 9;

/** What runs have found, and whether it stands in Slack. */
export interface Moves {
  /** Stops them and waits until all that was found is in its thread, or for long enough. */
  readonly end: () => Promise<{
    readonly matched: number;
    readonly missing: number;
    readonly waitsMs: readonly number[];
  }>;
  readonly stop: () => void;
}

/**
 * Adds so many active runs and follows each of them in one of the stage's channels.
 * @param isOld runs that have found something already, so much that their results are not read whole any more
 */
export async function followMany(
  stage: Stage,
  runs: number,
  isOld: (index: number) => boolean = () => false,
): Promise<void> {
  const { addRun, follow } = stage;
  const watches = Array.from({ length: runs }, (_, index) => watchOf(stage, index));
  for (const [index, { runId }] of watches.entries()) {
    const run = addRun(runId, { matchConditions: conditionsOf("full") });
    if (isOld(index)) run.matchMany(OLD_ROWS, (row) => candidateOf(1_000_000 + index * OLD_ROWS + row, "full"));
  }
  await follow(watches);
}

/** Waits until all that runs began with is in the threads; says how many candidates that were. */
export async function opened({ arrivals, findall, slack }: Stage, runs: number): Promise<number> {
  const wanted = Array.from({ length: runs }, (_, index) => findall.run(`run_${index}`)?.matchedIds.length ?? 0);
  const count = wanted.reduce((sum, each) => sum + each, 0);
  const isThere = () => arrivals.count("candidates") >= count;
  await slack.waitFor(isThere, { timeoutMs: OPENED_WITHIN_MS, describe: `${count} candidates of old runs` });
  return count;
}

/** Lets each run find a candidate about once a minute, one run after the other, from now on. */
export function moveAll(stage: Stage, runs: number): Moves {
  const { arrivals, findall, slack } = stage;
  const found: { readonly channel: string; readonly runId: string; readonly id: string; readonly at: number }[] = [];
  const timer = setInterval(() => {
    const watch = watchOf(stage, found.length % runs);
    const id = findall.run(watch.runId)?.match(candidateOf(found.length, "full")) ?? "";
    found.push({ ...watch, id, at: Date.now() });
  }, MOVES_EVERY_MS / runs);
  const stop = () => clearInterval(timer);
  const shownAt = ({ channel, runId, id }: (typeof found)[number]) => arrivals.candidateAt(channel, runId, id);
  return {
    stop,
    end: async () => {
      stop();
      const isThere = () => found.every((each) => shownAt(each) !== undefined);
      // What does not come in time is counted below.
      await slack.waitFor(isThere, { timeoutMs: ARRIVE_WITHIN_MS }).catch(() => {});
      const waitsMs = found.flatMap((each) => (shownAt(each) ?? Number.POSITIVE_INFINITY) - each.at);
      return {
        matched: found.length,
        missing: waitsMs.filter((wait) => wait === Number.POSITIVE_INFINITY).length,
        waitsMs,
      };
    },
  };
}

function watchOf({ channels }: Stage, index: number) {
  return { channel: channels[index % channels.length] ?? "", runId: `run_${index}` };
}

/** Reads what the runs that go on cost, for so many seconds or until something has happened. */
export async function loadOf(
  stage: Stage,
  until: number | Promise<unknown>,
  workers: readonly OwnService[] = [stage.service],
): Promise<Load> {
  const { findall } = stage;
  const before = await readAll(workers);
  const asked = findall.stats.requests();
  const start = Date.now();
  const rss: number[] = [];
  let isOver = false;
  const over = typeof until === "number" ? sleep(until * 1_000) : until;
  const ended = over.finally(() => {
    isOver = true;
  });
  // Its failure is told once the last look is over.
  ended.catch(() => {});
  while (!isOver) {
    await sleep(LOOK_EVERY_MS);
    rss.push(Math.max(...workers.map((worker) => costOf(worker.pid()).rssMb)));
  }
  await ended;
  const after = await readAll(workers);
  const took = (Date.now() - start) / 1_000;
  const third = Math.ceil(rss.length / 3);
  const quantileOf = (share: number) =>
    1_000 *
    Math.max(
      ...after.map(({ scrape }, at) =>
        quantileBetween(before[at]?.scrape as Scrape, scrape, "findall_poll_lag_seconds", share),
      ),
    );
  const sum = (of: (reading: Reading) => number) =>
    after.reduce((all, reading, at) => all + of(reading) - of(before[at] as Reading), 0);
  return {
    seconds: took,
    cores: sum(({ cpuSeconds }) => cpuSeconds) / took,
    lagP50Ms: quantileOf(0.5),
    lagP99Ms: quantileOf(0.99),
    pollsPerSecond: sum(({ scrape }) => scrape.total("findall_polls_total")) / took,
    requestsPerSecond: (findall.stats.requests() - asked) / took,
    rssMb: Math.max(...rss),
    rssGrowthMb: Math.min(...rss.slice(-third)) - Math.min(...rss.slice(0, third)),
  };
}

interface Reading {
  readonly cpuSeconds: number;
  readonly scrape: Scrape;
}

function readAll(workers: readonly OwnService[]): Promise<Reading[]> {
  return Promise.all(
    workers.map(async (worker) => ({
      scrape: await scrapeAll(worker.port()),
      cpuSeconds: costOf(worker.pid()).cpuSeconds,
    })),
  );
}
