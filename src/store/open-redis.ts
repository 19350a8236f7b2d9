import type { Cluster, Redis } from "ioredis";
import {
  connectClusterForCommands,
  connectClusterForWorkers,
  connectForCommands,
  connectForWorkers,
} from "./connect.ts";
import { startEmbeddedRedis } from "./embedded-redis.ts";

/** The Redis that this process uses, its own or a given one. */
export interface OpenRedis {
  readonly url: string;
  /** `external`: `REDIS_URL`. `server`, `memory`: embedded. */
  readonly kind: "external" | "server" | "memory";
  readonly connect: (commandTimeoutMs: number) => Redis | Cluster;
  readonly connectForWorkers: () => Redis | Cluster;
  readonly close: () => Promise<void>;
}

export interface OpenRedisOptions {
  readonly url: string | null;
  /** Addresses of nodes of a Redis Cluster, which is used in place of a single Redis; null: none. */
  readonly nodes: readonly string[] | null;
  readonly dataDir: string;
  readonly searchPath: string;
  readonly onError: (error: Error) => void;
}

/** Uses the Redis at `url`, or starts an embedded one. A given Redis that is down is waited for by the connections. */
export async function openRedis(options: OpenRedisOptions): Promise<OpenRedis> {
  const embedded = options.url ? null : await startEmbeddedRedis(options);
  const url = options.url ?? embedded?.url ?? "";
  const { nodes } = options;
  const heard = <C extends Redis | Cluster>(connection: C): C => {
    connection.on("error", options.onError);
    return connection;
  };
  return {
    url,
    kind: embedded?.kind ?? "external",
    connect: (ms) => (nodes ? heard(connectClusterForCommands(nodes, ms)) : heard(connectForCommands(url, ms))),
    connectForWorkers: () => (nodes ? heard(connectClusterForWorkers(nodes)) : heard(connectForWorkers(url))),
    close: async () => embedded?.close(),
  };
}
