import type { RequestListener } from "node:http";
import type { App, Receiver, ReceiverEvent } from "@slack/bolt";
import { HTTPReceiver, SocketModeReceiver } from "@slack/bolt";
import type { BotLogger } from "./bolt-logger.ts";
import { boltLogger, errorFields } from "./bolt-logger.ts";
import type { BotDeps } from "./deps.ts";
import { BODY_LIMIT, guardedListener, SLACK_PATH } from "./http-entry.ts";
import { superviseSocket } from "./socket.ts";

/** One of Slack's two ways in, made alike. */
export interface Entrance {
  readonly receiver: Receiver;
  readonly handleHttp: RequestListener;
  start(): Promise<void>;
  /** From here on new requests are turned away (HTTP: 503) where that is possible; what is in hand may finish. */
  refuseNew(): void;
  stop(): Promise<void>;
  connected(): boolean;
  /** What keeps it from being connected, for the operator; null when nothing is known. */
  problem(): string | null;
}

/** Nothing stays unanswered up to Slack's limit of 3 s, whoever forgot it. */
const LATEST_ACK_MS = 2_500;

/** Socket Mode when there is an app token, else HTTP. */
export function createEntrance(deps: BotDeps, log: BotLogger): Entrance {
  return deps.config.appToken === null ? httpEntrance(deps, log) : socketEntrance(deps, deps.config.appToken, log);
}

function socketEntrance(deps: BotDeps, appToken: string, log: BotLogger): Entrance {
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false, // see superviseSocket
    logger: boltLogger(log),
    dispatcher: deps.dispatcher,
    customPropertiesExtractor: () => ({ receivedAt: deps.now() }),
    processEventErrorHandler: async ({ error }) => {
      log.error({ event: "bot_error", ...errorFields(error) }, "a payload could not be processed");
      return false; // acking here could only fail again, outside of everything that catches
    },
    installerOptions: {
      clientOptions: {
        slackApiUrl: deps.config.slackApiUrl,
        timeout: deps.config.slackTimeoutMs ?? 10_000,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        fetch: deps.fetch,
      },
    },
  });
  const connection = superviseSocket(receiver.client, log, deps.now);
  return {
    receiver: alwaysAcked(receiver, log),
    handleHttp: (_req, res) => void res.writeHead(404).end(),
    start: () => connection.start(),
    refuseNew: () => {},
    stop: () => connection.stop(),
    connected: () => connection.connected(),
    problem: () => connection.problem(),
  };
}

function httpEntrance(deps: BotDeps, log: BotLogger): Entrance {
  const receiver = new HTTPReceiver({
    signingSecret: deps.config.signingSecret ?? "",
    endpoints: [SLACK_PATH],
    bodyLimit: BODY_LIMIT,
    logger: boltLogger(log),
    customPropertiesExtractor: () => ({ receivedAt: deps.now() }),
  });
  const listener = guardedListener(receiver.requestListener, log, deps.now);
  let open = false;
  return {
    receiver: alwaysAcked(receiver, log),
    handleHttp: (req, res) => (open ? listener(req, res) : void res.writeHead(503, { connection: "close" }).end()),
    start: async () => {
      open = true;
    },
    refuseNew: () => {
      open = false;
    },
    stop: async () => {},
    problem: () => null,
    connected: () => open,
  };
}

/**
 * Hands Bolt's app every event with an ack that is certain to happen and harmless to repeat: what no listener acked
 * (an unknown command, a button without a listener, a link button) is acked empty, instead of showing a person an
 * error after three seconds.
 */
function alwaysAcked(receiver: Receiver, log: BotLogger): Receiver {
  return {
    init: (app) => receiver.init(withCertainAck(app, log)),
    start: () => Promise.reject(new Error("the entrance starts its receiver itself")),
    stop: () => Promise.resolve(),
  };
}

function withCertainAck(app: App, log: BotLogger): App {
  const processEvent = async (event: ReceiverEvent): Promise<void> => {
    let acked = false;
    const ack: ReceiverEvent["ack"] = async (body) => {
      if (acked) return;
      acked = true;
      await event.ack(body);
    };
    const lastCall = setTimeout(() => {
      log.warn({ event: "late_ack", payload: event.body.type ?? "command" }, "acknowledged in a listener's place");
      ack().catch((error: unknown) =>
        log.error({ event: "bot_error", ...errorFields(error) }, "could not acknowledge"),
      );
    }, LATEST_ACK_MS);
    try {
      await app.processEvent({ ...event, ack });
      await ack();
    } finally {
      clearTimeout(lastCall);
    }
  };
  // Receivers use nothing of the app but this method.
  return { processEvent } as unknown as App;
}
