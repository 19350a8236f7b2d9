import { setTimeout as sleep } from "node:timers/promises";
import { keysOn, shownOf } from "../audit.ts";
import type { FakeRun } from "../fake-findall/run.ts";
import type { FakeFindAll } from "../fake-findall/server.ts";
import type { FakeSlack } from "../fake-slack/index.ts";
import { PEOPLE } from "../fake-slack/world.ts";
import { percentile } from "./counters.ts";
import { POLL_MAX_MS } from "./ground.ts";

/** How channels fare while one is limited and one is broken, against when all are well (ms from match to Slack). */
export interface Neighbours {
  readonly before: readonly number[];
  readonly during: readonly number[];
  /** From the end of a run, as its API says it, to its completion alert, with all well: one run after the other. */
  readonly ends: readonly number[];
  /** The same when all runs end at once, just after each has found something, beside one limited and one broken. */
  readonly endsAtOnce: readonly number[];
  /** What was followed and found meanwhile. */
  readonly watches: number;
  readonly candidates: number;
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
/** An end is told at most one poll (and its spread) and so long after the API says so. */
const END_WITHIN_MS = 5_000;
const SPREAD = 1.1;
/** Without an edit for so long the cards are up to date, and at the latest after so long. */
const STILL_MS = 3_000;
const STILL_WITHIN_MS = 30_000;
/** Each end edits a card, of which 40 a minute are allowed. */
const END_EVERY_MS = 1_500;
/** A tenth slower is what is allowed; below half a second nobody tells the difference from this machine's own noise. */
const SLOWER = 1.1;
const NOISE_MS = 500;

/** One candidate a round in each channel: first with all well, then with the first channel limited and the second broken. */
export async function measureNeighbours(options: NeighbourOptions): Promise<Neighbours> {
  const { slack, channels } = options;
  const [limited = "", broken = "", ...others] = channels;
  const before = await measure(options, others, endOneByOne);
  const faults = [
    slack.faults.add({ method: "chat.postMessage", channel: limited, kind: "rate_limited", retryAfter: LIMITED_S }),
    slack.faults.add({ method: "chat.postMessage", channel: broken, kind: "hang" }),
  ];
  const during = await measure(options, others, endAtOnce);
  for (const fault of faults) fault.remove();
  const bound = percentile(before.waits, 95) * SLOWER + NOISE_MS;
  const slowest = percentile(during.waits, 95);
  const isSlowed = !(slowest <= bound);
  const words = `p95 ${slowest} ms in other channels while one is limited and one broken; ${Math.round(bound)} ms allowed`;
  const endBound = POLL_MAX_MS * SPREAD + END_WITHIN_MS;
  const lateEnds = before.ends.filter((ms) => !(ms <= endBound));
  return {
    before: before.waits,
    during: during.waits,
    ends: before.ends,
    endsAtOnce: during.ends,
    watches: 2 * channels.length,
    candidates: 2 * channels.length * ROUNDS,
    violations: [
      ...(isSlowed ? [words] : []),
      ...lateEnds.map(
        (ms) => `an end was told ${ms} ms after the API said so, with nothing in its way; ${endBound} ms allowed`,
      ),
    ],
  };
}

async function measure(options: NeighbourOptions, others: readonly string[], end: End) {
  const { slack, findall, channels } = options;
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
  const waits = posted();
  const unmeasured = watches.filter((watch) => !measured.includes(watch));
  const ends = await end(slack, measured);
  for (const { run } of unmeasured) run.end();
  return { waits, ends };
}

interface Watched {
  readonly channel: string;
  readonly run: FakeRun;
}

/** Ends runs; gives how long after its end each was told (ms), infinite where it was not. */
type End = (slack: FakeSlack, watches: readonly Watched[]) => Promise<readonly number[]>;

/** Edits of cards have a budget for the whole workspace: an end is told in time once the cards say what they have to say. */
const endOneByOne: End = async (slack, watches) => {
  const lastEdit = () => slack.calls("chat.update").at(-1)?.at ?? 0;
  for (const until = Date.now() + STILL_WITHIN_MS; Date.now() < until && Date.now() - lastEdit() < STILL_MS; )
    await sleep(500);
  const ends: number[] = [];
  for (const watch of watches) {
    watch.run.end();
    ends.push(await told(slack, watch, Date.now()));
    await sleep(END_EVERY_MS);
  }
  return ends;
};

const endAtOnce: End = (slack, watches) => {
  for (const { run } of watches) run.end();
  const endedAt = Date.now();
  return Promise.all(watches.map((watch) => told(slack, watch, endedAt)));
};

async function told(slack: FakeSlack, { channel, run }: Watched, endedAt: number): Promise<number> {
  const alert = () => shownOf(slack, { channel, runId: run.id }).completions[0];
  await slack.waitFor(alert, { timeoutMs: PATIENCE_MS }).catch(() => {});
  return (alert()?.postedAt ?? Number.POSITIVE_INFINITY) - endedAt;
}
