import type { Readable } from "node:stream";
import { pipeline } from "node:stream";
import { createBrotliDecompress, createGunzip } from "node:zlib";
import { type Dispatcher, request } from "undici";
import { FindAllError } from "./error.ts";
import { cleanDetail, errorOfAnswer } from "./error-answer.ts";

/** Error bodies are a few hundred bytes; of a gateway's page the beginning is enough. */
const MAX_ERROR_BYTES = 65_536;

/** Larger than the 16 kB default: a large result comes in fewer pieces. */
const BUFFERS = { chunkSize: 131_072 };

export interface Exchange {
  readonly url: string;
  readonly apiKey: string;
  /** For the whole exchange, body included. */
  readonly timeoutMs: number;
  /** Of the decoded body. */
  readonly maxBytes: number;
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal | undefined;
  /** Waited for, once, before more than `LARGE_BYTES` of the body are read; given the signal of the deadline. */
  readonly onLarge?: OnLarge | undefined;
}

export type OnLarge = (signal: AbortSignal) => Promise<void>;

/** More of a body than this is only read once there is room for it. */
export const LARGE_BYTES = 8_388_608;

/** The decoded body of a 200. */
export interface Answer {
  readonly body: Buffer;
  readonly contentType: string;
}

/** The end of the exchange comes from one place, whether the deadline or the caller asked for it. */
interface Deadline {
  readonly signal: AbortSignal;
  readonly hasPassed: () => boolean;
  readonly dispose: () => void;
}

/**
 * One GET, from the first byte sent to the last one of the body.
 * @throws FindAllError for everything that can go wrong outside
 * @throws the reason of `signal` when the caller aborted
 */
export async function getBody(exchange: Exchange): Promise<Answer> {
  const { maxBytes, onLarge } = exchange;
  return withBody(exchange, "application/json", async ({ headers, body, drop, signal }) => {
    if (Number(headers["content-length"]) > maxBytes) {
      drop();
      throw tooLarge(maxBytes);
    }
    const askForRoom = onLarge && (() => onLarge(signal));
    return {
      body: await readBody(body(), maxBytes, "refuse", askForRoom),
      contentType: contentTypeOf(headers, exchange),
    };
  });
}

/** A 200 whose body has not been read yet. */
export interface OpenAnswer {
  readonly headers: Dispatcher.ResponseData["headers"];
  /** The decoded body; to be read to its end, or destroyed. */
  readonly body: () => Readable;
  /** Lets go of the body, and of the connection. */
  readonly drop: () => void;
  /** Of the deadline. */
  readonly signal: AbortSignal;
}

/** As `getBody`, but `read` takes the body while it comes, within the same deadline and with the same errors. */
export async function withBody<T>(
  exchange: Exchange,
  accept: string,
  read: (answer: OpenAnswer) => Promise<T>,
): Promise<T> {
  exchange.signal?.throwIfAborted();
  const deadline = startDeadline(exchange);
  try {
    const response = await ask(exchange, accept, deadline);
    return await read({
      headers: response.headers,
      body: () => decoded(response),
      drop: () => drop(response),
      signal: deadline.signal,
    });
  } catch (error) {
    exchange.signal?.throwIfAborted();
    throw toFindAllError(error, exchange, deadline);
  } finally {
    deadline.dispose();
  }
}

async function ask(exchange: Exchange, accept: string, deadline: Deadline): Promise<Dispatcher.ResponseData> {
  const response = await request(exchange.url, {
    method: "GET",
    dispatcher: exchange.dispatcher,
    signal: deadline.signal,
    headersTimeout: 0,
    bodyTimeout: 0,
    headers: {
      accept,
      "accept-encoding": "gzip, br",
      "x-api-key": exchange.apiKey,
      // Without effect today; without it, runs were once read by the V0 API (findall-api, "parallel-beta header").
      "parallel-beta": "findall-2025-09-15",
    },
  });
  if (response.statusCode !== 200) throw await errorOf(response, exchange);
  return response;
}

