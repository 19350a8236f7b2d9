import { setTimeout as sleep } from "node:timers/promises";
import type { Chance } from "./chance.ts";
import type { Counters } from "./counters.ts";

/** One thing that may go wrong. */
export interface Trouble {
  readonly name: string;
  /** How often it happens, against the others. */
  readonly weight: number;
  readonly begin: (chance: Chance) => {
    readonly lastsMs: number;
    readonly end: () => unknown;
    /** Calls it has spoiled; absent: it happened once. */
    readonly hits?: () => number;
  };
}

export interface TroubleOptions {
  readonly troubles: readonly Trouble[];
  readonly chance: Chance;
  readonly counters: Counters;
  /** Between the beginnings of two troubles (ms). */
  readonly everyMs: readonly [low: number, high: number];
}

const LOOK_EVERY_MS = 100;

/** Lets one trouble after another happen, so that several overlap, until the signal; then ends all of them. */
export async function makeTrouble(options: TroubleOptions, signal: AbortSignal): Promise<void> {
  const { troubles, chance, counters, everyMs } = options;
  const under = new Set<() => unknown>();
  while (!signal.aborted) {
    const trouble = weighted(troubles, chance);
    const { lastsMs, end: mend, hits = () => 1 } = trouble.begin(chance);
    const end = () => {
      mend();
      counters.count(trouble.name, hits());
    };
    under.add(end);
    setTimeout(() => {
      if (under.delete(end)) end();
    }, lastsMs).unref();
    await chance.pause(...everyMs, signal);
  }
  for (const end of under) end();
}

/** Each trouble by itself, for so long (ms), somewhat longer where it has not struck by then, and over before the next. */
export async function oneByOne(
  troubles: readonly Trouble[],
  chance: Chance,
  counters: Counters,
  eachMs: number,
): Promise<void> {
  const { signal } = new AbortController();
  for (const { name, begin } of troubles) {
    const { end, hits = () => 1 } = begin(chance);
    await chance.pause(eachMs / 2, eachMs / 2, signal);
    for (let waited = 0; hits() === 0 && waited < 2 * eachMs; waited += LOOK_EVERY_MS) await sleep(LOOK_EVERY_MS);
    await end();
    counters.count(name, hits());
    await chance.pause(eachMs / 2, eachMs / 2, signal);
  }
}

function weighted(troubles: readonly Trouble[], chance: Chance): Trouble {
  const total = troubles.reduce((sum, { weight }) => sum + weight, 0);
  let left = chance.next() * total;
  for (const trouble of troubles) {
    left -= trouble.weight;
    if (left < 0) return trouble;
  }
  return chance.pick(troubles);
}
