import type { Origin } from "./model.ts";
import type { Impatience, RateLimits } from "./rate-limits.ts";
import type { World } from "./world.ts";

export interface ChannelStats {
  readonly posts: number;
  /** Shortest time between two posts of the app, or null with fewer than two. */
  readonly minGapMs: number | null;
  /** Posts a second from the first to the last, or 0 with fewer than two. */
  readonly postsPerSecond: number;
  /** Most posts that fell into any one second. */
  readonly peakPerSecond: number;
  readonly tooFast: number;
}

export interface Stats {
  /** By method: calls, and how they ended (`ok` or the error). */
  readonly methods: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly rateLimited: number;
  /** Posts less than a second after the one before in the same channel: Slack may hide them. */
  readonly tooFast: number;
  /** Calls that came before the time a 429 had named was over. */
  readonly callsDuringRetryAfter: number;
  /** Each of them. */
  readonly impatient: readonly Impatience[];
  readonly channels: Readonly<Record<string, ChannelStats>>;
}

/** Counts over everything that has happened so far. */
export function statsOf(world: World, limits: RateLimits): Stats {
  const methods: Record<string, Record<string, number>> = {};
  for (const call of world.calls) {
    const outcome = call.error ?? "ok";
    const outcomes = methods[call.method] ?? {};
    methods[call.method] = { ...outcomes, [outcome]: (outcomes[outcome] ?? 0) + 1 };
  }
  const channels: Record<string, ChannelStats> = {};
  for (const channel of world.messages.keys()) channels[channel] = channelStats(world, channel);
  return {
    methods,
    rateLimited: world.calls.filter((call) => call.error === "ratelimited").length,
    tooFast: Object.values(channels).reduce((sum, channel) => sum + channel.tooFast, 0),
    callsDuringRetryAfter: limits.impatient().length,
    impatient: limits.impatient(),
    channels,
  };
}

const PACED: readonly Origin[] = ["api", "upload"];

function channelStats(world: World, channel: string): ChannelStats {
  const posts = [...(world.messages.get(channel)?.values() ?? [])].filter(({ origin }) => PACED.includes(origin));
  const times = posts.map((message) => message.postedAt);
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return {
    posts: posts.length,
    minGapMs: world.minGapMs.get(channel) ?? null,
    postsPerSecond: span > 0 ? ((posts.length - 1) * 1000) / span : 0,
    peakPerSecond: peak(times),
    tooFast: posts.filter((message) => message.tooFast).length,
  };
}

function peak(times: readonly number[]): number {
  let most = 0;
  let start = 0;
  for (const [end, time] of times.entries()) {
    while ((times[start] ?? time) <= time - 1000) start += 1;
    most = Math.max(most, end - start + 1);
  }
  return most;
}
