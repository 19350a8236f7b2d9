import { setTimeout as sleep } from "node:timers/promises";
import { keysOn, shownOf } from "../audit.ts";
import type { FakeFindAll } from "../fake-findall/server.ts";
import type { FakeSlack } from "../fake-slack/index.ts";
import { PEOPLE } from "../fake-slack/world.ts";
import { percentile } from "./counters.ts";

/** How channels fare while one is limited and one is broken, against when all are well (ms from match to Slack). */
export interface Neighbours {
  readonly before: readonly number[];
  readonly during: readonly number[];
  readonly violations: readonly string[];
}

export interface NeighbourOptions {
  readonly slack: FakeSlack;
  readonly findall: FakeFindAll;
  readonly channels: readonly string[];
}

const ROUNDS = 12;
const ROUND_MS = 1_500;
const LIMITED_S = 20;
const PATIENCE_MS = 60_000;
/** A tenth slower is what is allowed; below half a second nobody tells the difference from this machine's own noise. */
const SLOWER = 1.1;
const NOISE_MS = 500;

/** One candidate a round in each channel: first with all well, then with the first channel limited and the second broken. */
export async function measureNeighbours(options: NeighbourOptions): Promise<Neighbours> {
  const { slack, channels } = options;
  const [limited = "", broken = "", ...others] = channels;
  const before = await measure(options, others);
  const faults = [
    slack.faults.add({ method: "chat.postMessage", channel: limited, kind: "rate_limited", retryAfter: LIMITED_S }),
    slack.faults.add({ method: "chat.postMessage", channel: broken, kind: "hang" }),
  ];
  const during = await measure(options, others);
  for (const fault of faults) fault.remove();
  const bound = percentile(before, 95) * SLOWER + NOISE_MS;
  const slowest = percentile(during, 95);
  const isSlowed = !(slowest <= bound);
  const words = `p95 ${slowest} ms in other channels while one is limited and one broken; ${Math.round(bound)} ms allowed`;
  return { before, during, violations: isSlowed ? [words] : [] };
}

async function measure({ slack, findall, channels }: NeighbourOptions, others: readonly string[]): Promise<number[]> {
  const watches = channels.map((channel) => ({ channel, run: findall.addRun({ matchLimit: null }) }));
  await Promise.all(watches.map(({ channel, run }) => slack.command({ user: PEOPLE.ana, channel, text: run.id })));
  const measured = watches.filter(({ channel }) => others.includes(channel));
  const hasCard = ({ channel, run }: (typeof watches)[number]) => shownOf(slack, { channel, runId: run.id }).cards[0];
  await slack.waitFor(() => measured.every(hasCard), { describe: "the cards", timeoutMs: PATIENCE_MS });
  const matched = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { channel, run } of watches) {
      matched.set(shownOf(slack, { channel, runId: run.id }).keyOf(run.match()), Date.now());
    }
    await sleep(ROUND_MS);
  }
  const posted = () =>
    measured.flatMap(({ channel, run }) =>
      shownOf(slack, { channel, runId: run.id }).candidates.flatMap((message) =>
        keysOn(message).map((key) => message.postedAt - (matched.get(key) ?? 0)),
      ),
    );
  const isAll = () => posted().length === measured.length * ROUNDS;
  await slack.waitFor(isAll, { describe: "every candidate", timeoutMs: PATIENCE_MS });
  for (const { run } of watches) run.end();
  return posted();
}
