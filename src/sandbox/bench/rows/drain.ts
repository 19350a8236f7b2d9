import { type Bench, type Benchmark, figure, type Outcome } from "../benchmark.ts";
import { candidateOf, conditionsOf } from "../candidates.ts";
import { besidePlain, type PlainStage } from "../plain-stage.ts";
import { costOf } from "../process-cost.ts";
import { onStage } from "../stage.ts";

const MATCHES = 1_000;
const POLL_MS = 5_000;
const RUN = "run_burst";

/** A thousand matches at once into one channel, and what a plain loop makes of them in the same time. */
export const drain: Benchmark = {
  name: "drain",
  promise: "1,000 matches in one snapshot are in the thread within 75 s, at most one message a second, without a 429",
  takes: 80,
  run: (bench) => besidePlain((plain) => measureDrain(bench, plain)),
};

async function measureDrain(bench: Bench, plain: PlainStage): Promise<Outcome> {
  return onStage(bench, { channels: 1 }, async ({ addRun, arrivals, channels, follow, service, slack }) => {
    const channel = channels[0] ?? "";
    const run = addRun(RUN, { matchConditions: conditionsOf("full") });
    await follow([{ channel, runId: RUN }]);
    const candidate = (index: number) => candidateOf(index, "full");
    const beside = plain.findall.addRun({ id: RUN, matchLimit: null, matchConditions: conditionsOf("full") });
    const before = costOf(service.pid()).cpuSeconds;
    const at = Date.now();
    const ids = run.matchMany(MATCHES, candidate);
    beside.matchMany(MATCHES, candidate);
    plain.follow(RUN, POLL_MS);
    const seconds = ((await arrivals.all([{ channel, runId: RUN, ids }], 240_000)) - at) / 1_000;
    const { rateLimited, tooFast, channels: byChannel } = slack.stats();
    const pace = byChannel[channel];
    const cpu = costOf(service.pid()).cpuSeconds - before;
    const plainPosts = plain.posts();
    const plainSeconds = (MATCHES * (Date.now() - at)) / 1_000 / plainPosts;
    return {
      figures: [
        figure("until all are in the thread", seconds, "s", { atMost: 75 }),
        figure("messages in any one second", pace?.peakPerSecond ?? 0, "", { atMost: 1 }),
        figure("less than a second after another", tooFast, "", { atMost: 0 }),
        figure("429s", rateLimited, "", { atMost: 0 }),
        figure("doubled", arrivals.doubled(), "", { atMost: 0 }),
        figure("processor time of the service", cpu, "s"),
        figure("plain: until all are in the channel", plainSeconds, "s"),
        figure("plain: 429s meanwhile", plain.slack.stats().rateLimited, ""),
        figure("plain: less than a second after another", plain.slack.stats().tooFast, ""),
        figure("plain takes as long as ours", plainSeconds / seconds, "times"),
      ],
      notes: [
        `ours: ${pace?.posts ?? 0} messages; plain: ${plainPosts} in the same time, its whole time reckoned from that`,
      ],
    };
  });
}
