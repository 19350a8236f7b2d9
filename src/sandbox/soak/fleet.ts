import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { CRASH_POINTS } from "../../steps/crash-points.ts";
import type { Chance } from "./chance.ts";
import type { Counters } from "./counters.ts";
import type { Lapses } from "./lapses.ts";

/** Service processes that are killed all the time, and start again. */
export interface Fleet {
  readonly begin: () => void;
  /** Lets them die, again and again, until the signal; then all of them live. */
  readonly die: (signal: AbortSignal) => Promise<void>;
  /** When processes died (ms since the epoch). */
  readonly deaths: readonly number[];
  /** Of the processes that live now. */
  readonly pids: () => readonly number[];
  readonly stop: () => Promise<void>;
}

export interface FleetOptions {
  readonly size: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Where their logs go. */
  readonly directory: string;
  readonly chanceOf: (name: string) => Chance;
  readonly killed: Counters;
  readonly lapses: Lapses;
}

/** The service that may end itself at a named place, compiled, beside this folder. */
const MORTAL = fileURLToPath(new URL("../mortal.js", import.meta.url));

export function createFleet(options: FleetOptions): Fleet {
  const deaths: number[] = [];
  const living = new Set<ChildProcess>();

  const start = (name: string, fate: Readonly<Record<string, string>>): ChildProcess => {
    const log = openSync(path.join(options.directory, `${name}.log`), "a");
    const child = fork(MORTAL, [], {
      cwd: options.directory,
      env: { ...options.environment, PORT: "0", ...fate },
      stdio: ["ignore", log, log, "ipc"],
    });
    closeSync(log);
    living.add(child);
    child.once("exit", () => living.delete(child));
    return child;
  };

  /** One life after another, each with its own way to die, drawn before it begins; the last one lives. */
  const dieAgainAndAgain = async (name: string, first: ChildProcess, signal: AbortSignal) => {
    const chance = options.chanceOf(name);
    let child = first;
    let point: string | undefined;
    for (;;) {
      const gone = hasEnded(child) ? Promise.resolve() : once(child, "exit");
      await Promise.race([gone, chance.pause(1_000, 10_000, signal)]);
      // Whoever carries a death within does not live on.
      if (signal.aborted && !hasEnded(child) && !point) return;
      const over = options.lapses.begin();
      await end(child, chance, point);
      deaths.push(Date.now());
      await gone;
      over();
      await chance.pause(0, 1_500, signal);
      point = !signal.aborted && chance.isHit(0.7) ? chance.pick(CRASH_POINTS) : undefined;
      child = start(name, point ? { DIE_AT: point, DIE_AFTER: String(chance.between(0, 2)) } : {});
    }
  };

  const end = async (child: ChildProcess, chance: Chance, point: string | undefined) => {
    if (hasEnded(child)) {
      options.killed.count(
        child.signalCode === "SIGKILL" ? `SIGKILL at "${point}"` : `ended by itself: ${child.exitCode}`,
      );
      return;
    }
    const way = chance.next();
    if (way < 0.1) {
      options.killed.count("SIGTERM");
      child.kill("SIGTERM");
      return;
    }
    if (way < 0.25) {
      options.killed.count("SIGSTOP, thawed, SIGKILL");
      child.kill("SIGSTOP");
      // Longer than a claim is held, so that another takes over before it thaws.
      await chance.pause(3_000, 14_000, new AbortController().signal);
      child.kill("SIGCONT");
      await chance.pause(500, 2_000, new AbortController().signal);
    } else {
      options.killed.count("SIGKILL at any moment");
    }
    child.kill("SIGKILL");
  };

  const first = new Map<string, ChildProcess>();
  return {
    deaths,
    pids: () => [...living].flatMap(({ pid }) => pid ?? []),
    begin: () => {
      for (let index = 1; index <= options.size; index += 1)
        first.set(`service-${index}`, start(`service-${index}`, {}));
    },
    die: async (signal) => {
      await Promise.all([...first].map(([name, child]) => dieAgainAndAgain(name, child, signal)));
    },
    stop: async () => {
      const ending = [...living];
      const gone = ending.map((child) => once(child, "exit"));
      for (const child of ending) child.kill("SIGKILL");
      await Promise.all(gone);
    },
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
