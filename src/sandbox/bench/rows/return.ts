import { setTimeout as sleep } from "node:timers/promises";
import { seeded } from "../../seeded.ts";
import { type Bench, type Benchmark, figure, type Outcome, quantile } from "../benchmark.ts";
import { candidateOf } from "../candidates.ts";
import { onStage, type Stage } from "../stage.ts";

const CHANNELS = 20;
const SENDS_IN_HAND = 3;
const READS_IN_HAND = 3;
const EVERY_5_S = { POLL_MIN_MS: "5000", POLL_MAX_MS: "5000" };

const KILLS = 5;
const KILL_EVERY_S = [3, 7] as const;
const CAUGHT_UP_S = 45;
const MATCHES_EACH = 20;
const SEED = 20_261;

/** How long after a stop or a kill everything missed is in the threads. */
export const restart: Benchmark = {
  name: "restart",
  promise: "caught up within 10 s of a clean restart and within 45 s of a SIGKILL",
  takes: 60,
  run: measureRestart,
};

async function measureRestart(bench: Bench): Promise<Outcome> {
  return onStage(bench, { channels: CHANNELS, environment: EVERY_5_S }, async (stage) => {
    const { addRun, channels, findall, follow, service, slack } = stage;
    const watches = channels.map((channel, index) => ({ channel, runId: `run_${index}` }));
    for (const { runId } of watches) addRun(runId);
    await follow(watches);

    await service.stop();
    const launchedAt = Date.now();
    const started = service.start();
    const clean = await caughtUp(stage, watches, 0);
    await started;

    // Whatever a process can hold: posts that Slack has taken and not answered, and polls that wait for Parallel.
    for (const { channel } of watches.slice(0, SENDS_IN_HAND))
      slack.faults.add({ method: "chat.postMessage", channel, kind: "hang", commit: true, times: 1 });
    for (const { runId } of watches.slice(-READS_IN_HAND))
      findall.faults.add({ path: "run", runId, kind: "hang", times: 1 });
    for (const { runId } of watches.slice(0, SENDS_IN_HAND)) findall.run(runId)?.match(candidateOf(50, "small"));
    await sleep(7_000);
    const killedAt = Date.now();
    await service.kill();
    await service.start();
    const killed = await caughtUp(stage, watches, 100);
    return {
      figures: [
        figure("clean restart", (clean - launchedAt) / 1_000, "s", { atMost: 10 }),
        figure("SIGKILL", (killed - killedAt) / 1_000, "s", { atMost: 45 }),
        figure("doubled", stage.arrivals.doubled(), "", { atMost: 0 }),
      ],
      notes: [
        `from the new process's launch, or the kill, until what ${CHANNELS} runs had found meanwhile was in their threads`,
        `killed with ${SENDS_IN_HAND} posts and ${READS_IN_HAND} polls in hand; polls every 5 s`,
      ],
    };
  });
}

/** One match for each watch, at once; resolves with when the last one is in its thread (ms). */
function caughtUp(
  { arrivals, findall }: Stage,
  watches: readonly { readonly channel: string; readonly runId: string }[],
  number: number,
): Promise<number> {
  const matched = watches.map((watch, index) => ({
    ...watch,
    ids: [findall.run(watch.runId)?.match(candidateOf(number + index, "small")) ?? ""],
  }));
  return arrivals.all(matched, 120_000);
}

export const kills: Benchmark = {
  name: "kills",
  promise: "nothing is lost and nothing doubled, however often the process is killed, and all is caught up within 45 s",
  takes: 65,
  run: measureKills,
};

async function measureKills(bench: Bench): Promise<Outcome> {
  const environment = { POLL_MIN_MS: "500", POLL_MAX_MS: "1000" };
  return onStage(
    bench,
    { channels: 10, environment },
    async ({ addRun, arrivals, channels, follow, service, slack }) => {
      const watches = channels.map((channel, index) => ({ channel, runId: `run_${index}`, ids: [] as string[] }));
      const runs = watches.map(({ runId }) => addRun(runId));
      await follow(watches);
      const random = seeded(SEED);
      const [least, most] = KILL_EVERY_S;
      const killedAt: number[] = [];
      const matchedAt = new Map<string, number>();
      const killing = (async () => {
        for (let kill = 0; kill < KILLS; kill += 1) {
          await sleep(1_000 * (least + (most - least) * random()));
          killedAt.push(Date.now());
          await service.kill();
          await service.start();
        }
      })();
      for (let number = 0; number < MATCHES_EACH; number += 1) {
        for (const [index, { ids, runId }] of watches.entries()) {
          const id = runs[index]?.match(candidateOf(number, "small")) ?? "";
          ids.push(id);
          matchedAt.set(`${runId} ${id}`, Date.now());
        }
        await sleep(1_500);
      }
      await killing;
      for (const run of runs) run.end();
      await slack
        .waitFor(() => arrivals.count("completions") === watches.length, { timeoutMs: 120_000, describe: "all alerts" })
        .catch((error: unknown) => bench.say(error instanceof Error ? (error.message.split("\n")[0] ?? "") : ""));
      const ways = watches.flatMap(({ channel, runId, ids }) =>
        ids.map((id) => ({
          from: matchedAt.get(`${runId} ${id}`) ?? Number.NaN,
          to: arrivals.candidateAt(channel, runId, id) ?? Number.POSITIVE_INFINITY,
        })),
      );
      const matched = ways.length;
      const caughtUp = killedAt.map((kill) => owedUntil(ways, kill) - kill);
      return {
        figures: [
          figure("lost", matched - arrivals.count("candidates"), "", { atMost: 0 }),
          figure("doubled", arrivals.doubled(), "", { atMost: 0 }),
          figure("cards", arrivals.count("cards"), "", { atMost: watches.length }),
          figure("completion alerts", arrivals.count("completions"), "", { atLeast: watches.length }),
          figure("kills", killedAt.length, "", { atLeast: KILLS }),
          figure("slowest to catch up after a kill", Math.max(...caughtUp) / 1_000, "s", { atMost: CAUGHT_UP_S }),
          figure("median to catch up after a kill", quantile(caughtUp, 0.5) / 1_000, "s"),
        ],
        notes: [
          "caught up: all that had matched by the kill stands in its thread, further kills on the way included",
          `${matched} matches in ${watches.length} channels, seed ${SEED}; hundreds of kills: npm run soak`,
        ],
      };
    },
  );
}

/** When the last of what had matched at a time (ms) and was not shown yet came; that time when nothing was owed. */
function owedUntil(ways: readonly { readonly from: number; readonly to: number }[], time: number): number {
  return Math.max(time, ...ways.filter(({ from, to }) => from <= time && to > time).map(({ to }) => to));
}