/** What an answer says it is, without the key that it may echo. */
export function contentTypeOf(headers: OpenAnswer["headers"], { apiKey }: Pick<Exchange, "apiKey">): string {
  return cleanDetail(String(headers["content-type"] ?? "no content type"), apiKey);
}

/** The status alone decides; a body that stalls, breaks or never ends only costs us its text. */
async function errorOf(response: Dispatcher.ResponseData, exchange: Exchange): Promise<FindAllError> {
  const body = await readErrorBody(response).catch(() => null);
  const { statusCode: status, headers } = response;
  return errorOfAnswer({ status, headers, body: body?.toString() ?? null }, exchange.apiKey, Date.now());
}

async function readErrorBody(response: Dispatcher.ResponseData): Promise<Buffer> {
  return readBody(decoded(response), MAX_ERROR_BYTES, "cut");
}

async function readBody(
  body: Readable,
  maxBytes: number,
  beyond: "refuse" | "cut",
  askForRoom?: () => Promise<void>,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    if (bytes <= LARGE_BYTES && bytes + chunk.byteLength > LARGE_BYTES) await askForRoom?.();
    bytes += chunk.byteLength;
    if (bytes > maxBytes && beyond === "refuse") throw tooLarge(maxBytes);
    chunks.push(chunk);
    if (bytes > maxBytes) break;
  }
  return Buffer.concat(chunks);
}

function decoded(response: Dispatcher.ResponseData): Readable {
  const encoding = String(response.headers["content-encoding"] ?? "identity").toLowerCase();
  if (encoding === "identity") return response.body;
  const decoder =
    encoding === "gzip" ? createGunzip(BUFFERS) : encoding === "br" ? createBrotliDecompress(BUFFERS) : null;
  if (decoder === null) {
    drop(response);
    throw new FindAllError("unreadable", "the answer is compressed in a way we did not ask for", {
      status: response.statusCode,
    });
  }
  // The callback only keeps a failure from being thrown globally: the reader of the decoder sees it too.
  return pipeline(response.body, decoder, () => {});
}

/** Lets go of a body nobody will read, and of its connection. */
function drop(response: Dispatcher.ResponseData): void {
  response.body.on("error", () => {}).destroy();
}

/** A body over the limit. */
export function tooLarge(maxBytes: number): FindAllError {
  const limit = maxBytes < 1_048_576 ? `${maxBytes} bytes` : `${Math.floor(maxBytes / 1_048_576)} MB`;
  return new FindAllError("too_large", `the answer is larger than the limit of ${limit}`, { status: 200 });
}

function toFindAllError(error: unknown, exchange: Exchange, deadline: Deadline): FindAllError {
  if (error instanceof FindAllError) return error;
  if (deadline.hasPassed()) {
    return new FindAllError("timeout", `Parallel gave no complete answer within ${exchange.timeoutMs / 1000} s`);
  }
  const code = codeOf(error);
  if (/^(Z_|ERR__ERROR|ERR_BROTLI|ERR_PADDING)/.test(code)) {
    return new FindAllError("unreadable", "the compressed answer is damaged or incomplete", {
      status: 200,
      cause: error,
    });
  }
  return new FindAllError("network", `the connection to Parallel failed (${code || "unknown reason"})`, {
    cause: error,
  });
}

function codeOf(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === "string" ? code : "";
}

/**
 * `AbortSignal.any` would do, but keeps every derived signal for as long as the caller's signal lives, and ours lives as
 * long as the process.
 */
function startDeadline({ timeoutMs, signal }: Exchange): Deadline {
  const controller = new AbortController();
  let passed = false;
  const timer = setTimeout(() => {
    passed = true;
    controller.abort();
  }, timeoutMs);
  const abort = () => controller.abort();
  signal?.addEventListener("abort", abort, { once: true });
  return {
    signal: controller.signal,
    hasPassed: () => passed,
    dispose: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    },
  };
}
