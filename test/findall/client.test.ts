import { inspect } from "node:util";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { Agent } from "undici";
import { describe, expect, test } from "vitest";
import { createFindAllClient } from "../../src/findall/client.ts";
import { fixtureText } from "./fixture.ts";
import { clientOf, failureOf, KEY } from "./raw-server.ts";

const RESULT = fixtureText("result-running-1");
const RUN = fixtureText("run-running");

test("a request carries the key, the beta header and the encodings it can read", async () => {
  const client = await clientOf((_request, response) => response.end(RUN));
  await client.getRun("findall_1");
  expect(client.requests[0]?.method).toBe("GET");
  expect(client.requests[0]?.url).toBe("/v1beta/findall/runs/findall_1");
  expect(client.requests[0]?.headers).toMatchObject({
    "x-api-key": KEY,
    "parallel-beta": "findall-2025-09-15",
    "accept-encoding": "gzip, br",
  });
});

test("the three reads ask for the three documented paths", async () => {
  const schema = JSON.stringify({ objective: "o", entity_type: "e", match_conditions: [] });
  const client = await clientOf((request, response) => {
    if (request.url?.endsWith("/schema")) response.end(schema);
    else response.end(request.url?.endsWith("/result") ? RESULT : RUN);
  });
  expect((await client.getRun("r")).id).toBe("r");
  expect((await client.getSnapshot("r")).candidates).toHaveLength(3);
  expect((await client.getSpec("r")).objective).toBe("o");
  const base = "/v1beta/findall/runs/r";
  expect(client.requests.map(({ url }) => url)).toEqual([base, `${base}/result`, `${base}/schema`]);
});

test("an id cannot leave its place in the path", async () => {
  const client = await clientOf((_request, response) => response.end(RUN));
  await client.getRun("../a/b?c#d\ud83d");
  expect(client.requests[0]?.url).toBe("/v1beta/findall/runs/..%2Fa%2Fb%3Fc%23d%EF%BF%BD");
});

test.each(["", ".", ".."])("the id %j is refused without a request", async (id) => {
  const client = await clientOf((_request, response) => response.end(RUN));
  expect((await failureOf(client.getRun(id))).code).toBe("invalid_id");
  expect(client.requests).toHaveLength(0);
});

test.each([
  ["identity", Buffer.from(RESULT)],
  ["gzip", gzipSync(RESULT)],
  ["br", brotliCompressSync(RESULT)],
])("a body in %s is decoded, and its decoded size is told", async (encoding, body) => {
  const client = await clientOf((_request, response) => {
    response.writeHead(200, { "content-encoding": encoding }).end(body);
  });
  const snapshot = await client.getSnapshot("r");
  expect(snapshot.candidates).toHaveLength(3);
  expect(snapshot.bytes).toBe(Buffer.byteLength(RESULT));
});

test("a byte order mark and broken UTF-8 do not hide a result", async () => {
  const body = Buffer.concat([Buffer.from("\ufeff"), Buffer.from(RESULT.replace("Tern", "T?rn"))]);
  body[body.indexOf("T?rn") + 1] = 0xff;
  const client = await clientOf((_request, response) => response.end(body));
  expect((await client.getSnapshot("r")).candidates[0]?.name).toBe("T\ufffdrn Robotics");
});

test("an encoding nobody asked for is unreadable", async () => {
  const client = await clientOf((_request, response) => {
    response.writeHead(200, { "content-encoding": "deflate" }).end(deflateSync(RESULT));
  });
  expect((await failureOf(client.getSnapshot("r"))).code).toBe("unreadable");
});

test.each([
  ["stops in the middle", gzipSync(RESULT).subarray(0, 200)],
  ["is not compressed at all", Buffer.from(RESULT)],
])("a compressed body that %s is unreadable", async (_what, body) => {
  const client = await clientOf((_request, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end(body);
  });
  expect(await failureOf(client.getSnapshot("r"))).toMatchObject({ code: "unreadable", status: 200 });
});

test("a body over the limit is refused by its announced size, before it is read", async () => {
  const client = await clientOf((_request, response) => {
    response.writeHead(200, { "content-length": 2_000_000 }).write("{");
  });
  expect((await failureOf(client.getSnapshot("r"))).code).toBe("too_large");
});

