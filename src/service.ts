import type { Redis } from "ioredis";
import type { DestinationStream } from "pino";
import { type Bot, createBot } from "./bot/app.ts";
import type { Config } from "./config.ts";
import { createFindAllClient } from "./findall/client.ts";
import { startHttp } from "./http.ts";
import { createLogger, type Logger } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { type Network, openNetwork } from "./network.ts";
import { createWakeups, openQueues } from "./queue/queues.ts";
import { startWorkers } from "./queue/workers.ts";
import { readReadiness } from "./readiness.ts";
import { createSlackClient } from "./slack/client.ts";
import type { Context } from "./steps/context.ts";
import { findWorkspace } from "./steps/find-workspace.ts";
import { createHealth } from "./steps/health.ts";
import { listWatches } from "./steps/list-watches.ts";
import { resumeChannel } from "./steps/resume-watches.ts";
import { runStatus } from "./steps/run-status.ts";
import { startWatch } from "./steps/start-watch.ts";
import { stopWatch } from "./steps/stop-watch.ts";
import { readCondition } from "./store/connect.ts";
import { type OpenRedis, openRedis } from "./store/open-redis.ts";
import { createStore, type Store } from "./store/store.ts";
import { isFirst } from "./store/watches.ts";

/** What tests and the sandbox put in place of the world. */
export interface ServiceOverrides {
  /** Where log lines go instead of to stdout. */
  readonly logTo?: DestinationStream;
  readonly now?: () => number;
  readonly random?: () => number;
}

/** A running FindAll Notifier. */
export interface Service extends AsyncDisposable {
  /** Of the HTTP listener. */
  readonly port: number;
  readonly redisUrl: string;
  /** Resolves once Slack has accepted us and bot and workers run; a Slack or Redis that is down is waited for. */
  readonly ready: Promise<void>;
  /** Stops taking work, finishes or releases what is in hand, closes everything; at most about ten seconds. */
  readonly stop: () => Promise<void>;
}

/** A person waits for an answer; the store has this long (ms). Workers may wait longer for a large write. */
const BOT_STORE_TIMEOUT_MS = 1_500;
const WORK_STORE_TIMEOUT_MS = 20_000;
const STOP_WITHIN_MS = 9_000;
const REDIS_READY_WITHIN_MS = 2_000;
const REDIS_LOG_EVERY_MS = 10_000;
const REPEATED_DELIVERY_MS = 10 * 60_000;

/** Starts the service: listener first, so that its state can be asked; then Redis, Slack, bot and workers. */
export async function startService(config: Config, overrides: ServiceOverrides = {}): Promise<Service> {
  const log = createLogger(config, overrides.logTo);
  const now = overrides.now ?? Date.now;
  const metrics = createMetrics();
  const health = createHealth();
  const stopping = new AbortController();
  const closers: (() => Promise<unknown> | unknown)[] = [];

  const redis = await openRedis({
    url: config.secrets.redisUrl,
    dataDir: config.redis.dataDir,
    searchPath: config.redis.searchPath,
    onError: redisErrorLog(log, now),
  });
  closers.push(redis.close);
  const botConnection = redis.connect(BOT_STORE_TIMEOUT_MS);
  const workConnection = redis.connect(WORK_STORE_TIMEOUT_MS);
  closers.push(
    () => botConnection.disconnect(),
    () => workConnection.disconnect(),
  );
  const network = openNetwork(config);
  closers.push(network.close);

  let bot: Bot | null = null;
  let store: Store | null = null;
  const http = await startHttp({
    port: config.port,
    registry: metrics.registry,
    readiness: () =>
      readReadiness({
        redis: botConnection,
        store,
        redisKind: redis.kind,
        health,
        isConnected: config.role === "worker" ? null : () => bot?.connected() ?? false,
        now,
      }),
    slackEvents: () => (config.secrets.slackAppToken ? null : (bot?.handleHttp ?? null)),
  });
  closers.push(http.close);
  log.info({ event: "listening", port: http.port, role: config.role, redis: redis.kind });

  const slack = createSlackClient({
    token: config.secrets.slackBotToken,
    apiUrl: config.slack.apiUrl,
    timeoutMs: config.slack.timeoutMs,
    fetch: network.fetch,
    now,
  });
  const findall = createFindAllClient({
    baseUrl: config.parallel.baseUrl,
    apiKey: config.secrets.parallelApiKey,
    timeoutMs: config.parallel.timeoutMs,
    maxResultBytes: config.parallel.maxResultBytes,
    dispatcher: network.dispatcher,
  });
  closers.push(() => findall.close());

  const up = async () => {
    const workspace = await findWorkspace({ slack, health, log, now, signal: stopping.signal });
    if (!workspace) return;
    // Redis is usually there by now; where it is not, people are told so, which needs the bot and not Redis.
    await Promise.all(
      [botConnection, workConnection].map((connection) => readyWithin(connection, REDIS_READY_WITHIN_MS)),
    );
    const botQueues = openQueues(botConnection, log);
    const queues = openQueues(workConnection, log);
    closers.push(botQueues.close, queues.close);
    const settings = {
      poll: config.poll,
      slackTimeoutMs: config.slack.timeoutMs,
      parallelTimeoutMs: config.parallel.timeoutMs,
      retentionMs: config.retentionMs,
    };
    const common = {
      findall,
      slack,
      workspace,
      health,
      metrics,
      log,
      settings,
      now,
      random: overrides.random ?? Math.random,
    };
    store = createStore(botConnection, workspace.teamId);
    const botContext: Context = {
      ...common,
      store,
      wakeups: createWakeups(botQueues, log, now),
      // What a person asked for is answered, also while the service shuts down.
      signal: new AbortController().signal,
    };
    const workContext: Context = {
      ...common,
      store: createStore(workConnection, workspace.teamId),
      wakeups: createWakeups(queues, log, now),
      signal: stopping.signal,
    };
    if (config.role !== "bot") {
      const workers = startWorkers(workContext, queues, () => redis.connectForWorkers());
      closers.push(workers.close);
    }
    if (config.role !== "worker") {
      bot = createServiceBot(config, botContext, network);
      closers.push(() => bot?.stop());
      await bot.start();
    }
    log.info({ event: "ready", team: workspace.teamId, bot: workspace.botUserId });
  };
  const ready = up();
  ready.catch((error) => log.fatal({ event: "start_failed", err: error }));
  void warnOfRedis(botConnection, redis.kind, log);

  let stopped: Promise<void> | null = null;
  const stop = () => {
    stopped ??= stopAll(stopping, ready, closers, log);
    return stopped;
  };
  return { port: http.port, redisUrl: redis.url, ready, stop, [Symbol.asyncDispose]: stop };
}

