import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..", "..");

const BUILD_WITHIN_MS = 60_000;

/** Builds `dist/` when `src/` is newer, by the same script that `npm start` uses; one test file at a time. */
export function buildProduct(): void {
  const lock = path.join(root, "node_modules", ".building-dist");
  const until = Date.now() + BUILD_WITHIN_MS;
  while (!isTaken(lock) && Date.now() < until) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  try {
    execFileSync(process.execPath, [path.join(root, "scripts", "run.mjs")], { stdio: "inherit" });
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** A folder is made by one alone; false when somebody else has it. */
function isTaken(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

/** The service as a process of its own, as production runs it. */
export interface ServiceProcess {
  readonly child: ChildProcess;
  /** Everything it wrote to stdout and stderr so far. */
  readonly output: () => string;
  /** Resolves once a log line with this `event` was written. */
  readonly logged: (event: string) => Promise<void>;
  /** Resolves with how it ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  readonly kill: (signal: NodeJS.Signals) => Promise<void>;
}

/** Starts `dist/main.js`, or another entry of `dist/`, with just this environment, in a directory without a `.env`. */
export function startProcess(
  environment: Readonly<Record<string, string>>,
  directory: string,
  entry = "main.js",
): ServiceProcess {
  const child = spawn(process.execPath, [path.join(root, "dist", entry)], {
    cwd: directory,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += String(chunk);
      for (const look of waiting) look();
    });
  }
  const ended = once(child, "exit").then(([code, signal]) => ({ code, signal }));
  return {
    child,
    output: () => output,
    logged: (event) =>
      new Promise<void>((resolve, reject) => {
        const look = () => {
          if (!output.includes(`"event":"${event}"`)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        void ended.then(() => reject(new Error(`it ended before it logged ${event}:\n${output}`)));
      }),
    ended,
    kill: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}