test("a body over the limit is refused while it comes, when its size was not announced", async () => {
  const client = await clientOf((_request, response) => {
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(65_536)));
    };
    response.on("drain", more);
    more();
  });
  expect((await failureOf(client.getSnapshot("r"))).code).toBe("too_large");
});

test.each([
  ["gzip", gzipSync(Buffer.alloc(50_000_000, "x"))],
  ["br", brotliCompressSync(Buffer.alloc(50_000_000, "x"))],
])("a few kilobytes of %s that unpack to 50 MB are refused", async (encoding, body) => {
  const client = await clientOf((_request, response) => {
    response.writeHead(200, { "content-encoding": encoding }).end(body);
  });
  expect((await failureOf(client.getSnapshot("r"))).code).toBe("too_large");
});

test("a body of exactly the limit is read", async () => {
  const client = await clientOf((_request, response) => response.end(RESULT), {
    maxResultBytes: Buffer.byteLength(RESULT),
  });
  expect((await client.getSnapshot("r")).candidates).toHaveLength(3);
});

describe("a body of more than 8 MB", () => {
  const large = `${RESULT.trimEnd().slice(0, -1)},"padding":"${"x".repeat(9_000_000)}"}`;
  const answering = (body: string, timeoutMs = 5_000) =>
    clientOf((_request, response) => response.end(body), { maxResultBytes: 20_000_000, timeoutMs });

  test("is read to its end once there is room, asked for a single time", async () => {
    const client = await answering(large);
    let asked = 0;
    const onLarge = async () => {
      asked += 1;
    };
    expect((await client.getSnapshot("r", { onLarge })).candidates).toHaveLength(3);
    expect(asked).toBe(1);
  });

  test("waits for room no longer than the deadline", async () => {
    const client = await answering(large, 200);
    const onLarge = (signal: AbortSignal) =>
      new Promise<void>((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    expect((await failureOf(client.getSnapshot("r", { onLarge }))).code).toBe("timeout");
  });

  test("is the only one that waits", async () => {
    const client = await answering(RESULT);
    const onLarge = () => Promise.reject(new Error("asked for a small one"));
    expect((await client.getSnapshot("r", { onLarge })).candidates).toHaveLength(3);
  });
});

test("the deadline ends a body that drips for ever", async () => {
  const client = await clientOf(
    (_request, response) => {
      const timer = setInterval(() => response.write(" "), 10);
      response.on("close", () => clearInterval(timer));
    },
    { timeoutMs: 100 },
  );
  expect((await failureOf(client.getRun("r"))).code).toBe("timeout");
});

test("an error whose body never ends is known by its status", async () => {
  const client = await clientOf((_request, response) => response.writeHead(401).write('{"error":'), { timeoutMs: 100 });
  expect(await failureOf(client.getRun("r"))).toMatchObject({ code: "unauthorized", status: 401 });
});

test("an error with an endless page is cut, not refused", async () => {
  const client = await clientOf((_request, response) => {
    response.writeHead(503, { "retry-after": "2" }).end(`<title>Down</title>${"x".repeat(500_000)}`);
  });
  expect(await failureOf(client.getRun("r"))).toMatchObject({ code: "server", detail: "Down", retryAfterMs: 2000 });
});

test("a redirect is not followed, so that the key goes nowhere else", async () => {
  const client = await clientOf((_request, response) => {
    response.writeHead(302, { location: "https://login.example/" }).end();
  });
  expect(await failureOf(client.getRun("r"))).toMatchObject({ code: "server", status: 302 });
  expect(client.requests).toHaveLength(1);
});

test.each([
  ["an error body", 401, JSON.stringify({ error: { message: `no: ${KEY}`, ref_id: KEY } })],
  ["an error page", 502, `<title>${KEY}</title>`],
  ["a success that is no JSON", 200, `key=${KEY}`],
])("a key that is echoed in %s is in no part of the error", async (_where, status, body) => {
  const client = await clientOf((_request, response) => {
    response.writeHead(status, { "content-type": `text/${KEY}`, "x-echo": KEY }).end(body);
  });
  const error = await failureOf(client.getRun("r"));
  expect(inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error)).not.toContain(KEY);
});

test("a host that refuses connections is a network failure", async () => {
  const client = await clientOf(() => {}, { baseUrl: "http://127.0.0.1:1" });
  const error = await failureOf(client.getRun("r"));
  expect(error).toMatchObject({ code: "network", status: null, detail: expect.stringContaining("ECONNREFUSED") });
  expect(error.cause).toBeInstanceOf(Error);
});

test("an abort ends a call under way with the caller's own reason", async () => {
  const controller = new AbortController();
  const client = await clientOf(() => controller.abort(new Error("shutting down")));
  await expect(client.getRun("r", { signal: controller.signal })).rejects.toThrow("shutting down");
});

test("an abort ends a call whose body has begun", async () => {
  const controller = new AbortController();
  const client = await clientOf((_request, response) => {
    response.writeHead(200).write("{", () => controller.abort(new Error("shutting down")));
  });
  await expect(client.getSnapshot("r", { signal: controller.signal })).rejects.toThrow("shutting down");
});

test("a call with an aborted signal makes no request", async () => {
  const client = await clientOf((_request, response) => response.end(RUN));
  await expect(client.getRun("r", { signal: AbortSignal.abort(new Error("over")) })).rejects.toThrow("over");
  expect(client.requests).toHaveLength(0);
});

test("a finished call leaves nothing behind on a signal that lives on", async () => {
  const { signal } = new AbortController();
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners += 1;
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners -= 1;
    remove(...args);
  };
  const client = await clientOf((_request, response) => response.end(RUN));
  await client.getRun("r", { signal });
  expect(listeners).toBe(0);
});

