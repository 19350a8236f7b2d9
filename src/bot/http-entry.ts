import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { HTTPModuleFunctions, isRawBodyError } from "@slack/bolt";
import type { BotLogger } from "./bolt-logger.ts";

/** Where Slack sends events, commands and interactivity. */
export const SLACK_PATH = "/slack/events";
/** Slack's own payloads stay far below; everything above is not from Slack. */
export const BODY_LIMIT = 1024 * 1024;
const MAX_AHEAD_S = 300;

/**
 * What stands before Bolt's own listener. Bolt refuses forged and stale signatures; it lets pass a timestamp in the
 * future, with which a recorded request could be used for as long as its author liked; it reads an oversized body
 * before it refuses it; and a body that is no object ends the process.
 */
export function guardedListener(bolt: RequestListener, log: BotLogger, now: () => number): RequestListener {
  return (req, res) => {
    const refusal = refusalOf(req, now());
    if (refusal) return refuse(req, res, refusal, log);
    handOver(bolt, req, res).then(
      (status) => status !== null && refuse(req, res, status, log),
      () => refuse(req, res, 404, log), // a path or method that Bolt was not told to serve
    );
  };
}

/** Null when Bolt has taken the request, else the status to refuse it with. */
async function handOver(bolt: RequestListener, req: IncomingMessage, res: ServerResponse): Promise<number | null> {
  let buffered: Awaited<ReturnType<typeof HTTPModuleFunctions.bufferIncomingMessage>>;
  try {
    buffered = await HTTPModuleFunctions.bufferIncomingMessage(req, BODY_LIMIT);
  } catch (error) {
    return isRawBodyError(error) && error.statusCode === 413 ? 413 : 400;
  }
  if (!holdsPayload(buffered)) return 400;
  bolt(buffered, res);
  return null;
}

/** Bolt takes for granted that what it parses is an object; a bare `null`, signed or not, would end the process. */
function holdsPayload(req: Parameters<typeof HTTPModuleFunctions.parseHTTPRequestBody>[0]): boolean {
  try {
    const body: unknown = HTTPModuleFunctions.parseHTTPRequestBody(req);
    return typeof body === "object" && body !== null;
  } catch {
    return true; // malformed: Bolt answers that itself, after it has looked at the signature
  }
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
