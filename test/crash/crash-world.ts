import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, vi } from "vitest";
import { addressesOf } from "../../src/sandbox/addresses.ts";
import { auditWatch, type Followed, shownOf } from "../../src/sandbox/audit.ts";
import { runNowOf } from "../../src/sandbox/audit-card.ts";
import { startFakeFindAll } from "../../src/sandbox/fake-findall/server.ts";
import { startFakeSlack } from "../../src/sandbox/fake-slack/index.ts";
import { CHANNELS, PEOPLE } from "../../src/sandbox/fake-slack/world.ts";
import type { CrashPoint } from "../../src/steps/crash-points.ts";
import { connectForCommands } from "../../src/store/connect.ts";
import { createStore } from "../../src/store/store.ts";
import { type ServiceProcess, startProcess } from "../support/process.ts";

/** One workspace, its run in #research, and a service that is a process of its own. */
export type CrashWorld = Awaited<ReturnType<typeof startCrashWorld>>;

export const CHANNEL = CHANNELS.research;
export const RUN = "run_a";
/** One call to Slack (ms): a claim's lease is six seconds longer. */
const SLACK_TIMEOUT_MS = 1_000;
const PATIENCE_MS = 60_000;

/** How a process is to die, if it is. */
export interface Fate {
  readonly at?: CrashPoint;
  readonly after?: number;
  readonly by?: "SIGKILL" | "SIGSTOP";
  readonly clockAheadMs?: number;
}

/** Starting costs half a second of a core: some at once, the others in turn, and first those whose recovery is timed. */
const STARTS_AT_ONCE = 3;
let starting = 0;
const urgent: (() => void)[] = [];
const others: (() => void)[] = [];
async function inTurn<T>(start: () => Promise<T>, isUrgent: boolean): Promise<T> {
  if (starting >= STARTS_AT_ONCE) await new Promise<void>((resolve) => void (isUrgent ? urgent : others).push(resolve));
  else starting += 1;
  try {
    return await start();
  } finally {
    const next = urgent.shift() ?? others.shift();
    if (next) next();
    else starting -= 1;
  }
}

/** Starts the fakes for the workspace `teamId` on a Redis that it may share with others. */
export async function startCrashWorld(teamId: string, redisUrl: string, environment: Record<string, string> = {}) {
  const slack = await startFakeSlack({ teamId });
  const findall = await startFakeFindAll();
  const run = findall.addRun({ id: RUN, matchLimit: null });
  const connection = connectForCommands(redisUrl, 5_000);
  connection.on("error", () => {});
  const store = createStore(connection, teamId);
  const directory = mkdtempSync(path.join(tmpdir(), "findall-crash-"));
  const processes: ServiceProcess[] = [];

  const launch = (fate: Fate = {}) => inTurn(() => launchNow(fate), processes.length > 0);
  const launchNow = async (fate: Fate): Promise<ServiceProcess> => {
    const started = startProcess(
      {
        ...addressesOf(slack, findall),
        SLACK_APP_TOKEN: slack.appToken,
        REDIS_URL: redisUrl,
        PORT: "0",
        POLL_MIN_MS: "100",
        POLL_MAX_MS: "400",
        SLACK_TIMEOUT_MS: String(SLACK_TIMEOUT_MS),
        ...environment,
        ...(fate.at ? { DIE_AT: fate.at, DIE_AFTER: String(fate.after ?? 0), DIE_BY: fate.by ?? "SIGKILL" } : {}),
        CLOCK_AHEAD_MS: String(fate.clockAheadMs ?? 0),
      },
      directory,
      "sandbox/mortal.js",
    );
    processes.push(started);
    // Who dies early does so before it is ready.
    await Promise.race([started.logged("ready"), started.ended]);
    return started;
  };
  const followed = (): Followed => ({
    channel: CHANNEL,
    runId: RUN,
    run: runNowOf(run),
    matched: run.matchedIds,
    ends: run.isActive ? 0 : 1,
  });
  const shown = () => shownOf(slack, followed());
  const wait = <T>(condition: () => T, describe: string) =>
    slack.waitFor(condition, { describe, timeoutMs: PATIENCE_MS });
  const follow = async () => {
    await slack.command({ user: PEOPLE.ana, channel: CHANNEL, text: RUN });
  };
  return {
    slack,
    findall,
    run,
    store,
    launch,
    follow,
    shown,
    wait,
    /** Types the command and waits for the card. */
    card: async () => {
      await follow();
      return wait(() => shown().cards[0], "the card");
    },
    match: (count: number, from = 0) =>
      run.matchMany(count, (index) => ({ name: `Match ${from + index + 1}`, id: `c_${from + index + 1}` })),
    posted: (count: number) => wait(() => shown().posted.length >= count, `${count} candidates in the thread`),
    /** Waits until nobody has a message or a poll in hand, whose lease would have to run out first. */
    atRest: () =>
      vi.waitFor(
        async () => {
          expect(await store.redis.exists(`${store.keys.prefix}inflight:${CHANNEL}`)).toBe(0);
          expect(await store.redis.hexists(store.keys.run(RUN), "pollToken")).toBe(0);
        },
        { timeout: 40_000, interval: 5 },
      ),
    completed: () => wait(() => shown().completions[0], "the completion alert"),
    /** Waits until nothing is wrong any more; gives what still is when that takes too long. */
    settled: async (): Promise<readonly string[]> => {
      const until = Date.now() + 20_000;
      for (;;) {
        const wrong = await auditWatch(slack, store, followed()).catch((error) => [String(error)]);
        if (wrong.length === 0 || Date.now() > until) return [...wrong, ...misbehaviour(slack)];
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    /** What the processes said, for a failure. */
    log: () => processes.map((each) => each.output()).join("\n--- next process ---\n"),
    close: async () => {
      for (const each of processes) {
        if (each.child.exitCode !== null || each.child.signalCode !== null) continue;
        await each.kill("SIGKILL");
      }
      connection.disconnect();
      await Promise.all([slack.close(), findall.close()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** What Slack would hold against the app, whatever happened to it. */
function misbehaviour(slack: CrashWorld["slack"]): readonly string[] {
  const { tooFast, callsDuringRetryAfter } = slack.stats();
  return [
    ...(tooFast > 0 ? [`${tooFast} messages within a second of another`] : []),
    ...(callsDuringRetryAfter > 0 ? [`${callsDuringRetryAfter} calls during Retry-After`] : []),
    ...slack.problems(),
  ];
}

/** DESIGN 9: a person is answered. */
const ANSWERED_WITHIN_MS = 3_000;

/** A person asks, and is answered in time. */
export async function asked({ slack }: CrashWorld): Promise<void> {
  const begun = Date.now();
  const command = await slack.command({ user: PEOPLE.ben, channel: CHANNELS.random, text: "list" });
  await slack.waitFor(() => command.ack ?? command.ephemerals().at(-1), { timeoutMs: ANSWERED_WITHIN_MS });
  expect(Date.now() - begun).toBeLessThan(ANSWERED_WITHIN_MS);
}

/** Where a process says how it is. */
export function readyz(running: ServiceProcess): string {
  const port = /"event":"listening","port":(\d+)/.exec(running.output())?.[1];
  return `http://127.0.0.1:${port}/readyz`;
}

export async function readiness(running: ServiceProcess): Promise<number> {
  return (await fetch(readyz(running))).status;
}

/** Waits until what is expected is so. */
export async function soon(expectation: () => Promise<void>): Promise<void> {
  await vi.waitFor(expectation, { timeout: 40_000, interval: 200 });
}
