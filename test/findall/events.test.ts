import { readFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { applyEvents } from "../../src/domain/news.ts";
import type { NewsPatience } from "../../src/findall/events.ts";
import { clientOf, failureOf, KEY } from "./raw-server.ts";
import { ANYTHING, EXPECTED, frame, idsIn, newsOf, PATIENT, streaming, told } from "./stream-server.ts";

/** For streams that have to be left: short, beside a deadline that would fail the test. */
const brief = (given: Partial<NewsPatience>): NewsPatience => ({ ...PATIENT, ...given });
const two = frame(told("a")) + frame(told("b"));
const HEARTBEAT = frame({ type: "findall.status", event_id: "beat", data: { status: { status: "running" } } });
const ERROR = { type: "error", error: { ref_id: "r", message: `The run failed, ${KEY}.`, detail: null } };

describe("the request for what is new", () => {
  it("names the event to go on after, asks for a stream, and lets the server end it after a second", async () => {
    const client = await clientOf(streaming([two]), { patience: PATIENT });
    await client.getNews("run/1", "a b&c=d", ANYTHING);
    const [request] = client.requests;
    expect(request?.url).toBe("/v1beta/findall/runs/run%2F1/events?last_event_id=a%20b%26c%3Dd&timeout=1");
    expect(request?.headers).toMatchObject({ accept: "text/event-stream", "x-api-key": KEY });
  });
});

describe("what a stream tells", () => {
  it("is every documented event: how candidates were judged, what was looked up, what the run looks for", async () => {
    const documented = readFileSync(new URL("../fixtures/findall/sse-stream.txt", import.meta.url), "utf8");
    const news = await newsOf(streaming([documented]));
    const kinds = news.events.map((event) =>
      event.kind === "judged" ? `${event.candidate.matchStatus} ${event.candidate.name}` : event.kind,
    );
    const judged = ["matched Tern Robotics", "unmatched Kestrel Fuels", "discarded Plover Video"];
    expect(kinds).toEqual([...judged, "enriched", "respecified"]);
    expect(news.events[4]).toMatchObject({ spec: { matchLimit: 60, entityType: "companies" } });
    // The last one is an error, which says that there is more.
    expect(news).toMatchObject({ lastEventId: "642c94a12bcde", isCut: true, bytes: Buffer.byteLength(documented) });
  });

  it.each([
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["CR", "\r"],
  ])("does not depend on its line ends, which may be %s", async (_, lineEnd) => {
    const news = await newsOf(streaming([frame(told("a"), lineEnd), frame(told("b"), lineEnd)]));
    expect(idsIn(news)).toEqual(["a", "b"]);
    expect(news).toMatchObject({ lastEventId: "e-b", isCut: false });
  });

  it.each([
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["CR", "\r"],
  ])("is heard to its last event also when it stays open, with line ends that are %s", async (_, lineEnd) => {
    const answer = streaming([frame(told("a"), lineEnd), frame(told("b"), lineEnd)], "stays");
    const news = await newsOf(answer, { patience: brief({ idleMs: 200 }) });
    expect(idsIn(news)).toEqual(["a", "b"]);
    expect(news).toMatchObject({ lastEventId: "e-b", isCut: false });
  });

  it("may be cut in the middle of a character, at every single byte", async () => {
    const bytes = Buffer.from(frame(told("a", { name: "Gewächshäuser 東京 🌱" }), "\r\n"));
    const news = await newsOf(streaming([...bytes].map((byte) => Uint8Array.of(byte))));
    expect(news.events).toMatchObject([{ candidate: { name: "Gewächshäuser 東京 🌱" } }]);
    expect(news.isCut).toBe(false);
  });

  it("may put the JSON of an event on several lines, name its type in the frame alone, and give it an id there", async () => {
    const { type, ...rest } = told("a");
    const lines = JSON.stringify(rest, null, 1).split("\n");
    const text = `id: 7\nevent: ${type}\n${lines.map((line) => `data: ${line}\n`).join("")}\n`;
    expect(await newsOf(streaming([text]))).toMatchObject({ events: [{ kind: "judged" }], lastEventId: "e-a" });
  });

  it.each([
    ["comments", ": still here\n\n"],
    ["status events", HEARTBEAT],
    ["pings without data", "event: ping\ndata:\n\n"],
    ["settings of the stream", "retry: 10\n\nid: 9\n\n"],
    [
      "events of a type that is new to us",
      frame({ type: "findall.weather", event_id: "w", data: { candidate_id: "z" } }),
    ],
    ["JSON that is no event", "data: null\n\ndata: [1]\n\ndata: 7\n\n"],
    ["candidates that nobody has judged", frame({ ...told("z", {}, "generated"), event_id: "e-b" })],
  ])("has nothing to say of %s", async (_, noise) => {
    const news = await newsOf(streaming([noise, frame(told("a")), noise, frame(told("b")), noise]));
    expect(idsIn(news)).toEqual(["a", "b"]);
    expect(news).toMatchObject({ lastEventId: "e-b", isCut: false });
  });

  it("begins the next reading after an event that is kept, never after a heartbeat", async () => {
    expect(await newsOf(streaming([HEARTBEAT, HEARTBEAT]))).toMatchObject({ lastEventId: null, isCut: false });
    const untold = frame({ ...told("z", {}, "generated"), event_id: "kept" });
    expect(await newsOf(streaming([untold, HEARTBEAT]))).toMatchObject({ events: [], lastEventId: "kept" });
  });

  it("comes to one candidate when it is told twice, or begins with what is known", async () => {
    const twice = [told("a"), told("a"), told("b"), told("a"), told("b")].map((event) => frame(event));
    const { events } = await newsOf(streaming(twice));
    expect(applyEvents(new Map(), events).map(({ id }) => id)).toEqual(["a", "b"]);
  });
});

describe("a candidate in an event", () => {
  it.each([
    ["missing", {}],
    ["null", { match_status: null }],
    ["empty", { match_status: "" }],
  ])("is judged as the event's type says when its own status is %s", async (_, status) => {
    const { match_status: _status, ...data } = told("a").data;
    const news = await newsOf(streaming([frame({ ...told("a"), data: { ...data, ...status } })]));
    expect(news.events).toMatchObject([{ kind: "judged", candidate: { id: "a", matchStatus: "matched" } }]);
  });

  it("is read without name, link, evidence and anything else it may lack", async () => {
    const news = await newsOf(streaming([frame({ ...told("a"), data: { candidate_id: "a" } })]));
    expect(news.events).toEqual([
      {
        kind: "judged",
        candidate: {
          id: "a",
          name: "",
          url: "",
          description: "",
          matchStatus: "matched",
          conditions: [],
          enrichments: [],
        },
      },
    ]);
  });

  it.each([
    ["without its id, by which the result would show it again", { name: "Tern Robotics", match_status: "matched" }],
    ["that is null", null],
    ["that is a text", "Tern Robotics"],
  ])("%s is left to the result, and the reading goes on after it", async (_, data) => {
    const news = await newsOf(streaming([frame(told("a")), frame({ ...told("b"), data }), frame(told("c"))]));
    expect(idsIn(news)).toEqual(["a", "c"]);
    expect(news.lastEventId).toBe("e-c");
  });
});

describe("a stream that does not end well", () => {
  it.each([
    ["breaks in the middle of an event", [two, frame(told("c")).slice(0, 30)], "breaks"],
    ["breaks between two events", [two], "breaks"],
    ["ends in the middle of an event", [two, frame(told("c")).slice(0, -1)], "ends"],
    ["says that it failed", [two, frame(ERROR), frame(told("c"))], "ends"],
    ["has an event that is no JSON", [two, 'data: {"type":"findall\n\n', frame(told("c"))], "ends"],
  ] as const)("and %s is cut, and has told all that came whole", async (_, pieces, then) => {
    const news = await newsOf(streaming(pieces, then));
    expect(idsIn(news)).toEqual(["a", "b"]);
    expect(news).toMatchObject({ lastEventId: "e-b", isCut: true });
  });

  it.each([
    ["breaks before its first event", [HEARTBEAT, frame(told("a")).slice(0, 30)], "breaks", "network"],
    [
      "ends in its first event, although there is news",
      [HEARTBEAT, frame(told("a")).slice(0, 30)],
      "ends",
      "unreadable",
    ],
    ["says at once that it failed", [frame(ERROR), frame(told("a"))], "ends", "server"],
    ["says so by the frame alone", ['event: error\ndata: {"error":{}}\n\n'], "ends", "server"],
    ["begins with an event that is no JSON", ['data: {"type":\n\n', frame(told("a"))], "ends", "unreadable"],
  ] as const)("and %s tells nothing", async (_, pieces, then, code) => {
    const failure = await failureOf(newsOf(streaming(pieces, then), { wanted: EXPECTED }));
    expect(failure.code).toBe(code);
    expect(inspect(failure, { depth: 10, showHidden: true })).not.toContain(KEY);
  });

  it.each([
    ["404", 404, "not_found"],
    ["410", 410, "not_found"],
    ["401", 401, "unauthorized"],
    ["403", 403, "unauthorized"],
    ["422, as for an event that it does not know", 422, "invalid_id"],
    ["429", 429, "rate_limited"],
    ["500", 500, "server"],
    ["503", 503, "server"],
    ["a redirect", 302, "server"],
    ["nothing at all", 204, "server"],
  ] as const)("because the answer is %s says why", async (_, status, code) => {
    const answer: RequestListener = (_request, response) =>
      void response.writeHead(status, { "content-type": "text/event-stream", "retry-after": "7" }).end();
    expect(await failureOf(newsOf(answer))).toMatchObject({ code, status, retryAfterMs: 7_000 });
  });

  it.each(["application/json", "text/html; charset=utf-8", "text/plain; x=text/event-stream", ""])(
    "because the answer is %j is let go of unread",
    async (type) => {
      let dropped: Promise<unknown> = Promise.resolve();
      const answer: RequestListener = (request, response) => {
        dropped = new Promise((resolve) => response.once("close", resolve));
        streaming([two], "stays", { "content-type": type })(request, response);
      };
      expect((await failureOf(newsOf(answer))).code).toBe("unreadable");
      await dropped;
    },
  );
});
