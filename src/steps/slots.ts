/** So many at a time may be in, in this process; whoever comes then waits, in order. */
export interface Slots {
  /** @throws the signal's reason when it is aborted before there was room */
  readonly enter: (signal: AbortSignal) => Promise<void>;
  /** Once for each that entered. */
  readonly leave: () => void;
}

export function createSlots(count: number): Slots {
  const waiting = new Set<() => void>();
  let free = count;
  return {
    enter: async (signal) => {
      signal.throwIfAborted();
      if (free > 0) {
        free -= 1;
        return;
      }
      await new Promise<void>((resolve, reject) => {
        const admit = () => {
          signal.removeEventListener("abort", giveUp);
          resolve();
        };
        const giveUp = () => {
          waiting.delete(admit);
          reject(signal.reason);
        };
        waiting.add(admit);
        signal.addEventListener("abort", giveUp, { once: true });
      });
    },
    leave: () => {
      const [next] = waiting;
      if (next === undefined) free += 1;
      else {
        waiting.delete(next);
        next();
      }
    },
  };
}