function createServiceBot(config: Config, ctx: Context, network: Network): Bot {
  const { workspace } = ctx;
  return createBot({
    config: {
      botToken: config.secrets.slackBotToken,
      appToken: config.secrets.slackAppToken,
      signingSecret: config.secrets.slackSigningSecret,
      slackApiUrl: config.slack.apiUrl,
      botId: workspace.botId,
      botUserId: workspace.botUserId,
      teamId: workspace.teamId,
      slackTimeoutMs: config.slack.timeoutMs,
    },
    actions: {
      startWatch: (runId, asker) => startWatch(ctx, runId, asker),
      stopWatch: (runId, asker) => stopWatch(ctx, runId, asker),
      listWatches: (channelId) => listWatches(ctx, channelId),
      runStatus: (runId, asker) => runStatus(ctx, runId, asker),
      botJoined: (channelId) => resumeChannel(ctx, channelId),
      firstDelivery: (key) => isFirst(ctx.store, key, REPEATED_DELIVERY_MS),
    },
    logger: ctx.log,
    onAck: (ms, action) => ctx.metrics.ack.observe({ action }, ms / 1_000),
    now: ctx.now,
    fetch: network.fetch,
    dispatcher: network.dispatcher,
  });
}

async function readyWithin(connection: Redis, ms: number): Promise<void> {
  if (connection.status === "ready") return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    connection.once("ready", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Redis away is one line when it goes, not one for each attempt to reach it. */
function redisErrorLog(log: Logger, now: () => number): (error: Error) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (error) => {
    if (now() - last < REDIS_LOG_EVERY_MS) return;
    last = now();
    log.warn({ event: "redis_error", err: error }, "Redis cannot be reached; trying again");
  };
}

/** What an operator should know of their Redis before they rely on it. */
async function warnOfRedis(connection: Redis, kind: OpenRedis["kind"], log: Logger): Promise<void> {
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

/** Workers and bot first, while their connections live; the rest in the reverse order of its opening. */
async function stopAll(
  stopping: AbortController,
  ready: Promise<void>,
  closers: (() => Promise<unknown> | unknown)[],
  log: Logger,
): Promise<void> {
  log.info({ event: "stopping" });
  stopping.abort();
  await ready.catch(() => {});
  const deadline = new Promise<void>((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref());
  for (const close of closers.reverse()) {
    await Promise.race([Promise.resolve().then(close), deadline]).catch((error) => {
      log.warn({ event: "close_failed", err: error });
    });
  }
  log.info({ event: "stopped" });
}
