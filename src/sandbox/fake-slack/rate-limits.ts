export interface RateLimitOptions {
  /** Off: nothing is limited; posts that come too fast are still counted. */
  readonly enabled?: boolean;
  /** Posts to a channel that may follow each other at once before the rate of one a second applies. Default 3. */
  readonly burst?: number;
  /** Multiplies every rate; 10 makes a minute's budget last six seconds. Default 1. */
  readonly scale?: number;
  /** Posts a minute over all channels of the workspace; Slack says "several hundred". Default: no such limit. */
  readonly postsPerMinute?: number;
  /** A gap between two posts may be this much short of a second without counting as too fast. Default 0. */
  readonly toleranceMs?: number;
  /** Posts that come too fast get `ok: true` but are not shown to people, as in Slack. Default false: only counted. */
  readonly hideTooFast?: boolean;
  /** A call that comes so soon after a 429 was on its way already. Default 0. */
  readonly onItsWayMs?: number;
}

/** A call that came before the time that a 429 had named was over. Times in ms. */
export interface Impatience {
  /** The method, and the channel where the limit is the channel's. */
  readonly what: string;
  readonly toldAt: number;
  readonly at: number;
}

/** Calls a minute; methods that are not here are not limited. */
const PER_MINUTE: Readonly<Record<string, number>> = {
  "apps.connections.open": 50,
  "auth.test": 600,
  "chat.delete": 50,
  "chat.getPermalink": 600,
  "chat.postEphemeral": 100,
  "chat.update": 50,
  "conversations.history": 50,
  "conversations.info": 50,
  "conversations.members": 100,
  "conversations.open": 50,
  "conversations.replies": 50,
  "files.completeUploadExternal": 100,
  "files.getUploadURLExternal": 100,
  "functions.completeError": 50,
  "functions.completeSuccess": 50,
  "users.conversations": 50,
  "users.info": 100,
  "views.open": 100,
  "views.publish": 100,
  "views.push": 100,
  "views.update": 100,
};

const MINUTE = 60_000;

export interface RateLimits {
  /** Seconds to wait, or null when the call may go on (and is counted). */
  check(method: string, channel: string | null): number | null;
  /** Notes that a caller was told to wait, so that a call before the time is seen. */
  told(method: string, channel: string | null, seconds: number): void;
  /** Calls that came although the caller had been told to wait. */
  readonly impatient: () => readonly Impatience[];
  /** The gap below which a post counts as too fast. */
  readonly minGapMs: number;
  readonly hideTooFast: boolean;
}

/** Slack's limits: a bucket per channel for posts, a sliding minute per method for the rest. */
export function createRateLimits(options: RateLimitOptions, now: () => number): RateLimits {
  const { enabled = true, burst = 3, scale = 1, postsPerMinute = Number.POSITIVE_INFINITY } = options;
  const buckets = new Map<string, { tokens: number; at: number }>();
  const windows = new Map<string, number[]>();
  const blocked = new Map<string, { readonly toldAt: number; readonly until: number }>();
  const impatient: Impatience[] = [];

  const takeToken = (channel: string): number | null => {
    const at = now();
    const bucket = buckets.get(channel) ?? { tokens: burst, at };
    const gained = (Math.max(0, at - bucket.at) * scale) / 1000;
    const tokens = Math.min(burst, bucket.tokens + gained);
    const enough = tokens >= 1;
    buckets.set(channel, { tokens: enough ? tokens - 1 : tokens, at });
    return enough ? null : Math.max(1, Math.ceil((1 - tokens) / scale));
  };

  const takeFromMinute = (method: string, perMinute: number): number | null => {
    const at = now();
    const calls = (windows.get(method) ?? []).filter((call) => call > at - MINUTE && call <= at);
    const allowed = Math.floor(perMinute * scale);
    const wait =
      calls.length < allowed ? null : Math.max(1, Math.ceil(((calls.at(-allowed) ?? at) + MINUTE - at) / 1000));
    if (wait === null) calls.push(at);
    windows.set(method, calls);
    return wait;
  };

  const keyOf = (method: string, channel: string | null) =>
    method === "chat.postMessage" ? `${method} ${channel}` : method;

  const told = (method: string, channel: string | null, seconds: number) => {
    blocked.set(keyOf(method, channel), { toldAt: now(), until: now() + seconds * 1000 });
  };

  const noteImpatience = (what: string, at: number) => {
    const { toldAt, until } = blocked.get(what) ?? { toldAt: 0, until: 0 };
    if (until > at && at - toldAt >= (options.onItsWayMs ?? 0)) impatient.push({ what, toldAt, at });
  };

  const takePost = (channel: string): number | null => {
    const wait = takeToken(channel);
    if (wait !== null || postsPerMinute === Number.POSITIVE_INFINITY) return wait;
    return takeFromMinute("chat.postMessage", postsPerMinute);
  };

  return {
    check: (method, channel) => {
      noteImpatience(keyOf(method, channel), now());
      if (!enabled) return null;
      const perMinute = PER_MINUTE[method];
      if (method === "chat.postMessage") return takePost(channel ?? "?");
      return perMinute === undefined ? null : takeFromMinute(method, perMinute);
    },
    told,
    impatient: () => impatient,
    minGapMs: 1000 / scale - (options.toleranceMs ?? 0),
    hideTooFast: options.hideTooFast ?? false,
  };
}
