import { setTimeout as sleep } from "node:timers/promises";
import { POST_INTERVAL_MS } from "../domain/delivery.ts";

export interface Gap {
  /** Waits until a post to the channel may leave. */
  readonly wait: (channel: string) => Promise<void>;
  /** A post to the channel is there, or may be. */
  readonly note: (channel: string) => void;
}

/**
 * Keeps a second between the posts of this process to one channel. The outbox paces all processes together; but what it
 * goes by are clocks, which jump, and times in Redis, which may forget them. This holds whatever they say.
 */
export function createGap(): Gap {
  const lastPosts = new Map<string, number>();
  const forgetOld = (now: number) => {
    for (const [channel, at] of lastPosts) if (now - at >= POST_INTERVAL_MS) lastPosts.delete(channel);
  };
  return {
    wait: async (channel) => {
      const left = (lastPosts.get(channel) ?? Number.NEGATIVE_INFINITY) + POST_INTERVAL_MS - performance.now();
      if (left > 0) await sleep(Math.ceil(left));
    },
    note: (channel) => {
      const now = performance.now();
      forgetOld(now);
      lastPosts.set(channel, now);
    },
  };
}
