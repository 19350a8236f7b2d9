import { createParser, type EventSourceMessage } from "eventsource-parser";
import type { News, RunEvent } from "../domain/news.ts";
import { FindAllError } from "./error.ts";
import { cleanDetail } from "./error-answer.ts";
import { contentTypeOf, type Exchange, type OpenAnswer, tooLarge, withBody } from "./exchange.ts";
import { readEvent } from "./read-event.ts";

/** How long a stream is listened to that says nothing. In ms. */
export interface NewsPatience {
  /** Once the caller has enough: for what comes with it. */
  readonly enoughMs: number;
  /** Between two pieces. */
  readonly idleMs: number;
  /** For the first piece, when something is known to be new. */
  readonly firstMs: number;
  /** For all of it. */
  readonly allMs: number;
}

export const PATIENCE: NewsPatience = { enoughMs: 100, idleMs: 400, firstMs: 1_500, allMs: 5_000 };

export interface NewsWanted {
  /** Something is known to be new. */
  readonly isExpected: boolean;
  /** Told each event once; true when nothing more is known to be new. */
  readonly isEnough: (event: RunEvent) => boolean;
}

/** What has come of a stream so far. */
interface Heard {
  readonly events: RunEvent[];
  lastEventId: string | null;
  bytes: number;
  isEnough: boolean;
  /** Why nothing more is read although the stream goes on. */
  trouble: FindAllError | null;
}

const EVENT_STREAM = /^\s*text\/event-stream\b/i;

/**
 * Reads what a stream of events tells now, and leaves before it would have to wait for what happens next. What came whole
 * before the stream broke is kept.
 * @param exchange its deadline and limit of bytes end the reading, not what was read
 * @throws FindAllError when nothing could be read
 */
export async function readEvents(exchange: Exchange, wanted: NewsWanted, patience: NewsPatience): Promise<News> {
  return withBody(exchange, "text/event-stream", async (answer) => {
    const contentType = contentTypeOf(answer.headers, exchange);
    if (!EVENT_STREAM.test(contentType)) {
      answer.drop();
      throw new FindAllError("unreadable", `the answer is not a stream of events (${contentType})`, { status: 200 });
    }
    const heard: Heard = { events: [], lastEventId: null, bytes: 0, isEnough: false, trouble: null };
    const end = await listen(answer, exchange, wanted, patience, heard).catch((error: unknown) => {
      exchange.signal?.throwIfAborted();
      if (heard.lastEventId === null) throw error;
      return "cut" as const;
    });
    if (end === "cut" && heard.lastEventId === null && wanted.isExpected) {
      throw new FindAllError("unreadable", "the stream of events broke off in its first event", { status: 200 });
    }
    return { events: heard.events, lastEventId: heard.lastEventId, isCut: end === "cut", bytes: heard.bytes };
  });
}

async function listen(
  answer: OpenAnswer,
  exchange: Exchange,
  wanted: NewsWanted,
  patience: NewsPatience,
  heard: Heard,
): Promise<"whole" | "cut"> {
  const parser = createParser({
    maxBufferSize: exchange.maxBytes,
    onEvent: (message) => {
      if (heard.trouble === null) hear(message, exchange, wanted, heard);
    },
  });
  const body = answer.body();
  const decoder = new TextDecoder();
  let isOver = false;
  let tail = "";
  const leave = () => {
    isOver = true;
    body.destroy();
  };
  const { enoughMs, idleMs, firstMs } = patience;
  let timer = setTimeout(leave, wanted.isExpected ? firstMs : idleMs);
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      heard.bytes += chunk.byteLength;
      const text = decoder.decode(chunk, { stream: true });
      parser.feed(text);
      tail = (tail + text).slice(-4);
      if (heard.trouble) throw heard.trouble;
      if (heard.bytes > exchange.maxBytes) throw tooLarge(exchange.maxBytes);
      clearTimeout(timer);
      const isWaiting = wanted.isExpected && heard.lastEventId === null;
      timer = setTimeout(leave, heard.isEnough ? enoughMs : isWaiting ? firstMs : idleMs);
    }
  } catch (error) {
    // Leaving breaks the body off, which is no failure.
    if (!isOver) throw error;
  } finally {
    clearTimeout(timer);
    if (!body.destroyed) body.on("error", () => {}).destroy();
  }
  // The parser holds back a last CR, which may be half of a line's end; what ends here has no other half.
  if (tail.endsWith("\r")) parser.feed("\n");
  if (heard.trouble) throw heard.trouble;
  return /^$|\n\n$/.test(tail.replace(/\r\n?/g, "\n")) ? "whole" : "cut";
}

function hear(message: EventSourceMessage, exchange: Exchange, wanted: NewsWanted, heard: Heard): void {
  try {
    const told = readEvent(message);
    if (told.error !== null) {
      throw new FindAllError("server", cleanDetail(`the stream of events ended: ${told.error}`, exchange.apiKey));
    }
    if (told.event) {
      heard.events.push(told.event);
      heard.isEnough = wanted.isEnough(told.event);
    }
    heard.lastEventId = told.cursor ?? heard.lastEventId;
  } catch (error) {
    heard.trouble =
      error instanceof FindAllError
        ? error
        : new FindAllError("unreadable", "an event of the stream is not complete JSON", { status: 200 });
  }
}
