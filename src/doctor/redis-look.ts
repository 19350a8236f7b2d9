import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { Cluster, Redis } from "ioredis";
import { connectClusterForCommands, connectForCommands } from "../store/connect.ts";

/** What a Redis showed of itself. */
export type RedisLook =
  | { readonly kind: "facts"; readonly facts: RedisFacts }
  /** It could not be connected to, or refused what was asked before a key was written. */
  | { readonly kind: "trouble"; readonly error: Error };

export interface RedisFacts {
  /** The answer to INFO. */
  readonly info: string;
  /** `CONFIG GET save`; null where CONFIG is forbidden, as managed offerings do. */
  readonly save: string | null;
  /** Of some commands, in ms. */
  readonly roundTrips: readonly number[];
  /** Why a key could not be written and read; null when it could. */
  readonly writeError: Error | null;
}

const PINGS = 5;
/** The one thing that is written: gone by itself, should the doctor die before it takes it away. */
const KEY_LIVES_MS = 10_000;

/** What a Redis Cluster showed of itself. */
export type ClusterLook =
  | { readonly kind: "nodes"; readonly nodes: readonly { readonly host: string; readonly facts: RedisFacts }[] }
  | { readonly kind: "trouble"; readonly error: Error };

/** Connects as the service does, looks around, writes one key and takes it away. */
export async function lookAtRedis(url: string, limitMs: number): Promise<RedisLook> {
  return withRedis(connectForCommands(url, limitMs), limitMs, async (redis) => {
    return { kind: "facts", facts: { ...(await factsOf(redis)), writeError: await tryToWrite(redis) } };
  });
}

/** The same with a cluster of which `nodes` are some: each of its primaries is looked at, the key is written once. */
export async function lookAtCluster(nodes: readonly string[], limitMs: number): Promise<ClusterLook> {
  return withRedis(connectClusterForCommands(nodes, limitMs), limitMs, async (cluster) => {
    const writeError = await tryToWrite(cluster);
    const looked = cluster.nodes("master").map(async (node) => {
      const { host, port } = node.options;
      return { host: `${host}:${port}`, facts: { ...(await factsOf(node)), writeError } };
    });
    return { kind: "nodes", nodes: await Promise.all(looked) };
  });
}

async function factsOf(redis: Redis): Promise<Omit<RedisFacts, "writeError">> {
  const info = await redis.info();
  const save = await redis.config("GET", "save").then(
    (answer) => String((answer as string[])[1] ?? ""),
    () => null,
  );
  const roundTrips: number[] = [];
  for (let ping = 0; ping < PINGS; ping++) {
    const start = performance.now();
    await redis.ping();
    roundTrips.push(performance.now() - start);
  }
  return { info, save, roundTrips };
}

/** Whether the Redis at this address keeps its files in that directory. */
export async function keepsItsFilesIn(url: string, directory: string, limitMs: number): Promise<boolean> {
  const look = await withRedis(connectForCommands(url, limitMs), limitMs, async (redis) => {
    const [, found] = (await redis.config("GET", "dir")) as string[];
    return { kind: found === directory ? "same" : "another" } as const;
  });
  return look.kind === "same";
}

async function withRedis<C extends Redis | Cluster, T>(redis: C, limitMs: number, work: (redis: C) => Promise<T>) {
  // It goes on trying until it is closed, and each failed attempt is an event.
  redis.on("error", () => {});
  const late = AbortSignal.timeout(limitMs);
  try {
    // Rejects with the first error, such as a wrong password, after which ioredis would go on all the same.
    await once(redis, "ready", { signal: late });
    return await Promise.race([work(redis), once(late, "abort").then(() => Promise.reject(late.reason))]);
  } catch (error) {
    return { kind: "trouble", error: causeOf(error) } as const;
  } finally {
    redis.disconnect();
  }
}

/** A cluster that nobody answers for says only that; what the last node failed with says why. */
function causeOf(error: unknown): Error {
  const { lastNodeError } = error as { readonly lastNodeError?: unknown };
  const cause = lastNodeError ?? error;
  return cause instanceof Error ? cause : new Error(String(cause));
}

async function tryToWrite(redis: Redis | Cluster): Promise<Error | null> {
  const [key, value] = [`findall:doctor:${randomUUID()}`, randomUUID()];
  try {
    await redis.set(key, value, "PX", KEY_LIVES_MS);
    const found = await redis.get(key);
    await redis.del(key);
    return found === value ? null : new Error("what was written was not there when it was read");
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
