import { type Bench, type Benchmark, figure, type Outcome, quantile } from "../benchmark.ts";
import { onStage } from "../stage.ts";

const PEOPLE_AT_ONCE = 50;
const CARDS = 30;

/** Half of these ask for something that Redis and Parallel must answer. */
const ROUNDS: readonly ((run: string) => string)[] = [
  (run) => run,
  (run) => `status ${run}`,
  () => "list",
  (run) => run,
  () => "help",
  (run) => `stop ${run}`,
];

/** How fast people are answered. */
export const ack: Benchmark = {
  name: "ack",
  promise: "/findall is acknowledged at once, 50 at once, and within 3 s also while Redis is down",
  takes: 20,
  run: measureAck,
};

async function measureAck(bench: Bench): Promise<Outcome> {
  return onStage(bench, { channels: PEOPLE_AT_ONCE }, async ({ addRun, channels, redis, slack, type }) => {
    for (const [index] of channels.entries()) addRun(`run_${index}`);
    const round = (text: (run: string) => string) =>
      Promise.all(channels.map((channel, index) => type(channel, text(`run_${index}`))));
    const up: number[] = [];
    for (const text of ROUNDS) {
      const told = slack.ephemeral().length;
      up.push(...(await round(text)));
      // What is acknowledged first is answered then: who asks next does not ask beside fifty others.
      await slack.waitFor(() => slack.ephemeral().length >= told + PEOPLE_AT_ONCE, { describe: "fifty answers" });
    }
    await redis.stop();
    const down: number[] = [];
    for (const text of ROUNDS.slice(0, 3)) down.push(...(await round(text)));
    return {
      figures: [
        figure("p50", quantile(up, 0.5), "ms"),
        figure("p99", quantile(up, 0.99), "ms", { atMost: 300 }),
        figure("slowest, Redis down", Math.max(...down), "ms", { atMost: 3_000 }),
      ],
      notes: [
        `${up.length} commands, ${PEOPLE_AT_ONCE} at a time, the next once these are answered; ${down.length} more after Redis was stopped`,
      ],
    };
  });
}

export const card: Benchmark = {
  name: "card",
  promise: "the card is in the channel soon after the command",
  takes: 10,
  run: measureCard,
};

async function measureCard(bench: Bench): Promise<Outcome> {
  return onStage(bench, { channels: CARDS }, async ({ addRun, arrivals, channels, slack, type }) => {
    const times: number[] = [];
    for (const [index, channel] of channels.entries()) {
      addRun(`run_${index}`);
      const typedAt = Date.now();
      void type(channel, `run_${index}`);
      await slack.waitFor(() => arrivals.cardAt(channel, `run_${index}`), { describe: "a card" });
      times.push((arrivals.cardAt(channel, `run_${index}`) ?? 0) - typedAt);
    }
    return {
      figures: [
        figure("p50", quantile(times, 0.5), "ms"),
        figure("p95", quantile(times, 0.95), "ms", { atMost: 1_500 }),
      ],
      notes: [`${times.length} commands, one after the other, each in a channel of its own`],
    };
  });
}
