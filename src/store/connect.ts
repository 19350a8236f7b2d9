import { Cluster, type ClusterOptions, Redis, type RedisOptions } from "ioredis";

/**
 * A connection for commands: it fails fast while Redis is away, since a person or a lease is waiting. `commandTimeoutMs`
 * bounds one command.
 */
export function connectForCommands(url: string, commandTimeoutMs: number): Redis {
  return new Redis(url, {
    ...common,
    enableOfflineQueue: false,
    maxRetriesPerRequest: ONCE,
    commandTimeout: commandTimeoutMs,
  });
}

/** A connection for BullMQ's workers, which wait on it for as long as it takes. */
export function connectForWorkers(url: string): Redis {
  return new Redis(url, { ...common, maxRetriesPerRequest: null });
}

/** As `connectForCommands`, to a Redis Cluster of which `nodes` (URLs) are some; user, password and TLS are the first one's. */
export function connectClusterForCommands(nodes: readonly string[], commandTimeoutMs: number): Cluster {
  return cluster(
    nodes,
    { enableOfflineQueue: false },
    { maxRetriesPerRequest: ONCE, commandTimeout: commandTimeoutMs },
  );
}

/** As `connectForWorkers`, to a Redis Cluster. */
export function connectClusterForWorkers(nodes: readonly string[]): Cluster {
  return cluster(nodes, {}, { maxRetriesPerRequest: null });
}

function cluster(nodes: readonly string[], options: ClusterOptions, ofNodes: ClusterOptions["redisOptions"]): Cluster {
  const [first, ...others] = nodes.map((node) => new URL(node));
  if (!first) throw new Error("a cluster needs the address of at least one node");
  const { username, password, protocol } = first;
  const isSecure = protocol === "rediss:";
  return new Cluster(
    [first, ...others].map(({ hostname, port }) => ({
      host: hostname.replace(/^\[|\]$/g, ""),
      port: Number(port || 6379),
    })),
    {
      clusterRetryStrategy: retryAfterMs,
      slotsRefreshTimeout: 3_000,
      // A certificate is made out to the name of a node, not to its address.
      ...(isSecure ? { dnsLookup: (name, done) => done(null, name) } : {}),
      ...options,
      redisOptions: {
        connectTimeout: common.connectTimeout,
        keepAlive: common.keepAlive,
        ...(username ? { username: decodeURIComponent(username) } : {}),
        ...(password ? { password: decodeURIComponent(password) } : {}),
        ...(isSecure ? { tls: {} } : {}),
        ...ofNodes,
      },
    },
  );
}

/** Comes back within two seconds of Redis coming back, for ever. */
function retryAfterMs(attempt: number): number {
  return Math.min(2_000, 50 * 2 ** Math.min(attempt, 6));
}

const common: RedisOptions = {
  retryStrategy: retryAfterMs,
  connectTimeout: 5_000,
  keepAlive: 10_000,
  // After a failover the old primary answers READONLY: reconnect, which finds the new one.
  reconnectOnError: (error) => refusalOf(error) === "READONLY",
};

/**
 * A command whose answer was cut off may have been done: it fails, and whoever sent it looks again. ioredis would send it
 * once more by itself, and a script is not the same when it runs twice. (With `autoResendUnfulfilledCommands: false` it
 * would be sent once too, but wait in vain for its answer: ioredis 5. A cluster's client sends again what a node that
 * went away has not answered, and without that would not find another node at the start: CLAIM and COMMIT know what they
 * have done.)
 */
const ONCE = 0;

/** The code of an error that Redis answered; Redis 6 puts what it refused to a script behind words of its own. */
export function refusalOf({ message }: Error): string {
  return /^(?:ERR Error running script .*? -)?([A-Z]+)/.exec(message)?.[1] ?? "";
}

/** How Redis is set up, as far as our promises depend on it. */
export interface RedisCondition {
  readonly version: string;
  /** Data can be thrown away when memory runs out. */
  readonly mayEvict: boolean;
  readonly policy: string;
  /** There is no room left: nothing new can be stored until somebody gives it more memory. */
  readonly isFull: boolean;
  /** Append-only file or snapshots; without either a restart of Redis forgets everything. */
  readonly isPersistent: boolean;
  /** It is a replica, as the old primary is after a failover: it takes no writes. */
  readonly isReplica: boolean;
  /** It is one node of a cluster, which alone answers for a part of all keys. */
  readonly isClusterNode: boolean;
}

/** Reads the condition from INFO, which managed offerings allow where they forbid CONFIG; of a cluster, its worst primary's. */
export async function readCondition(redis: Redis | Cluster): Promise<RedisCondition> {
  if (!redis.isCluster) return conditionOf(redis as Redis);
  const all = await Promise.all((redis as Cluster).nodes("master").map(conditionOf));
  const [first] = all;
  if (!first) throw new Error("no primary of the cluster can be reached");
  return {
    ...first,
    ...all.find(({ mayEvict }) => mayEvict),
    isPersistent: all.every(({ isPersistent }) => isPersistent),
    isFull: all.some(({ isFull }) => isFull),
    isReplica: all.some(({ isReplica }) => isReplica),
    isClusterNode: false,
  };
}

async function conditionOf(redis: Redis): Promise<RedisCondition> {
  const info = await redis.info();
  const field = (name: string) => new RegExp(`^${name}:(.*)$`, "m").exec(info)?.[1]?.trim() ?? "";
  const policy = field("maxmemory_policy") || "noeviction";
  const limit = Number(field("maxmemory") || 0);
  return {
    version: field("redis_version") || "unknown",
    policy,
    mayEvict: limit > 0 && policy !== "noeviction",
    isFull: limit > 0 && policy === "noeviction" && Number(field("used_memory") || 0) >= limit,
    isPersistent: field("aof_enabled") === "1" || (await hasSnapshots(redis)),
    isReplica: field("role") === "slave",
    isClusterNode: field("cluster_enabled") === "1",
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
