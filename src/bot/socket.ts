import type { BotLogger } from "./bolt-logger.ts";
import { errorFields } from "./bolt-logger.ts";

/** The part of Slack's Socket Mode client that is supervised here; its own reconnecting must be switched off. */
export interface SocketClient {
  start(): Promise<unknown>;
  disconnect(): Promise<void>;
  on(event: "connected" | "disconnected", listener: () => void): unknown;
}

/** How long to wait for what, in ms. */
export interface SocketTimes {
  /** From the start of an attempt to Slack's "hello". */
  readonly hello: number;
  /** First and longest wait between attempts. */
  readonly backoffMin: number;
  readonly backoffMax: number;
  /** A connection that lived shorter counts as a failed attempt, or a server that hangs up at once would be hammered. */
  readonly stable: number;
}

export interface Connection {
  /** Resolves after the first attempt, whether it succeeded or not; the attempts go on until `stop`. */
  start(): Promise<void>;
  stop(): Promise<void>;
  connected(): boolean;
  /** Why the last attempt failed, with the mend where a person has one; null while connected or not tried yet. */
  problem(): string | null;
}

const TIMES: SocketTimes = { hello: 20_000, backoffMin: 500, backoffMax: 30_000, stable: 10_000 };
const PATIENCE_AT_STOP = 1_000;

/**
 * Keeps one Socket Mode connection open. The client's own reconnecting is not used: it leaves a failed second attempt
 * as an unhandled rejection, which ends the process, and waits five seconds after each of Slack's planned disconnects.
 */
export function superviseSocket(
  client: SocketClient,
  log: BotLogger,
  now: () => number,
  times: SocketTimes = TIMES,
): Connection {
  let wanted = false;
  let up = false;
  let upSince = 0;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let attempt: Promise<void> | null = null;
  let problem: string | null = null;

  client.on("connected", () => {
    up = true;
    problem = null;
    upSince = now();
    log.info({ event: "socket_connected" }, "connected to Slack");
  });
  client.on("disconnected", () => {
    if (!up) return; // part of a failing attempt, which tells of it itself
    up = false;
    failures = now() - upSince >= times.stable ? 0 : failures + 1;
    if (!wanted) return;
    log.info({ event: "socket_disconnected" }, "Slack ended the connection; connecting again");
    scheduleAttempt(0);
  });

  function scheduleAttempt(atLeast: number): void {
    clearTimeout(timer);
    const backoff = failures === 0 ? 0 : Math.min(times.backoffMax, times.backoffMin * 2 ** (failures - 1));
    const jittered = backoff * (0.5 + Math.random() / 2);
    timer = setTimeout(() => void tryOnce(), Math.max(jittered, atLeast));
  }

  function tryOnce(): Promise<void> {
    attempt ??= runAttempt().finally(() => {
      attempt = null;
    });
    return attempt;
  }

  async function runAttempt(): Promise<void> {
    let retryAfter = 0;
    try {
      await inTime(client.start(), times.hello);
    } catch (error) {
      up = false;
      failures += 1;
      retryAfter = retryAfterOf(error);
      problem = problemOf(error);
      log.error({ event: "socket_failed", failures, ...errorFields(error) }, `${problem}; trying again`);
      await hangUp(client); // an attempt that hangs must not come alive beside the next one
    }
    if (!wanted) await hangUp(client);
    else if (!up) scheduleAttempt(retryAfter);
  }

  return {
    start() {
      wanted = true;
      return tryOnce();
    },
    async stop() {
      wanted = false;
      clearTimeout(timer);
      await hangUp(client);
      if (attempt) await Promise.race([attempt, pause(PATIENCE_AT_STOP)]);
      up = false;
    },
    connected: () => up,
    problem: () => (up ? null : problem),
  };
}

/** Errors of `apps.connections.open` that only another token mends (slack-platform, "Socket Mode"). */
const TOKEN_REFUSED = new Set([
  "invalid_auth",
  "not_authed",
  "not_allowed_token_type",
  "missing_scope",
  "token_revoked",
]);

function problemOf(error: unknown): string {
  const { data } = (error ?? {}) as { data?: { error?: unknown } };
  const code = typeof data?.error === "string" ? data.error : null;
  if (code !== null && TOKEN_REFUSED.has(code)) {
    return `SLACK_APP_TOKEN is refused (${code}): generate an app-level token with the scope connections:write`;
  }
  return `cannot connect to Slack (${code ?? (error instanceof Error ? error.name : "unknown")})`;
}

/** Asks twice: the second time the client no longer waits for the other side to say goodbye. */
async function hangUp(client: SocketClient): Promise<void> {
  const quietly = () => client.disconnect().catch(() => {});
  const gone = await Promise.race([quietly().then(() => true), pause(PATIENCE_AT_STOP)]);
  if (!gone) await Promise.race([quietly(), pause(PATIENCE_AT_STOP)]);
}

async function inTime(started: Promise<unknown>, ms: number): Promise<void> {
  started.catch(() => {}); // may still fail after we stopped waiting
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Slack did not say hello within ${ms} ms`)), ms);
  });
  await Promise.race([started, late]).finally(() => clearTimeout(timer));
}

function pause(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), ms).unref());
}

function retryAfterOf(error: unknown): number {
  const seconds = error instanceof Error && "retryAfter" in error ? Number(error.retryAfter) : 0;
  return Number.isFinite(seconds) ? Math.max(0, seconds) * 1000 : 0;
}
