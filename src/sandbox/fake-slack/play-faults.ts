import type { IncomingMessage, ServerResponse } from "node:http";
import type { FaultKind, Strike } from "./faults.ts";
import { type HttpAnswer, jsonAnswer, send } from "./http-io.ts";

/** What happened to a call in the end, for the log of calls. */
export interface Outcome {
  readonly status: number;
  readonly error: string | null;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Does the work of the call, once. */
  readonly work: () => { readonly answer: HttpAnswer; readonly error: string | null };
}

/** Answers a call with the fault that strikes it; gives what the log of calls should say. */
export async function playFault(strike: Strike, exchange: Exchange): Promise<Outcome> {
  const { kind } = strike;
  if (kind.kind === "delay") {
    await pause(kind.ms);
    return answerNormally(exchange);
  }
  if (kind.kind === "hang") return hang(strike, kind, exchange);
  if (kind.kind === "lost" || ("commit" in kind && kind.commit)) exchange.work();
  return answerWith(kind, exchange);
}

function answerWith(kind: Exclude<FaultKind, { kind: "delay" | "hang" }>, exchange: Exchange): Outcome {
  const { request, response } = exchange;
  switch (kind.kind) {
    case "lost":
      request.socket.destroy();
      return { status: 0, error: "lost" };
    case "reset":
      request.socket.resetAndDestroy();
      return { status: 0, error: "reset" };
    case "http":
      send(response, { status: kind.status ?? 500, body: "upstream connect error" });
      return { status: kind.status ?? 500, error: `http_${kind.status ?? 500}` };
    case "rate_limited":
      send(response, rateLimitedAnswer(kind.retryAfter === undefined ? 1 : kind.retryAfter));
      return { status: 429, error: "ratelimited" };
    case "error":
      send(response, jsonAnswer(200, { ok: false, error: kind.error, ...kind.extra }));
      return { status: 200, error: kind.error };
    case "html":
      send(response, {
        status: kind.status ?? 200,
        headers: { "content-type": "text/html; charset=utf-8" },
        body: "<!doctype html><html><title>Slack</title><h1>Something went wrong</h1></html>",
      });
      return { status: kind.status ?? 200, error: "html" };
  }
}

/** Slack's answer to a caller that is too fast; a `retryAfter` of null leaves the header out. */
export function rateLimitedAnswer(retryAfter: number | string | null): HttpAnswer {
  const headers: Record<string, string> = retryAfter === null ? {} : { "retry-after": String(retryAfter) };
  return jsonAnswer(429, { ok: false, error: "ratelimited" }, headers);
}

async function hang(strike: Strike, kind: FaultKind & { kind: "hang" }, exchange: Exchange): Promise<Outcome> {
  const done = kind.commit ? exchange.work() : null;
  const waits = [strike.released, closed(exchange.response)];
  if (kind.ms !== undefined) waits.push(pause(kind.ms));
  await Promise.race(waits);
  if (done) send(exchange.response, done.answer);
  else exchange.request.socket.resetAndDestroy();
  return { status: 0, error: "hang" };
}

function answerNormally(exchange: Exchange): Outcome {
  const { answer, error } = exchange.work();
  send(exchange.response, answer);
  return { status: answer.status, error };
}

/** Waits, also when the client has gone meanwhile: a late commit is the point of a delay. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

function closed(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => response.once("close", () => resolve()));
}
