import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { brotliCompressSync, constants, createGzip, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { NewsPatience } from "../../src/findall/events.ts";
import { failureOf } from "./raw-server.ts";
import { EXPECTED, frame, idsIn, newsOf, PATIENT, streaming, told } from "./stream-server.ts";

/* How long a stream is listened to, and how much of it is taken. What must not be waited out is 5 to 10 seconds long, and a
   call that takes so long fails its test. */

const TIMEOUT_MS = 4_000;
const impatient = (given: Partial<NewsPatience>): NewsPatience => ({ ...PATIENT, ...given });
const two = frame(told("a")) + frame(told("b"));
const HEARTBEAT = frame({ type: "findall.status", event_id: "beat", data: {} });

/** As `answer`, and tells when its connection is closed. */
function watched(answer: RequestListener) {
  let response: ServerResponse | null = null;
  let close = () => {};
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  });
  const listener: RequestListener = (request: IncomingMessage, given: ServerResponse) => {
    response = given;
    given.once("close", close);
    answer(request, given);
  };
  return { listener, closed, response: () => response };
}

describe("a stream that says no more", { timeout: TIMEOUT_MS }, () => {
  it("is left, and its connection closed, once it has been quiet for a moment; it was told whole", async () => {
    const stream = watched(streaming([two], "stays"));
    const news = await newsOf(stream.listener, { patience: impatient({ idleMs: 100 }) });
    expect(idsIn(news)).toEqual(["a", "b"]);
    expect(news).toMatchObject({ lastEventId: "e-b", isCut: false });
    await stream.closed;
  });

  it("is cut when it falls silent in the middle of an event", async () => {
    const answer = streaming([two, frame(told("c")).slice(0, 30)], "stays");
    const news = await newsOf(answer, { patience: impatient({ idleMs: 100 }) });
    expect(idsIn(news)).toEqual(["a", "b"]);
    expect(news).toMatchObject({ lastEventId: "e-b", isCut: true });
  });

  it.each([
    ["has nothing", []],
    ["only lives", [HEARTBEAT, ": still here\n\n"]],
  ])("has no news when it %s, and is not waited for when none is expected", async (_, pieces) => {
    const news = await newsOf(streaming(pieces, "stays"), { patience: impatient({ idleMs: 50 }) });
    expect(news).toMatchObject({ events: [], lastEventId: null, isCut: false });
  });

  it("is waited for longer when something is known to be new, also between heartbeats, but not for ever", async () => {
    const patience = impatient({ idleMs: 1, firstMs: 200 });
    const quiet = await newsOf(streaming([HEARTBEAT], "stays"), { wanted: EXPECTED, patience });
    expect(quiet).toMatchObject({ events: [], lastEventId: null, isCut: false });
    const late = streaming([HEARTBEAT, HEARTBEAT, frame(told("a"))], "stays");
    expect(idsIn(await newsOf(late, { wanted: EXPECTED, patience: impatient({ idleMs: 100 }) }))).toEqual(["a"]);
  });

  it("is left soon after all that is known to be new was told, with what came along", async () => {
    const stream = watched(streaming([frame(told("a")), frame(told("b")), frame(told("c"))], "stays"));
    const heard: string[] = [];
    const news = await newsOf(stream.listener, {
      wanted: {
        isExpected: true,
        isEnough: (event) => {
          if (event.kind !== "respecified") heard.push(event.candidate.id);
          return heard.includes("b");
        },
      },
      patience: impatient({ enoughMs: 400 }),
    });
    expect([heard, idsIn(news)]).toEqual([
      ["a", "b", "c"],
      ["a", "b", "c"],
    ]);
    await stream.closed;
  });
});

describe("the deadline of a reading", { timeout: TIMEOUT_MS }, () => {
  it("ends one whose headers never come", async () => {
    const stream = watched(() => {});
    const failure = await failureOf(newsOf(stream.listener, { patience: impatient({ allMs: 150 }) }));
    expect(failure.code).toBe("timeout");
    await stream.closed;
  });

  /** Says something all the time. */
  const chatting =
    (first: string): RequestListener =>
    (_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).write(first);
      const timer = setInterval(() => response.write(HEARTBEAT), 10);
      response.once("close", () => clearInterval(timer));
    };

  it("ends one that is never quiet, and what it told is kept", async () => {
    const stream = watched(chatting(two));
    const news = await newsOf(stream.listener, { patience: impatient({ allMs: 700 }) });
    expect(idsIn(news)).toEqual(["a", "b"]);
    expect(news).toMatchObject({ lastEventId: "e-b", isCut: true });
    await stream.closed;
  });

  it("ends one that is never quiet and has nothing to say", async () => {
    const failure = await failureOf(newsOf(chatting(HEARTBEAT), { patience: impatient({ allMs: 200 }) }));
    expect(failure.code).toBe("timeout");
  });

  it("is that of every call when that is shorter", async () => {
    expect((await failureOf(newsOf(() => {}, { timeoutMs: 150 }))).code).toBe("timeout");
  });
});

