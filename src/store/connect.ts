import { Redis, type RedisOptions } from "ioredis";

/**
 * A connection for commands: it fails fast while Redis is away, since a person or a lease is waiting. `commandTimeoutMs`
 * bounds one command.
 */
export function connectForCommands(url: string, commandTimeoutMs: number): Redis {
  return new Redis(url, {
    ...common,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: commandTimeoutMs,
  });
}

/** A connection for BullMQ's workers, which wait on it for as long as it takes. */
export function connectForWorkers(url: string): Redis {
  return new Redis(url, { ...common, maxRetriesPerRequest: null });
}

const common: RedisOptions = {
  // Comes back within two seconds of Redis coming back, for ever.
  retryStrategy: (attempt) => Math.min(2_000, 50 * 2 ** Math.min(attempt, 6)),
  connectTimeout: 5_000,
  keepAlive: 10_000,
  // After a failover the old primary answers READONLY: reconnect, which finds the new one.
  reconnectOnError: (error) => error.message.startsWith("READONLY"),
};

/** How Redis is set up, as far as our promises depend on it. */
export interface RedisCondition {
  readonly version: string;
  /** Data can be thrown away when memory runs out. */
  readonly mayEvict: boolean;
  readonly policy: string;
  /** Append-only file or snapshots; without either a restart of Redis forgets everything. */
  readonly isPersistent: boolean;
}

/** Reads the condition from INFO, which managed offerings allow where they forbid CONFIG. */
export async function readCondition(redis: Redis): Promise<RedisCondition> {
  const info = await redis.info();
  const field = (name: string) => new RegExp(`^${name}:(.*)$`, "m").exec(info)?.[1]?.trim() ?? "";
  const policy = field("maxmemory_policy") || "noeviction";
  const hasLimit = Number(field("maxmemory") || 0) > 0;
  return {
    version: field("redis_version") || "unknown",
    policy,
    mayEvict: hasLimit && policy !== "noeviction",
    isPersistent: field("aof_enabled") === "1" || (await hasSnapshots(redis)),
  };
}

async function hasSnapshots(redis: Redis): Promise<boolean> {
  try {
    const [, save] = (await redis.config("GET", "save")) as string[];
    return Boolean(save?.trim());
  } catch {
    // CONFIG is forbidden where Redis is managed; those offerings look after persistence themselves.
    return true;
  }
}
