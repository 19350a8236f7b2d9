import type { Redis } from "ioredis";
import { connectForCommands, connectForWorkers } from "./connect.ts";
import { startEmbeddedRedis } from "./embedded-redis.ts";

/** The Redis that this process uses, its own or a given one. */
export interface OpenRedis {
  readonly url: string;
  /** `external`: `REDIS_URL`. `server`, `memory`: embedded. */
  readonly kind: "external" | "server" | "memory";
  readonly connect: (commandTimeoutMs: number) => Redis;
  readonly connectForWorkers: () => Redis;
  readonly close: () => Promise<void>;
}

export interface OpenRedisOptions {
  readonly url: string | null;
  readonly dataDir: string;
  readonly searchPath: string;
  readonly onError: (error: Error) => void;
}

/** Uses the Redis at `url`, or starts an embedded one. A given Redis that is down is waited for by the connections. */
export async function openRedis(options: OpenRedisOptions): Promise<OpenRedis> {
  const embedded = options.url ? null : await startEmbeddedRedis(options);
  const url = options.url ?? embedded?.url ?? "";
  const heard = (connection: Redis) => connection.on("error", options.onError);
  return {
    url,
    kind: embedded?.kind ?? "external",
    connect: (commandTimeoutMs) => heard(connectForCommands(url, commandTimeoutMs)),
    connectForWorkers: () => heard(connectForWorkers(url)),
    close: async () => embedded?.close(),
  };
}
