import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { FakeSlack } from "./fake-slack/index.ts";
import { freePort } from "./own-redis.ts";

/** The service as a process of its own, so that killing it is the real thing. */
export interface OwnService {
  /** Null while it does not run. */
  readonly port: () => number | null;
  readonly isUp: () => boolean;
  /** Of the process that runs now, or null. */
  readonly pid: () => number | null;
  /** Resolves once a command can be typed. */
  readonly start: () => Promise<void>;
  /** Without a word, as `kill -9`. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface OwnServiceOptions {
  readonly slack: FakeSlack;
  readonly environment: Readonly<Record<string, string>>;
  /** Where it runs: a folder without a `.env`, so that nobody's real tokens come in. */
  readonly directory: string;
  /** `dist/main.js` unless told. */
  readonly entry?: string;
  readonly nodeArgs?: readonly string[];
}

const END_ON_DISCONNECT = "import service from 'node:process'; service.once('disconnect', () => service.exit());";

/** For `nodeArgs`: the service ends when the process that started it is gone, also by a kill. */
export const ENDS_WITH_US = ["--import", `data:text/javascript,${encodeURIComponent(END_ON_DISCONNECT)}`];

const READY_WITHIN_MS = 15_000;
const STOP_WITHIN_MS = 10_000;
const GONE_WITHIN_MS = 2_000;

/** As `npm start` and the image start it (docs/decisions/memory.md). */
export const MEMORY_BOUNDS = ["--max-semi-space-size=4", "--max-old-space-size=1600"];

/** The product's own entry, compiled, beside this folder. */
const PRODUCT = fileURLToPath(new URL("../main.js", import.meta.url));

/** A service that is not started yet. */
export function createOwnService(options: OwnServiceOptions): OwnService {
  const { slack } = options;
  let running: ChildProcess | null = null;
  let port: number | null = null;

  const end = async (signal: NodeJS.Signals) => {
    const ending = running;
    if (!ending) return;
    running = null;
    const gone = once(ending, "exit");
    ending.kill(signal);
    const force = setTimeout(() => ending.kill("SIGKILL"), STOP_WITHIN_MS);
    await gone;
    clearTimeout(force);
    // The next start must not take the dead one's connection for its own.
    await slack.waitFor(() => slack.connections() === 0, { timeoutMs: GONE_WITHIN_MS }).catch(() => {});
  };

  const start = async () => {
    if (running) return;
    // The same after each restart: whoever looks at its numbers finds them again.
    port ??= await freePort();
    const child = fork(options.entry ?? PRODUCT, [], {
      cwd: options.directory,
      env: { ...options.environment, PORT: String(port) },
      execArgv: [...MEMORY_BOUNDS, ...(options.nodeArgs ?? [])],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    running = child;
    const gone = once(child, "exit").then(() => {
      if (running === child) running = null;
      throw new Error("the service ended while it started; its own words are above");
    });
    gone.catch(() => {});
    const ready = slack.waitFor(() => slack.connections() > 0, { timeoutMs: READY_WITHIN_MS });
    // Whoever kills it while it starts has said what they want.
    ready.catch(() => {});
    await Promise.race([ready, gone]);
  };

  return {
    port: () => (running ? port : null),
    isUp: () => running !== null,
    pid: () => running?.pid ?? null,
    start,
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}
