import { setTimeout as sleep } from "node:timers/promises";
import { seeded } from "../seeded.ts";

/** Decisions that one seed gives again in the same order. Each actor has its own, so that none disturbs another's. */
export interface Chance {
  /** in [0, 1) */
  readonly next: () => number;
  /** A whole number from `low` to `high`, both included. */
  readonly between: (low: number, high: number) => number;
  readonly isHit: (probability: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
  /** Waits between `low` and `high` ms; shorter when the signal ends the soak. Never rejects. */
  readonly pause: (low: number, high: number, signal: AbortSignal) => Promise<void>;
}

/** The decisions of the actor `name` under a seed. */
export function chanceOf(seed: number, name: string): Chance {
  let hash = seed;
  for (const character of name) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) | 0;
  const next = seeded(hash);
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    isHit: (probability) => next() < probability,
    pick: (items) => {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
    pause: (low, high, signal) => sleep(between(low, high), undefined, { signal }).catch(() => {}),
  };
}
