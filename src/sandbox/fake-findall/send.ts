import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { errorAnswer, type FakeAnswer } from "./endpoints.ts";
import type { Fault } from "./faults.ts";

const compress = promisify(gzip);

/** Below this, compression costs more than it saves, for the vendor as for us. */
const MIN_COMPRESSED_BYTES = 1024;

/** Bytes of bodies that are served again and again; the bodies are never changed once they are served. */
const textCache = new WeakMap<object, string>();
const gzipCache = new WeakMap<object, Buffer>();

/** How one request was answered. */
export interface Sent {
  /** 0 when no status was sent. */
  readonly status: number;
  readonly bytes: number;
  /** As `bytes`, before compression. */
  readonly decoded: number;
}

export interface SendContext {
  readonly response: ServerResponse;
  readonly acceptsGzip: boolean;
  /** Aborted when the fake is closed. */
  readonly closing: AbortSignal;
}

export const NOTHING_SENT: Sent = { status: 0, bytes: 0, decoded: 0 };

/** Sends an answer as it is, or as the fault wants it. */
export async function send(context: SendContext, answer: FakeAnswer, fault: Fault | null): Promise<Sent> {
  const { response } = context;
  switch (fault?.kind) {
    case undefined:
    case "error_event":
    case "broken_event":
    case "silent":
    case "events_twice":
    case "events_again":
      return finish(context, answer);
    case "delay":
      await delay(fault.ms, undefined, { signal: context.closing }).catch(() => {});
      return finish(context, answer);
    case "status":
      return finish(context, {
        ...errorAnswer(fault.status),
        ...("body" in fault ? { body: fault.body } : {}),
        headers: retryAfter(fault.retryAfter),
      });
    case "html":
      return finishText(context, fault.status, gatewayPage(fault.status), "text/html", retryAfter(fault.retryAfter));
    case "not_json":
      return finishText(context, 200, "<html><title>Sign in to the network</title></html>", "text/html", {});
    case "body":
      return finish(context, { status: 200, body: fault.body });
    case "oversized":
      return finish(context, { status: 200, body: { padding: "x".repeat(fault.bytes) } });
    case "truncated":
      return finishText(context, 200, half(textOf(answer)), "application/json", {});
    case "hang":
      return NOTHING_SENT;
    case "reset":
      response.socket?.resetAndDestroy();
      return NOTHING_SENT;
    case "stall":
      return begin(context, answer);
    case "reset_in_body": {
      const sent = await begin(context, answer);
      response.socket?.resetAndDestroy();
      return sent;
    }
  }
}

async function finish(context: SendContext, answer: FakeAnswer): Promise<Sent> {
  if (answer.body === undefined) {
    context.response.writeHead(answer.status, answer.headers).end();
    return { status: answer.status, bytes: 0, decoded: 0 };
  }
  return finishText(context, answer.status, textOf(answer), "application/json", answer.headers ?? {}, answer.body);
}

async function finishText(
  context: SendContext,
  status: number,
  text: string,
  type: string,
  headers: Readonly<Record<string, string>>,
  body?: unknown,
): Promise<Sent> {
  const zipped = context.acceptsGzip && text.length >= MIN_COMPRESSED_BYTES;
  const bytes = zipped ? await compressed(text, body) : Buffer.from(text);
  const encoding = zipped ? { "content-encoding": "gzip" } : {};
  const { response } = context;
  if (response.destroyed) return NOTHING_SENT;
  response.writeHead(status, { "content-type": type, "content-length": bytes.byteLength, ...encoding, ...headers });
  response.end(bytes);
  return { status, bytes: bytes.byteLength, decoded: Buffer.byteLength(text) };
}

/** Headers and the first half of the body; the rest never comes. */
async function begin({ response }: SendContext, answer: FakeAnswer): Promise<Sent> {
  const text = textOf(answer);
  response.writeHead(answer.status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  const part = half(text);
  await new Promise<void>((resolve) => response.write(part, () => resolve()));
  return { status: answer.status, bytes: Buffer.byteLength(part), decoded: Buffer.byteLength(part) };
}

async function compressed(text: string, body: unknown): Promise<Buffer> {
  const key = typeof body === "object" ? body : null;
  const kept = key === null ? undefined : gzipCache.get(key);
  if (kept !== undefined) return kept;
  const bytes = await compress(text, { level: 1 });
  if (key !== null) gzipCache.set(key, bytes);
  return bytes;
}

function textOf({ body }: FakeAnswer): string {
  if (body === undefined) return "";
  if (typeof body !== "object" || body === null) return JSON.stringify(body);
  const text = textCache.get(body) ?? JSON.stringify(body);
  textCache.set(body, text);
  return text;
}

function half(text: string): string {
  return text.slice(0, Math.floor(text.length / 2));
}

function retryAfter(value: string | undefined): Readonly<Record<string, string>> {
  return value === undefined ? {} : { "retry-after": value };
}

function gatewayPage(status: number): string {
  return `<html><head><title>${status} Bad Gateway</title></head><body><center>nginx</center></body></html>`;
}
