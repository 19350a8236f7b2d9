import type { Cluster, Redis } from "ioredis";
import type { Health } from "./steps/health.ts";
import { readCondition } from "./store/connect.ts";
import { getHold } from "./store/hold.ts";
import type { Store } from "./store/store.ts";
import { countPaused } from "./store/watches.ts";

/** One thing that readiness looks at. `down` makes the service not ready; `degraded` is worth an operator's look. */
export interface Check {
  readonly status: "ok" | "degraded" | "down";
  readonly detail: string;
}

export interface Readiness {
  readonly status: Check["status"];
  readonly checks: Readonly<Record<string, Check>>;
}

export interface ReadinessSources {
  readonly redis: Redis | Cluster;
  /** Null until Slack told which workspace this is. */
  readonly store: Store | null;
  readonly redisKind: "external" | "server" | "memory";
  readonly health: Health;
  /** How Slack reaches the bot; null where this process runs none. */
  readonly connection: (() => { readonly isUp: boolean; readonly problem: string | null }) | null;
  readonly now: () => number;
}

const REDIS_ANSWERS_WITHIN_MS = 2_000;
/** Workers whose clocks differ by as much as a lease may take each other for dead. */
const CLOCKS_DIFFER_MS = 5_000;

/** Asks everything that the service depends on; never fails, never takes long. */
export async function readReadiness(sources: ReadinessSources): Promise<Readiness> {
  const [redis, slack] = await Promise.all([checkRedis(sources), checkSlack(sources)]);
  const channels = await checkChannels(sources);
  const checks = { redis, slack, channels, parallel: checkParallel(sources), activity: checkActivity(sources) };
  const statuses = Object.values(checks).map((check) => check.status);
  const status = statuses.includes("down") ? "down" : statuses.includes("degraded") ? "degraded" : "ok";
  return { status, checks };
}

async function checkRedis({ redis, redisKind, health, now }: ReadinessSources): Promise<Check> {
  let condition: Awaited<ReturnType<typeof readCondition>>;
  let aheadMs: number;
  try {
    const asked = Promise.all([readCondition(redis), clockAheadOf(redis, now)]);
    [condition, aheadMs] = await within(REDIS_ANSWERS_WITHIN_MS, asked);
  } catch (error) {
    return { status: "down", detail: `Redis does not answer: ${health.redis.failing?.detail ?? messageOf(error)}` };
  }
  if (condition.isClusterNode) {
    return {
      status: "down",
      detail: "Redis is one node of a cluster, which takes only some keys: set REDIS_CLUSTER=true",
    };
  }
  if (condition.isReplica) {
    return { status: "down", detail: "Redis is a replica, which takes no writes: let REDIS_URL name the primary" };
  }
  if (condition.mayEvict) {
    const detail = `Redis may throw data away (maxmemory-policy ${condition.policy}): set maxmemory-policy noeviction`;
    return { status: "down", detail };
  }
  if (condition.isFull) {
    return { status: "down", detail: "Redis is full (maxmemory): nothing new can be stored until it has more memory" };
  }
  if (redisKind === "memory") {
    const detail = "embedded Redis in memory: a restart forgets all watches; set REDIS_URL, or install redis-server";
    return { status: "degraded", detail };
  }
  if (Math.abs(aheadMs) > CLOCKS_DIFFER_MS) {
    const apart = `${Math.round(Math.abs(aheadMs) / 1_000)} s ${aheadMs > 0 ? "ahead of" : "behind"}`;
    const detail = `this machine's clock is ${apart} that of Redis: leases are reckoned by it, so let both go by NTP`;
    return { status: "degraded", detail };
  }
  if (!condition.isPersistent) {
    return {
      status: "degraded",
      detail: "Redis keeps nothing on disk: its restart forgets all watches; switch AOF on",
    };
  }
  return { status: "ok", detail: `Redis ${condition.version} answers, ${condition.policy}, persistent` };
}

async function clockAheadOf(redis: Redis | Cluster, now: () => number): Promise<number> {
  const [seconds, micros] = await redis.time();
  return now() - (Number(seconds) * 1_000 + Number(micros) / 1_000);
}

/** Channels that refuse us are for people there to mend; the service itself is ready. */
async function checkChannels({ store }: ReadinessSources): Promise<Check> {
  const counts = store ? await within(REDIS_ANSWERS_WITHIN_MS, countPaused(store)).catch(() => ({})) : {};
  const refused = Object.entries(counts).map(([reason, count]) => `${count} (${reason})`);
  if (refused.length === 0) return { status: "ok", detail: "no channel refuses us" };
  return { status: "degraded", detail: `watches that Slack refuses to serve: ${refused.join(", ")}` };
}

async function checkSlack({ store, health, connection, now }: ReadinessSources): Promise<Check> {
  const failing = health.slack.failing;
  if (!store) {
    return {
      status: "down",
      detail: `Slack has not accepted the bot token yet${failing ? `: ${failing.detail}` : ""}`,
    };
  }
  const hold = await within(REDIS_ANSWERS_WITHIN_MS, getHold(store)).catch(() => null);
  if (hold)
    return {
      status: "down",
      detail: `Slack refuses the app (${hold.reason}${hold.needed ? `: ${hold.needed}` : ""}), first ${since(hold.since, now())}; nothing can be sent`,
    };
  const { isUp, problem } = connection?.() ?? { isUp: true, problem: null };
  if (!isUp) return { status: "down", detail: `commands cannot arrive: ${problem ?? "not connected to Slack yet"}` };
  if (failing)
    return { status: "degraded", detail: `Slack fails, first ${since(failing.since, now())}: ${failing.detail}` };
  return { status: "ok", detail: "connected, and the last call was answered" };
}

function checkParallel({ health, now }: ReadinessSources): Check {
  const { failing, lastOkAt } = health.parallel;
  if (failing)
    return { status: "degraded", detail: `Parallel fails, first ${since(failing.since, now())}: ${failing.detail}` };
  return { status: "ok", detail: lastOkAt ? `answered ${since(lastOkAt, now())}` : "not asked yet" };
}

function checkActivity({ health, now }: ReadinessSources): Check {
  const age = (time: number | null) => (time ? since(time, now()) : "never");
  const { lastPollAt, lastDeliveryAt, lastSweepAt } = health;
  const detail = `last poll ${age(lastPollAt)}, last delivery ${age(lastDeliveryAt)}, last sweep ${age(lastSweepAt)}`;
  return { status: "ok", detail };
}

function since(time: number, now: number): string {
  return `${Math.max(0, Math.round((now - time) / 1_000))} s ago`;
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
