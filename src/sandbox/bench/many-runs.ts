import { setTimeout as sleep } from "node:timers/promises";
import type { OwnService } from "../own-service.ts";
import { candidateOf } from "./candidates.ts";
import { costOf } from "./process-cost.ts";
import { quantileBetween, type Scrape, scrapeAll } from "./scrape.ts";
import type { Stage } from "./stage.ts";

/** What many active runs cost while they were looked at. */
export interface Load {
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

/** Adds so many active runs and follows each of them in one of the stage's channels. */
export async function followMany(stage: Stage, runs: number): Promise<void> {
  const { addRun, channels, follow } = stage;
  const watches = Array.from({ length: runs }, (_, index) => ({
    channel: channels[index % channels.length] ?? "",
    runId: `run_${index}`,
  }));
  for (const { runId } of watches) addRun(runId);
  await follow(watches);
}

/** Lets the runs go on for a while, each finding a candidate about once a minute, and reads what that costs. */
export async function loadOf(
  stage: Stage,
  runs: number,
  seconds: number,
  workers: readonly OwnService[] = [stage.service],
): Promise<Load> {
  const { findall } = stage;
  const moves = moveAll(stage, runs);
  try {
    const before = await readAll(workers);
    const asked = findall.stats.requests();
    const start = Date.now();
    const rss: number[] = [];
    while (Date.now() - start < seconds * 1_000) {
      await sleep(LOOK_EVERY_MS);
      rss.push(Math.max(...workers.map((worker) => costOf(worker.pid()).rssMb)));
    }
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
      cores: sum(({ cpuSeconds }) => cpuSeconds) / took,
      lagP50Ms: quantileOf(0.5),
      lagP99Ms: quantileOf(0.99),
      pollsPerSecond: sum(({ scrape }) => scrape.total("findall_polls_total")) / took,
      requestsPerSecond: (findall.stats.requests() - asked) / took,
      rssMb: Math.max(...rss),
      rssGrowthMb: Math.min(...rss.slice(-third)) - Math.min(...rss.slice(0, third)),
    };
  } finally {
    moves.stop();
  }
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

function moveAll({ findall }: Stage, runs: number) {
  let next = 0;
  const timer = setInterval(() => {
    findall.run(`run_${next % runs}`)?.generate(candidateOf(next, "full"));
    next += 1;
  }, MOVES_EVERY_MS / runs);
  return { stop: () => clearInterval(timer) };
}