describe("a shutdown", { timeout: TIMEOUT_MS }, () => {
  it.each([
    ["before the headers", null],
    ["before the first event", []],
    ["after some events", [two]],
  ])("ends a reading %s with its own reason, and closes the connection", async (_, pieces) => {
    const shutdown = new AbortController();
    const stream = watched(async (request, response) => {
      if (pieces !== null) await streaming(pieces, "stays")(request, response);
      setTimeout(() => shutdown.abort(new Error("shutting down")), 50);
    });
    const reading = newsOf(stream.listener, { signal: shutdown.signal });
    await expect(reading).rejects.toThrow("shutting down");
    await stream.closed;
  });
});

describe("the size of what is read", { timeout: TIMEOUT_MS }, () => {
  const large = (id: string) => frame(told(id, { description: "x".repeat(1_000) }));

  it("is bounded: what came before is kept, and the rest is for the next time", async () => {
    const stream = watched(streaming([large("a"), large("b"), large("c"), large("d")], "stays"));
    const news = await newsOf(stream.listener, { maxResultBytes: 3_000 });
    expect(idsIn(news).slice(0, 2)).toEqual(["a", "b"]);
    expect(news.isCut).toBe(true);
    expect(news.lastEventId).toBe(`e-${idsIn(news).at(-1)}`);
    await stream.closed;
  });

  it.each([
    ["", ""],
    ["in a single line that has no end", "\n"],
  ])("is refused when one event alone is too large %s", async (_, lineEnd) => {
    const answer: RequestListener = (_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const more = () => {
        while (!response.destroyed && response.write(`data: ${"x".repeat(20_000)}${lineEnd}`));
      };
      response.on("drain", more);
      more();
    };
    expect((await failureOf(newsOf(answer, { maxResultBytes: 100_000 }))).code).toBe("too_large");
  });

  it("is what it unpacks to", async () => {
    const bomb = gzipSync(`: ${"x".repeat(50_000_000)}\n\n${two}`);
    const answer = streaming([bomb], "ends", { "content-encoding": "gzip" });
    expect((await failureOf(newsOf(answer))).code).toBe("too_large");
  });
});

describe("a compressed stream", { timeout: TIMEOUT_MS }, () => {
  it.each([
    ["gzip", gzipSync(two)],
    ["br", brotliCompressSync(two)],
  ])("in %s is read, and its unpacked size is told", async (encoding, bytes) => {
    const news = await newsOf(streaming([bytes], "ends", { "content-encoding": encoding }));
    expect(idsIn(news)).toEqual(["a", "b"]);
    expect(news).toMatchObject({ bytes: two.length, isCut: false });
  });

  it("is heard event by event while it stays open", async () => {
    const zip = createGzip();
    const stream = watched((_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream", "content-encoding": "gzip" });
      zip.pipe(response);
      zip.write(two);
      zip.flush(constants.Z_SYNC_FLUSH);
    });
    const news = await newsOf(stream.listener, { patience: impatient({ idleMs: 200 }) });
    expect(idsIn(news)).toEqual(["a", "b"]);
    await stream.closed;
  });

  it.each(["breaks", "ends"])("that %s in the middle has told what came whole", async (end) => {
    const ids = Array.from({ length: 200 }, (_, index) => `c${index}`);
    const bytes = gzipSync(ids.map((id, index) => frame(told(id, { noise: Math.sin(index) }))).join(""));
    let isHeard = () => {};
    const heard = new Promise<void>((resolve) => {
      isHeard = resolve;
    });
    const answer: RequestListener = async (_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream", "content-encoding": "gzip" });
      response.write(bytes.subarray(0, bytes.length / 2));
      // What has not been unpacked when a connection breaks is lost with it.
      await heard;
      if (end === "breaks") response.destroy();
      else response.end();
    };
    const isEnough = () => {
      isHeard();
      return false;
    };
    const news = await newsOf(answer, { wanted: { isExpected: true, isEnough } });
    const whole = idsIn(news);
    expect(whole.length).toBeGreaterThan(10);
    expect(whole).toEqual(ids.slice(0, whole.length));
    expect(news).toMatchObject({ isCut: true, lastEventId: `e-${whole.at(-1)}` });
  });

  it.each([
    ["is not what it says it is", "gzip", Buffer.from(two)],
    ["is packed in a way that we did not ask for", "deflate", deflateSync(two)],
  ])("that %s is unreadable", async (_, encoding, bytes) => {
    const answer = streaming([bytes], "ends", { "content-encoding": encoding });
    expect((await failureOf(newsOf(answer))).code).toBe("unreadable");
  });
});
