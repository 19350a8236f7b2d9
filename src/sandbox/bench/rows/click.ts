import { setTimeout as sleep } from "node:timers/promises";
import { entryIdOf, watchIdOf } from "../../../domain/ids.ts";
import { ACTIONS } from "../../../slack/controls.ts";
import type { FakeSlack } from "../../fake-slack/index.ts";
import type { StoredMessage } from "../../fake-slack/model.ts";
import { interactiveOf } from "../../fake-slack/validate/blocks.ts";
import { PEOPLE } from "../../fake-slack/world.ts";
import { type Bench, type Benchmark, figure, type Outcome, quantile } from "../benchmark.ts";
import { candidateOf, conditionsOf } from "../candidates.ts";
import { onStage, type Stage } from "../stage.ts";

const CLICKS = 25;
const BACKLOG = 500;
const CLICK_EVERY_MS = 400;
/** An edit that never comes is a failure, not a wait without end. */
const SHOWN_WITHIN_MS = 15_000;
const RUN = "run_clicks";

/** How long after a person's click the message shows the decision, idle and while the lane is full. */
export const click: Benchmark = {
  name: "click",
  promise: "a decision shows on its message within a second, also while 500 candidates wait in the lane",
  takes: 60,
  run: measureClick,
};

async function measureClick(bench: Bench): Promise<Outcome> {
  return onStage(bench, { channels: 1, environment: { POLL_MIN_MS: "500", POLL_MAX_MS: "500" } }, async (stage) => {
    const { addRun, arrivals, channels, follow } = stage;
    const channel = channels[0] ?? "";
    const run = addRun(RUN, { matchConditions: conditionsOf("full") });
    await follow([{ channel, runId: RUN }]);
    const first = run.matchMany(2 * CLICKS, (index) => candidateOf(index, "full"));
    await arrivals.all([{ channel, runId: RUN, ids: first }], 60_000);
    const idle = await clickEach(stage, channel, first.slice(0, CLICKS));
    const backlog = run.matchMany(BACKLOG, (index) => candidateOf(1_000 + index, "full"));
    await arrivals.all([{ channel, runId: RUN, ids: backlog.slice(0, 1) }], 30_000);
    const busy = await clickEach(stage, channel, first.slice(CLICKS));
    const waiting = backlog.filter((id) => arrivals.candidateAt(channel, RUN, id) === undefined).length;
    return {
      figures: [
        figure("p95, idle", quantile(idle, 0.95), "ms", { atMost: 1_000 }),
        figure("p95, under a backlog", quantile(busy, 0.95), "ms", { atMost: 1_000 }),
        figure("slowest, under a backlog", Math.max(...busy), "ms"),
      ],
      notes: [`${CLICKS} clicks each; of a backlog of ${BACKLOG}, ${waiting} waited still after the last click`],
    };
  });
}

async function clickEach({ slack }: Stage, channel: string, ids: readonly string[]): Promise<number[]> {
  const watch = watchIdOf(slack.team.id, channel, RUN);
  const times: number[] = [];
  for (const id of ids) {
    const key = entryIdOf(watch, "candidate", id);
    const message = slack
      .channel(channel)
      .messages()
      .find(({ metadata }) => String(metadata?.event_payload.candidates).includes(key));
    if (!message) throw new Error(`${id} stands on no message`);
    const at = performance.now();
    const shown = whenShown(slack, message.ts, key, at);
    await slack.click({ user: PEOPLE.ana, channel, ts: message.ts, actionId: ACTIONS.accepted, blockId: key });
    times.push(await shown);
    await sleep(CLICK_EVERY_MS);
  }
  return times;
}

/** Resolves with the ms from `start` to the edit that offers to undo. */
function whenShown(slack: FakeSlack, ts: string, key: string, start: number): Promise<number> {
  return new Promise((resolve) => {
    const finish = (ms: number) => {
      clearTimeout(late);
      stop();
      resolve(ms);
    };
    const stop = slack.on("edit", (message: StoredMessage) => {
      const controls = message.blocks.filter((block) => block.block_id === key).flatMap(interactiveOf);
      if (message.ts !== ts || !controls.some((control) => control.action_id === ACTIONS.undo)) return;
      finish(performance.now() - start);
    });
    const late = setTimeout(() => finish(Number.POSITIVE_INFINITY), SHOWN_WITHIN_MS);
  });
}
