import { randomBytes } from "node:crypto";
import type { RequestListener } from "node:http";
import { App, type CodedError, type Receiver } from "@slack/bolt";
import { ANSWER_LIMITS, CROWDED_LIMITS } from "./answer.ts";
import type { BotLogger } from "./bolt-logger.ts";
import { boltLogger, errorFields } from "./bolt-logger.ts";
import { answerCommand } from "./command-handler.ts";
import type { BotDeps } from "./deps.ts";
import { registerDirect } from "./direct/register.ts";
import { createEntrance } from "./entrance.ts";
import { ephemeral } from "./ephemeral.ts";
import { registerHome } from "./home/register.ts";
import { registerListPages } from "./list-pages.ts";
import { registerReview } from "./review/register.ts";
import { createWindows } from "./review/windows.ts";
import { registerShortcuts } from "./shortcuts/register.ts";
import { registerWorkflow } from "./workflow/register.ts";

export interface Bot {
  /** Resolves after the first attempt to connect, successful or not; attempts go on until `stop`. */
  start(): Promise<void>;
  /** Takes nothing new, and gives what is in hand up to five seconds to be answered. */
  stop(): Promise<void>;
  /** Whether Slack can reach the bot as far as we know: the socket's state; in HTTP mode, whether it was started. */
  connected(): boolean;
  /** What keeps Slack from reaching the bot, for the operator; null when nothing is known. */
  problem(): string | null;
  /** For `POST /slack/events` on the service's listener; in Socket Mode it answers 404. */
  readonly handleHttp: RequestListener;
}

/** The part that is used of what Bolt's extended error handler gets; the SDK does not export its type. */
interface HandlerFailure {
  readonly error: CodedError;
  readonly body: object;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const ACK_GRACE_MS = 300;
const ANSWER_GRACE_MS = 5_000;

/** With so many requests in hand, what comes besides is acknowledged first and answered then. */
const CROWD = 10;

/** The bot: what people say to it arrives here, and is answered within three seconds. Opens no port of its own. */
export function createBot(deps: BotDeps): Bot {
  const log = deps.logger.child({ part: "bot" });
  const entrance = createEntrance(deps, log);
  const app = createApp(deps, log, entrance.receiver);
  const inHand = new Set<Promise<void>>();
  const held = (work: Promise<void>) => {
    inHand.add(work);
    return work.finally(() => inHand.delete(work));
  };

  app.command(/.*/, async ({ command, ack, respond, client, context }) => {
    const work = answerCommand(command, deps, log, {
      receivedAt: typeof context.receivedAt === "number" ? context.receivedAt : deps.now(),
      limits: inHand.size < CROWD ? ANSWER_LIMITS : CROWDED_LIMITS,
      newReference: () => randomBytes(4).toString("hex"),
      windows: createWindows(client),
      ack: (message) => ack(message ? ephemeral(message) : undefined),
      respond: async (message, replaceOriginal) => {
        await respond({ ...ephemeral(message), replace_original: replaceOriginal });
      },
      postEphemeral: async ({ text, blocks }) => {
        await client.chat.postEphemeral({
          channel: command.channel_id,
          user: command.user_id,
          text,
          blocks: [...blocks] as never[],
        });
      },
    });
    await held(work);
  });

  registerReview(app, deps, log, held);
  registerHome(app, deps, log, held);
  registerWorkflow(app, deps, log, held);
  registerListPages(app, deps, log, held);
  registerShortcuts(app, deps, log, held);
  registerDirect(app, deps, log, held);

  app.event("member_joined_channel", async ({ event }) => {
    if (event.user === deps.config.botUserId) await deps.actions.botJoined(event.channel);
  });

  // Slack tells of each by the kind of channel; both are the same to whoever waits there.
  app.event("channel_unarchive", async ({ event }) => deps.actions.botJoined(event.channel));
  app.event("group_unarchive", async ({ event }) => deps.actions.botJoined(event.channel));
  app.event("app_uninstalled", async () => deps.actions.uninstalled());
  app.event("tokens_revoked", async ({ event }) => {
    if ((event.tokens.bot ?? []).length > 0) await deps.actions.uninstalled();
  });

  app.error(async ({ error, body }: HandlerFailure) => {
    log.error(
      { event: "bot_error", payload: "type" in body ? body.type : "command", ...errorFields(error) },
      "a handler failed",
    );
  });

  return {
    start: () => entrance.start(),
    connected: () => entrance.connected(),
    problem: () => entrance.problem(),
    handleHttp: entrance.handleHttp,
    async stop() {
      entrance.refuseNew();
      await settledWithin(inHand, ACK_GRACE_MS); // acks need the socket, later answers do not
      await entrance.stop();
      await settledWithin(inHand, ANSWER_GRACE_MS);
    },
  };
}

function createApp(deps: BotDeps, log: BotLogger, receiver: Receiver): App {
  const { botToken, botId, botUserId, teamId, slackApiUrl, slackTimeoutMs = DEFAULT_TIMEOUT_MS } = deps.config;
  return new App({
    receiver,
    // Own authorization: Bolt's calls auth.test at boot, where a failure would end the process and stay cached.
    authorize: async () => ({ botToken, botId: botId ?? undefined, botUserId, teamId }),
    tokenVerificationEnabled: false,
    convoStore: false,
    extendedErrorHandler: true,
    logger: boltLogger(log),
    clientOptions: {
      slackApiUrl,
      timeout: slackTimeoutMs,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      fetch: fetchWithTimeout(deps.fetch ?? globalThis.fetch, slackTimeoutMs),
    },
  });
}

/** Bolt's `respond` sets no limit of its own: a response URL that hangs would hold an answer for ever. */
function fetchWithTimeout(fetch: typeof globalThis.fetch, ms: number): typeof globalThis.fetch {
  return (url, init) => fetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(ms) });
}

async function settledWithin(work: ReadonlySet<Promise<void>>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([Promise.allSettled([...work]), late]);
  clearTimeout(timer);
}
