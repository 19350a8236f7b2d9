import type { FaultSpec } from "../../fake-slack/faults.ts";
import { type Bench, type Benchmark, figure, type Outcome } from "../benchmark.ts";
import { candidateOf } from "../candidates.ts";
import { besidePlain, type PlainStage } from "../plain-stage.ts";
import { onStage } from "../stage.ts";

const MATCHES = 6;
const LOST = 3;
const RUN = "run_lost";

/** Slack takes a message and its answer never comes: who sends it again doubles it. */
export const lostAnswers: Benchmark = {
  name: "lost-answers",
  promise: "a post whose answer was lost is neither lost nor doubled",
  takes: 45,
  run: (bench) => besidePlain((plain) => measureLostAnswers(bench, plain)),
};

async function measureLostAnswers(bench: Bench, plain: PlainStage): Promise<Outcome> {
  const environment = { POLL_MIN_MS: "500", POLL_MAX_MS: "500" };
  return onStage(bench, { channels: 1, environment }, async ({ addRun, arrivals, channels, follow, slack }) => {
    const channel = channels[0] ?? "";
    const run = addRun(RUN);
    const beside = plain.findall.addRun({ id: RUN });
    await follow([{ channel, runId: RUN }]);
    plain.follow(RUN, 500);
    // The first, the second and the third message that follow: each is posted, and each answer is lost.
    const fault: FaultSpec = { method: "chat.postMessage", kind: "lost", times: LOST };
    slack.faults.add(fault);
    plain.slack.faults.add(fault);
    const ids: string[] = [];
    for (let index = 0; index < MATCHES; index += 1) {
      ids.push(run.match(candidateOf(index, "small")));
      beside.match(candidateOf(index, "small"));
      // One message each: what waits together is put onto one page.
      await arrivals.all([{ channel, runId: RUN, ids: ids.slice(-1) }], 60_000);
    }
    run.end();
    await slack.waitFor(() => arrivals.count("completions") > 0, { timeoutMs: 60_000, describe: "the alert" });
    await plain.slack.waitFor(() => plain.posts() - plain.doubled() === MATCHES, { timeoutMs: 60_000 });
    return {
      figures: [
        figure("doubled", arrivals.doubled(), "", { atMost: 0 }),
        figure("lost", MATCHES - arrivals.count("candidates"), "", { atMost: 0 }),
        figure("plain: doubled", plain.doubled(), ""),
      ],
      notes: [`${LOST} of ${MATCHES + 1} posts lost their answer after Slack had taken them`],
    };
  });
}
