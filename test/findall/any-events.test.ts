import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { News } from "../../src/domain/news.ts";
import { createFindAllClient, type FindAllClient } from "../../src/findall/client.ts";
import { FindAllError } from "../../src/findall/error.ts";
import { ANYTHING, frame, PATIENT, told } from "./stream-server.ts";

/** What the next reading is answered with, piece by piece. */
let pieces: readonly Uint8Array[] = [];
const server = createServer(async (_request, response) => {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const piece of pieces) {
    if (piece.length > 0) await new Promise<void>((resolve) => response.write(piece, () => resolve()));
    await turn();
  }
  response.end();
});
let client: FindAllClient;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = createFindAllClient({ baseUrl, apiKey: "k", timeoutMs: 5_000, maxResultBytes: 20_000, patience: PATIENT });
});
afterAll(async () => {
  await client.close();
  await new Promise((resolve) => server.close(resolve));
});

async function read(given: readonly Uint8Array[]): Promise<News> {
  pieces = given;
  return client.getNews("r", "e-0", ANYTHING);
}

function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const cuts = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((one, other) => one - other);
  return [0, ...cuts].map((from, index) => bytes.subarray(from, cuts[index] ?? bytes.length));
}

const text = fc.string({ unit: "grapheme", maxLength: 20 });
const id = fc.constantFrom("a", "b", "c");
const message = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ of: id, name: text, type: fc.constantFrom("matched", "unmatched", "enriched") }),
  },
  { weight: 1, arbitrary: fc.constantFrom(": beat", "event: ping\ndata:", "retry: 5", "nonsense") },
);
const lineEnd = fc.constantFrom("\n", "\r\n", "\r");
/** A stream of messages, and of those that tell something what they tell and where they end. */
const stream = fc.tuple(fc.array(message, { maxLength: 8 }), lineEnd).map(([messages, end]) => {
  let bytes = Buffer.alloc(0);
  const events: { readonly says: string; readonly end: number }[] = [];
  for (const each of messages) {
    const isNoise = typeof each === "string";
    const said = isNoise
      ? `${each.replaceAll("\n", end)}${end}${end}`
      : frame(told(each.of, { name: each.name, description: each.name }, each.type), end);
    bytes = Buffer.concat([bytes, Buffer.from(said)]);
    if (!isNoise) events.push({ says: `${each.of} ${each.name}`, end: bytes.length });
  }
  return { bytes, events, lineEnd: end };
});

const saidIn = ({ events }: News) =>
  events.map((event) => (event.kind === "respecified" ? "" : `${event.candidate.id} ${event.candidate.name}`));

test("however a stream is cut into pieces, the same events are read", async () => {
  await fc.assert(
    fc.asyncProperty(stream, fc.array(fc.nat(), { maxLength: 12 }), async ({ bytes, events }, places) => {
      const news = await read(cutAt(bytes, places));
      expect(saidIn(news)).toEqual(events.map(({ says }) => says));
      expect(news).toMatchObject({ isCut: false, bytes: bytes.length });
    }),
    { numRuns: 200 },
  );
});

test("wherever a stream stops, what came whole before is read, and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(stream, fc.nat(), async ({ bytes, events, lineEnd: end }, place) => {
      const length = place % (bytes.length + 1);
      // The first half of a last CRLF ends a line as well.
      const reach = bytes.toString("latin1", 0, length).endsWith("\n\r") && end === "\r\n" ? length + 1 : length;
      const news = await read([bytes.subarray(0, length)]);
      expect(saidIn(news)).toEqual(events.filter((event) => event.end <= reach).map(({ says }) => says));
    }),
    { numRuns: 200 },
  );
});

const anything = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  text.map((each) => Buffer.from(each)),
  fc
    .constantFrom(..."\n,\n\n,\r,\r\n,data:,data: ,event: error\n,{,},null,[],\u0000,\ufeff".split(","))
    .map((each) => Buffer.from(each)),
  fc.jsonValue({ noUnicodeString: false }).map((each) => Buffer.from(frame(each))),
  fc.jsonValue().map((each) => Buffer.from(frame({ type: "findall.candidate.matched", event_id: each, data: each }))),
  fc
    .record({ candidate_id: fc.jsonValue(), output: fc.jsonValue(), basis: fc.jsonValue(), name: fc.jsonValue() })
    .map((each) => Buffer.from(frame({ ...told("a"), data: each }))),
  fc
    .record({ objective: fc.jsonValue(), match_conditions: fc.jsonValue(), match_limit: fc.jsonValue() })
    .map((each) => Buffer.from(frame({ type: "findall.schema.updated", event_id: "s", data: each }))),
  fc.constant(Buffer.alloc(25_000, "x")),
  fc.constant(Buffer.from(`data: ${"[".repeat(9_000)}${"]".repeat(9_000)}\n\n`)),
);

test("any bytes at all are either whole events or a failure of Parallel", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anything, { maxLength: 6 }), async (given) => {
      const news = await read(given).catch((error: unknown) => {
        if (error instanceof FindAllError) return null;
        throw error;
      });
      for (const event of news?.events ?? []) expect(["judged", "enriched", "respecified"]).toContain(event.kind);
      expect(JSON.stringify(news)).not.toMatch(/\p{Surrogate}/u);
    }),
    { numRuns: 400 },
  );
});
