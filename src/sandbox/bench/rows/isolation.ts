import { setTimeout as sleep } from "node:timers/promises";
import { type Bench, type Benchmark, figure, type Outcome, quantile } from "../benchmark.ts";
import { candidateOf } from "../candidates.ts";
import { onStage, type Stage } from "../stage.ts";

const CHANNELS = 50;
const POLL_MS = 500;
const LIMITED_S = 60;
const ROUND_MS = 1_500;
const RUN = "run_shared";

/** One channel that Slack limits, and the 49 beside it. */
export const isolation: Benchmark = {
  name: "isolation",
  promise: "one of 50 channels limited for 60 s: the others' p95 changes by less than 10 %",
  takes: 130,
  run: measureIsolation,
};

async function measureIsolation(bench: Bench): Promise<Outcome> {
  const environment = { POLL_MIN_MS: String(POLL_MS), POLL_MAX_MS: String(POLL_MS) };
  return onStage(bench, { channels: CHANNELS, environment }, async (stage) => {
    const { addRun, channels, follow, slack } = stage;
    const [limited = "", ...others] = channels;
    addRun(RUN);
    await follow(channels.map((channel) => ({ channel, runId: RUN })));
    const rounds = Math.round((LIMITED_S * 1_000) / ROUND_MS) - 1;
    await playRounds(stage, channels, 0, 2);
    const half = Math.ceil(rounds / 2);
    const before = await playRounds(stage, others, 100, half);
    const fault = slack.faults.add({
      method: "chat.postMessage",
      channel: limited,
      kind: "rate_limited",
      retryAfter: LIMITED_S,
      times: 1,
    });
    const during = await playRounds(stage, others, 200, rounds);
    // Half before and half after: a machine that grows slower or faster meanwhile is no change of ours.
    const after = await playRounds(stage, others, 300, half);
    const [calm, troubled] = [meanP95([...before, ...after]), meanP95(during)];
    return {
      figures: [
        figure("poll to thread p95, before and after", calm, "ms"),
        figure("poll to thread p95 of the others meanwhile", troubled, "ms"),
        figure("slowest of all, before and after", Math.max(...before.flat(), ...after.flat()), "ms"),
        figure("slowest of all meanwhile", Math.max(...during.flat()), "ms"),
        figure("change", (100 * (troubled - calm)) / calm, "%", { atMost: 10 }),
        figure("calls during Retry-After", slack.stats().callsDuringRetryAfter, "", { atMost: 0 }),
        figure("429s that the channel got", fault.hits, "", { atLeast: 1 }),
      ],
      notes: [
        `${rounds} matches of one run that all channels follow while one is limited, as many before and after`,
        "the p95 of the channels for each match, and of these the mean",
        "measured from the poll that saw the match: the wait for it, the same in all rounds, would make any change look small",
      ],
    };
  });
}

/**
 * The p95 of the channels for each match, and of these the mean. A match reaches all channels in one burst, so the p95 of all
 * times together is that of the few slowest matches, and differs by a tenth from one run to the next.
 */
function meanP95(rounds: readonly (readonly number[])[]): number {
  return rounds.reduce((sum, times) => sum + quantile(times, 0.95), 0) / rounds.length;
}

/** Times to each channel, match by match. Each match is made just after a poll, and is on its way from the moment the next one asks. */
async function playRounds(
  stage: Stage,
  channels: readonly string[],
  first: number,
  rounds: number,
): Promise<number[][]> {
  const { arrivals, findall } = stage;
  const times: number[][] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = Date.now();
    await findall.stats.next({ path: "run", runId: RUN });
    const id = findall.run(RUN)?.match(candidateOf(first + round, "full")) ?? "";
    const { at } = await findall.stats.next({ path: "run", runId: RUN });
    const watches = channels.map((channel) => ({ channel, runId: RUN, ids: [id] }));
    await arrivals.all(watches, 60_000);
    times.push(channels.map((channel) => (arrivals.candidateAt(channel, RUN, id) ?? Number.NaN) - at));
    await sleep(Math.max(0, started + ROUND_MS - Date.now()));
  }
  return times;
}
