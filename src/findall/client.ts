import { toUSVString } from "node:util";
import { Agent, type Dispatcher } from "undici";
import type { Snapshot } from "../domain/candidate.ts";
import type { News } from "../domain/news.ts";
import type { Run, RunSpec } from "../domain/run.ts";
import { FindAllError } from "./error.ts";
import { type NewsPatience, type NewsWanted, PATIENCE, readEvents } from "./events.ts";
import { type Answer, type Exchange, getBody, type OnLarge } from "./exchange.ts";
import { readRun, readSpec } from "./read-run.ts";
import { readSnapshot } from "./read-snapshot.ts";

/** Enough for a thousand runs polled every 5 s; more would only queue at the vendor's door. */
const CONNECTIONS = 64;
const KEEP_ALIVE_MS = 30_000;
/** The server ends a stream of events after so long, if we have not left it before; in whole seconds. */
const STREAM_S = 1;
/** News larger than this are read in several goes; a single event has to fit. */
const MAX_NEWS_BYTES = 8_388_608;

export interface FindAllClientOptions {
  /** E.g. `https://api.parallel.ai`; a path and a trailing slash are fine. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** One call, body included. */
  readonly timeoutMs: number;
  /** A larger decoded body is refused with `too_large`. */
  readonly maxResultBytes: number;
  /** For a proxy. Not closed by the client. Without it the client has its own connections. */
  readonly dispatcher?: Dispatcher;
  readonly patience?: NewsPatience;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface SnapshotOptions extends CallOptions {
  /** Waited for, once, before more than 8 MB are read; its signal is aborted when the deadline passes. */
  readonly onLarge?: OnLarge;
}

/**
 * Reads runs of one Parallel account. Every call makes one request, never retries, and ends within the deadline: either
 * with a value, or with a `FindAllError`, or with the reason of the caller's signal.
 */
export interface FindAllClient {
  /** `GET /v1beta/findall/runs/{id}`: status and counts, about 400 bytes. Not counted against any rate limit. */
  getRun(id: string, options?: CallOptions): Promise<Run>;
  /** `GET …/result`: the run with all its candidates, about 12 kB each; the API has no paging and no filter. */
  getSnapshot(id: string, options?: SnapshotOptions): Promise<Snapshot>;
  /**
   * `GET …/events` from an event on: what is new since, in a fraction of a second. What is told there only later is left
   * for the next time.
   */
  getNews(id: string, after: string, wanted: NewsWanted, options?: CallOptions): Promise<News>;
  /** `GET …/schema`: what the run looks for. Changes when the run is extended or enriched. */
  getSpec(id: string, options?: CallOptions): Promise<RunSpec>;
  /** Waits for calls under way and closes the client's own connections. */
  close(): Promise<void>;
}

/** Creates the client; opens no connection yet. */
export function createFindAllClient(options: FindAllClientOptions): FindAllClient {
  const dispatcher = options.dispatcher ?? new Agent({ connections: CONNECTIONS, keepAliveTimeout: KEEP_ALIVE_MS });
  const base = options.baseUrl.replace(/\/+$/, "");

  const exchange = (id: string, part: string, call: SnapshotOptions): Exchange => ({
    url: `${base}/v1beta/findall/runs/${pathSegment(id)}${part}`,
    apiKey: options.apiKey,
    timeoutMs: options.timeoutMs,
    maxBytes: options.maxResultBytes,
    dispatcher,
    signal: call.signal,
    onLarge: call.onLarge,
  });
  const get = async <T>(id: string, part: string, call: SnapshotOptions, read: (body: Buffer) => T): Promise<T> =>
    readAnswer(await getBody(exchange(id, part, call)), read);
  const patience = options.patience ?? PATIENCE;

  return {
    getRun: (id, call = {}) => get(id, "", call, (body) => readRun(parse(body), id)),
    getSnapshot: (id, call = {}) => get(id, "/result", call, (body) => readSnapshot(body, id)),
    getNews: async (id, after, wanted, call = {}) => {
      const whole = exchange(id, `/events?last_event_id=${encodeURIComponent(after)}&timeout=${STREAM_S}`, call);
      const timeoutMs = Math.min(options.timeoutMs, patience.allMs);
      const maxBytes = Math.min(options.maxResultBytes, MAX_NEWS_BYTES);
      return readEvents({ ...whole, timeoutMs, maxBytes }, wanted, patience);
    },
    getSpec: (id, call = {}) => get(id, "/schema", call, (body) => readSpec(parse(body))),
    close: async () => {
      if (options.dispatcher === undefined) await dispatcher.close();
    },
  };
}

/** Dots survive encoding, and a URL with `..` would be another endpoint. */
function pathSegment(id: string): string {
  if (id === "" || id === "." || id === "..") throw new FindAllError("invalid_id", "this cannot be the id of a run");
  return encodeURIComponent(toUSVString(id));
}

function readAnswer<T>({ body, contentType }: Answer, read: (body: Buffer) => T): T {
  try {
    return read(body);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // The engine's message quotes the body, which may echo the key: it is neither shown nor kept as the cause.
    const detail = `the answer is not complete JSON (${contentType}, ${body.byteLength} bytes)`;
    throw new FindAllError("unreadable", detail, { status: 200 });
  }
}

function parse(body: Buffer): unknown {
  return JSON.parse(new TextDecoder().decode(body));
}
