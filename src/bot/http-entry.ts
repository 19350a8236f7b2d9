import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { BotLogger } from "./bolt-logger.ts";

/** Where Slack sends events, commands and interactivity. */
export const SLACK_PATH = "/slack/events";
/** Slack's own payloads stay far below; everything above is not from Slack. */
export const BODY_LIMIT = 1024 * 1024;
const MAX_AHEAD_S = 300;

/**
 * What stands before Bolt's own listener. Bolt refuses forged and stale signatures; it lets pass a timestamp in the
 * future, with which a recorded request could be used for as long as its author liked, and it reads an oversized body
 * before it refuses it.
 */
export function guardedListener(bolt: RequestListener, log: BotLogger, now: () => number): RequestListener {
  return (req, res) => {
    const refusal = refusalOf(req, now());
    if (refusal) return refuse(req, res, refusal, log);
    try {
      bolt(req, res);
    } catch {
      refuse(req, res, 404, log); // a path or method that Bolt was not told to serve
    }
  };
}

function refusalOf(req: IncomingMessage, now: number): number | null {
  if (req.method !== "POST") return 405;
  if (Number(req.headers["content-length"] ?? 0) > BODY_LIMIT) return 413;
  const stamp = Number(req.headers["x-slack-request-timestamp"] ?? 0);
  if (stamp > now / 1000 + MAX_AHEAD_S) return 401;
  return null;
}

function refuse(req: IncomingMessage, res: ServerResponse, status: number, log: BotLogger): void {
  log.warn({ event: "request_refused", status, method: req.method }, "refused a request");
  // Hanging up spares reading a body that nobody wants.
  res.writeHead(status, { connection: "close", ...(status === 405 ? { allow: "POST" } : {}) });
  res.end();
}
