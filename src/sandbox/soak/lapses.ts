/** Times at which what a process has just learned may be lost: it dies or is frozen, or Redis is away. */
export interface Lapses {
  /** Gives how to end it. */
  readonly begin: () => () => void;
  /** Whether something learned at this time (ms since the epoch) may not have been written down. */
  readonly mayHaveLost: (at: number) => boolean;
}

/** From the answer to the moment it is stored, generously (ms). */
const UNTIL_STORED_MS = 2_000;

export function createLapses(): Lapses {
  const lapses: { readonly from: number; to: number }[] = [];
  return {
    begin: () => {
      const lapse = { from: Date.now(), to: Number.POSITIVE_INFINITY };
      lapses.push(lapse);
      return () => {
        lapse.to = Date.now();
      };
    },
    mayHaveLost: (at) => lapses.some(({ from, to }) => at >= from - UNTIL_STORED_MS && at <= to + UNTIL_STORED_MS),
  };
}
