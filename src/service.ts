import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster, Redis } from "ioredis";
import { botActions } from "./actions.ts";
import { type Bot, createBot } from "./bot/app.ts";
import type { Config } from "./config.ts";
import { startHttp } from "./http.ts";
import type { Logger } from "./log.ts";
import { openParts, type Parts, type ServiceOverrides } from "./parts.ts";
import { createWakeups, openQueues } from "./queue/queues.ts";
import { startWorkers } from "./queue/workers.ts";
import { readReadiness } from "./readiness.ts";
import type { Context, Workspace } from "./steps/context.ts";
import { findWorkspace } from "./steps/find-workspace.ts";
import { createSlots } from "./steps/slots.ts";
import { closeEra } from "./store/eras.ts";
import { createStore, type Store } from "./store/store.ts";

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

const START_MAY_FINISH_MS = 1_000;
const STOP_WITHIN_MS = 8_000;
const REDIS_READY_WITHIN_MS = 2_000;

/** What comes into being once Slack has said who we are. */
interface Running {
  store: Store | null;
  bot: Bot | null;
}

/**
 * Starts the service: listener first, so that its state can be asked; then Redis, Slack, bot and workers.
 * @throws when the port is taken or the embedded Redis cannot be started
 */
export async function startService(config: Config, overrides: ServiceOverrides = {}): Promise<Service> {
  const parts = await openParts(config, overrides);
  const { log, closers } = parts;
  const running: Running = { store: null, bot: null };
  const http = await listen(parts, running).catch(async (error) => {
    await closeAll(closers, log);
    throw error;
  });
  closers.push(http.close);
  log.info({ event: "listening", port: http.port, role: config.role, redis: parts.redis.kind });
  const ready = comeUp(parts, running);
  ready.catch((error) => log.fatal({ event: "start_failed", err: error }));

  let stopped: Promise<void> | null = null;
  const stop = () => {
    stopped ??= stopAll(parts, ready);
    return stopped;
  };
  return { port: http.port, redisUrl: parts.redis.url, ready, stop, [Symbol.asyncDispose]: stop };
}

function listen(parts: Parts, running: Running) {
  const { config, metrics, botConnection, redis, health, now } = parts;
  const ofBot = () => ({ isUp: running.bot?.connected() ?? false, problem: running.bot?.problem() ?? null });
  const connection = config.role === "worker" ? null : ofBot;
  return startHttp({
    port: config.port,
    registry: metrics.registry,
    readiness: () =>
      readReadiness({ redis: botConnection, store: running.store, redisKind: redis.kind, health, connection, now }),
    slackEvents: () => (config.secrets.slackAppToken ? null : (running.bot?.handleHttp ?? null)),
  });
}

/** Waits for Slack, then starts what the role asks for. */
async function comeUp(parts: Parts, running: Running): Promise<void> {
  const { config, closers, log, redis } = parts;
  const workspace = await findWorkspace({ ...parts, signal: parts.stopping.signal });
  if (!workspace) return;
  // Redis is usually there by now; where it is not, people are told so, which needs the bot and not Redis.
  const connections = [parts.botConnection, parts.workConnection];
  await Promise.all(connections.map((connection) => readyWithin(connection, REDIS_READY_WITHIN_MS)));
  // What a person asked for is answered also while the service shuts down; what workers do is broken off.
  const forPeople = openContext(parts, workspace, parts.botConnection, new AbortController().signal);
  const forWork = openContext(parts, workspace, parts.workConnection, parts.stopping.signal);
  const { store } = forPeople.context;
  running.store = store;
  // A Redis of our own stops with us, after everybody who writes to it, and forgets nothing.
  if (redis.kind === "server") closers.push(() => closeEra(store));
  closers.push(forPeople.queues.close, forWork.queues.close);
  if (config.role !== "bot") {
    const workers = startWorkers(forWork.context, forWork.queues, redis.connectForWorkers);
    let closing: Promise<void> | null = null;
    const close = () => {
      closing ??= workers.close();
      return closing;
    };
    // At once, while the bot still gives its last answers: a job taken now would be let go of undone.
    parts.stopping.signal.addEventListener("abort", () => void close(), { once: true });
    closers.push(close);
  }
  if (config.role !== "worker") {
    const bot = createServiceBot(parts, forPeople.context);
    running.bot = bot;
    closers.push(bot.stop);
    await bot.start();
  }
  log.info({ event: "ready", team: workspace.teamId, bot: workspace.botUserId });
}

/** Each may take some 200 MB (docs/decisions/memory.md). */
const LARGE_RESULTS_AT_ONCE = 2;
const POLLS_AT_ONCE = 200;

function openContext(parts: Parts, workspace: Workspace, connection: Redis | Cluster, signal: AbortSignal) {
  const { config, findall, slack, health, metrics, log, now, random, reach } = parts;
  // Every call in hand listens to it, many at once: that is no leak.
  setMaxListeners(0, signal);
  const queues = openQueues(connection, workspace.teamId, log);
  const context: Context = {
    store: createStore(connection, workspace.teamId),
    findall,
    slack,
    workspace,
    wakeups: createWakeups(queues, log, now),
    health,
    metrics,
    log,
    settings: {
      poll: config.poll,
      slackTimeoutMs: config.slack.timeoutMs,
      parallelTimeoutMs: config.parallel.timeoutMs,
      retentionMs: config.retentionMs,
    },
    now,
    random,
    signal,
    polls: createSlots(POLLS_AT_ONCE),
    largeResults: createSlots(LARGE_RESULTS_AT_ONCE),
    reach,
  };
  return { context, queues };
}

function createServiceBot({ config, network }: Parts, ctx: Context): Bot {
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
    actions: botActions(ctx),
    logger: ctx.log,
    onAck: (ms, action) => ctx.metrics.ack.observe({ action }, ms / 1_000),
    now: ctx.now,
    fetch: network.fetch,
    dispatcher: network.dispatcher,
  });
}

async function readyWithin(connection: Redis | Cluster, ms: number): Promise<void> {
  if (connection.status === "ready") return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    connection.once("ready", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

async function stopAll({ stopping, closers, log }: Parts, ready: Promise<void>): Promise<void> {
  log.info({ event: "stopping" });
  stopping.abort();
  // What is still coming up is let go of in time, so that it closes too; but nobody waits for a Slack that is away.
  await Promise.race([ready.catch(() => {}), sleep(START_MAY_FINISH_MS)]);
  await closeAll(closers, log);
  log.info({ event: "stopped" });
}

/** Workers and bot first, while their connections live; the rest in the reverse order of its opening. */
async function closeAll(closers: Parts["closers"], log: Logger): Promise<void> {
  const deadline = new Promise<void>((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref());
  for (const close of closers.reverse()) {
    await Promise.race([Promise.resolve().then(close), deadline]).catch((error) => {
      log.warn({ event: "close_failed", err: error });
    });
  }
}
