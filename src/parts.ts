import type { Cluster, Redis } from "ioredis";
import type { DestinationStream } from "pino";
import { type Config, ConfigError, redisNodesOf } from "./config.ts";
import { createFindAllClient, type FindAllClient } from "./findall/client.ts";
import { createLogger, type Logger } from "./log.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { type Network, openNetwork } from "./network.ts";
import { createSlackClient, type SlackClient } from "./slack/client.ts";
import type { CrashPoint } from "./steps/crash-points.ts";
import { createHealth, type Health, noteFailure, noteOk } from "./steps/health.ts";
import { createSeldom } from "./steps/seldom.ts";
import { readCondition } from "./store/connect.ts";
import { type OpenRedis, openRedis } from "./store/open-redis.ts";

/** What tests and the sandbox put in place of the world. */
export interface ServiceOverrides {
  /** Where log lines go instead of to stdout. */
  readonly logTo?: DestinationStream;
  readonly now?: () => number;
  readonly random?: () => number;
  /** Told at each place where a process may die. */
  readonly reach?: (point: CrashPoint) => void;
}

/** Everything the service opens before it knows which workspace it serves. */
export interface Parts {
  readonly config: Config;
  readonly log: Logger;
  readonly now: () => number;
  readonly random: () => number;
  readonly reach: (point: CrashPoint) => void;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly redis: OpenRedis;
  /** Fails fast: a person waits. */
  readonly botConnection: Redis | Cluster;
  /** Waits longer: workers write large commits. */
  readonly workConnection: Redis | Cluster;
  readonly network: Network;
  readonly slack: SlackClient;
  readonly findall: FindAllClient;
  readonly stopping: AbortController;
  /** What is to be closed at the end, in the reverse order. */
  readonly closers: (() => Promise<unknown> | unknown)[];
}

const BOT_STORE_TIMEOUT_MS = 1_500;
const WORK_STORE_TIMEOUT_MS = 20_000;
const REDIS_LOG_EVERY_MS = 10_000;

/** Opens Redis, the network and the clients; none of them needs the other side to be there yet. */
export async function openParts(config: Config, overrides: ServiceOverrides): Promise<Parts> {
  const log = createLogger(config, overrides.logTo);
  const now = overrides.now ?? Date.now;
  const health = createHealth();
  const heard = redisErrorLog(log, now);
  const redis = await openRedis({
    url: config.secrets.redisUrl,
    nodes: config.redis.isCluster ? redisNodesOf(config.secrets.redisUrl ?? "") : null,
    dataDir: config.redis.dataDir,
    searchPath: config.redis.searchPath,
    onError: (error) => {
      noteFailure(health.redis, now(), error.message);
      heard(error);
    },
  }).catch((error) => {
    // A given Redis that is down is waited for; only one of our own can fail here.
    const mend = `choose a directory that can be written, or set REDIS_URL (${error instanceof Error ? error.message : error})`;
    throw new ConfigError(`DATA_DIR: the embedded Redis cannot start in ${config.redis.dataDir}; ${mend}`);
  });
  const botConnection = redis.connect(BOT_STORE_TIMEOUT_MS);
  const workConnection = redis.connect(WORK_STORE_TIMEOUT_MS);
  botConnection.on("ready", () => noteOk(health.redis, now()));
  const network = openNetwork(config);
  const findall = openFindAll(config, network);
  void warnOfRedis(botConnection, redis.kind, log);
  return {
    config,
    log,
    now,
    random: overrides.random ?? Math.random,
    reach: overrides.reach ?? (() => {}),
    metrics: createMetrics(),
    health,
    redis,
    botConnection,
    workConnection,
    network,
    slack: openSlack(config, network, now),
    findall,
    stopping: new AbortController(),
    closers: [
      redis.close,
      () => botConnection.disconnect(),
      () => workConnection.disconnect(),
      network.close,
      () => findall.close(),
    ],
  };
}

function openSlack(config: Config, network: Network, now: () => number): SlackClient {
  const { apiUrl, timeoutMs } = config.slack;
  return createSlackClient({ token: config.secrets.slackBotToken, apiUrl, timeoutMs, fetch: network.fetch, now });
}

function openFindAll(config: Config, network: Network): FindAllClient {
  return createFindAllClient({
    ...config.parallel,
    apiKey: config.secrets.parallelApiKey,
    dispatcher: network.dispatcher,
  });
}

/** Redis away is one line when it goes, not one for each attempt to reach it. */
function redisErrorLog(log: Logger, now: () => number): (error: Error) => void {
  const seldom = createSeldom(REDIS_LOG_EVERY_MS);
  return (error) => {
    if (seldom("redis", now()) === null) return;
    log.warn({ event: "redis_error", err: error }, "Redis cannot be reached; trying again");
  };
}

/** What an operator should know of their Redis before they rely on it. */
async function warnOfRedis(connection: Redis | Cluster, kind: OpenRedis["kind"], log: Logger): Promise<void> {
  if (kind === "memory") {
    const hint = "no REDIS_URL and no redis-server found: state is kept in memory, a restart forgets all watches";
    log.warn({ event: "redis_in_memory" }, hint);
    return;
  }
  connection.once("ready", async () => {
    const condition = await readCondition(connection).catch(() => null);
    if (!condition) return;
    const { policy, version } = condition;
    if (policy !== "noeviction")
      log.warn({ event: "redis_may_evict", policy, version }, "set maxmemory-policy noeviction");
    if (!condition.isPersistent)
      log.warn({ event: "redis_not_persistent", version }, "switch AOF on, or a restart forgets");
  });
}
