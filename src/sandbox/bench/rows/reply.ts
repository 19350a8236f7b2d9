import { setTimeout as sleep } from "node:timers/promises";
import { type Bench, type Benchmark, figure, type Outcome, quantile } from "../benchmark.ts";
import { candidateOf } from "../candidates.ts";
import { seeded } from "../seeded.ts";
import { onStage } from "../stage.ts";

const CHANNELS = 20;
const ROUNDS = 4;
const POLL_MS = 2_000;

/** How long after the API shows a match it stands in an idle channel's thread. */
export const reply: Benchmark = {
  name: "reply",
  promise: "a match is in an idle channel's thread within the poll interval and 1.5 s",
  takes: 20,
  run: measureReply,
};

async function measureReply(bench: Bench): Promise<Outcome> {
  const environment = { POLL_MIN_MS: String(POLL_MS), POLL_MAX_MS: String(POLL_MS) };
  return onStage(bench, { channels: CHANNELS, environment }, async ({ addRun, arrivals, channels, follow }) => {
    const watches = channels.map((channel, index) => ({ channel, runId: `run_${index}` }));
    const runs = watches.map(({ runId }) => addRun(runId));
    await follow(watches);
    const random = seeded(7);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const matches = watches.map(async ({ channel, runId }, index) => {
        await sleep(random() * POLL_MS);
        const at = Date.now();
        const id = runs[index]?.match(candidateOf(round, "full")) ?? "";
        const shownAt = await arrivals.all([{ channel, runId, ids: [id] }], 30_000);
        times.push(shownAt - at);
      });
      await Promise.all(matches);
    }
    return {
      figures: [
        figure("p50", quantile(times, 0.5), "ms"),
        figure("p95", quantile(times, 0.95), "ms", { atMost: POLL_MS + 1_500 }),
      ],
      notes: [`${times.length} matches at any moment of a poll interval of ${POLL_MS / 1_000} s, ${CHANNELS} channels`],
    };
  });
}