test("connections are kept for the next call", async () => {
  const client = await clientOf((_request, response) => response.end(RUN));
  for (let call = 0; call < 10; call += 1) await client.getRun("r");
  // Two, since a body can be read whole a moment before its connection is free again.
  expect(new Set(client.requests.map(({ socket }) => socket.remotePort)).size).toBeLessThanOrEqual(2);
});

test("a dispatcher that was given is used and not closed", async () => {
  const agent = new Agent();
  const server = await clientOf((_request, response) => response.end(RUN), { dispatcher: agent });
  await server.getRun("r");
  await server.close();
  expect(agent.closed).toBe(false);
  expect((await server.getRun("r")).status).toBe("running");
  await agent.close();
});

test("a base URL may end in slashes and have a path", async () => {
  const paths: string[] = [];
  const server = await clientOf((request, response) => {
    paths.push(request.url ?? "");
    response.end(RUN);
  });
  await server.getRun("r");
  const host = server.requests[0]?.headers.host;
  const client = createFindAllClient({
    baseUrl: `http://${host}/proxy//`,
    apiKey: KEY,
    timeoutMs: 5000,
    maxResultBytes: 1e6,
  });
  await client.getRun("r");
  await client.close();
  expect(paths[1]).toBe("/proxy/v1beta/findall/runs/r");
});

test("3,000 candidates of 12 kB each are read whole", async () => {
  const text = (length: number) => "Ein Satz über “Gewächshäuser”. ".repeat(length / 30).slice(0, length);
  const fields = ["a_check", "b_check", "c_check", "d_check"];
  const citations = [1, 2, 3].map((page) => ({
    url: `https://${page}.example`,
    title: "T",
    excerpts: [text(300), text(300)],
  }));
  const candidates = Array.from({ length: 3000 }, (_, index) => ({
    candidate_id: `candidate_${index}`,
    name: `Company ${index}`,
    match_status: "matched",
    output: Object.fromEntries(
      fields.map((field) => [field, { value: "yes", type: "match_condition", is_matched: true }]),
    ),
    basis: fields.map((field) => ({ field, reasoning: text(900), citations })),
  }));
  const body = gzipSync(JSON.stringify({ run: { status: { status: "running", is_active: true } }, candidates }), {
    level: 1,
  });
  const client = await clientOf(
    (_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(body);
    },
    { maxResultBytes: 67_108_864, timeoutMs: 30_000 },
  );
  const snapshot = await client.getSnapshot("r");
  expect(snapshot.bytes).toBeGreaterThan(34_000_000);
  expect(snapshot.candidates).toHaveLength(3000);
  expect(snapshot.candidates.every(({ conditions }) => conditions.length === 4)).toBe(true);
  expect(snapshot.candidates[2999]?.conditions[3]?.basis?.citations[2]?.excerpts[1]).toHaveLength(300);
}, 30_000);
