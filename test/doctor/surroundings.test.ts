import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { textOf } from "../../src/doctor/report.ts";
import { startTestWorld } from "../support/world.ts";
import { type Clinic, freePort, linesOf, onlyFailure, openClinic } from "./support/clinic.ts";

let clinic: Clinic;
const servers: Server[] = [];
beforeEach(async () => {
  clinic = await openClinic();
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  await clinic[Symbol.asyncDispose]();
});

async function listen(listener: RequestListener, host?: string): Promise<{ port: number; server: Server }> {
  const server = createServer(listener).listen(0, host);
  servers.push(server);
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, server };
}

describe("Parallel", () => {
  it("accepts the key without a run being followed, made or counted", async () => {
    const asked = clinic.findall.stats.next();
    const report = await clinic.examine();
    expect(linesOf(report, "ok", "Parallel")).toEqual(["Parallel: key accepted"]);
    expect(await asked).toMatchObject({ path: "run", status: 404 });
    expect(clinic.findall.stats.requests()).toBe(1);
  });

  it("that refuses the key fails with where to get one", async () => {
    const report = await clinic.examine({ PARALLEL_API_KEY: "topsecret-key" });
    expect(onlyFailure(report)).toContain("Parallel: the key is refused (401) → copy the API key");
    expect(textOf(report)).not.toContain("topsecret");
  });

  it("that is down fails, with the reason", async () => {
    const host = `127.0.0.1:${await freePort()}`;
    const failure = onlyFailure(await clinic.examine({ PARALLEL_BASE_URL: `http://${host}` }));
    expect(failure).toContain(`Parallel: ${host} cannot be asked: the connection is refused (ECONNREFUSED) → check`);
  });

  it.each([
    [{ kind: "status", status: 403 }, "fail", "the key is refused (403)"],
    [{ kind: "status", status: 402 }, "warn", "no credit left"],
    [{ kind: "status", status: 422 }, "warn", "not in a way that tells"],
    [{ kind: "status", status: 429 }, "warn", "takes no more calls for now"],
    [{ kind: "status", status: 500 }, "fail", "answered 500"],
    [{ kind: "html", status: 404 }, "fail", "is not the FindAll API → check PARALLEL_BASE_URL"],
    [{ kind: "status", status: 404, body: { detail: "Not Found" } }, "fail", "is not the FindAll API"],
    [{ kind: "not_json" }, "fail", "is not the FindAll API"],
    [{ kind: "reset" }, "fail", "the connection was cut"],
  ] as const)("that answers with %j is told as %s", async (fault, level, words) => {
    clinic.findall.faults.add(fault);
    const report = await clinic.examine();
    expect(linesOf(report, level, "Parallel")[0]).toContain(words);
    expect(report.exitCode).toBe(level === "fail" ? 1 : 0);
  });

  it("that never answers is given up on", async () => {
    clinic.findall.faults.add({ kind: "hang" });
    expect(onlyFailure(await clinic.examine({}, { limitMs: 1_000 }))).toContain("no answer in time");
  });
});

describe("the clock", () => {
  it.each([
    [0, "ok", "agrees with Slack and Parallel"],
    [3_000, "ok", "agrees"],
    [30_000, "warn", "s ahead of"],
    [-30_000, "warn", "s behind"],
    [-90_000, "fail", "cards show wrong times, and from 5 minutes on Slack's signatures are refused"],
    [2 * 3_600_000, "fail", "120 minutes ahead of"],
  ] as const)("that is %i ms off is %s", async (off, level, words) => {
    const report = await clinic.examine({}, { now: () => Date.now() + off });
    const [line] = linesOf(report, level, "clock");
    expect(line).toContain(words);
    if (level !== "ok") expect(line).toContain(" → set the clock of this machine by NTP");
    expect(report.exitCode).toBe(level === "fail" ? 1 : 0);
  });

  it("cannot be judged when nothing answers", async () => {
    const away = { SLACK_API_URL: "http://127.0.0.1:1/api", PARALLEL_BASE_URL: "http://127.0.0.1:1" };
    expect(linesOf(await clinic.examine(away), "warn", "clock")[0]).toContain("nothing answered with a date");
  });

  it("is judged by the answer it agrees with: an old one may come from a cache", async () => {
    const { port } = await listen((_, response) => {
      response.setHeader("date", "Sat, 01 Jan 2022 00:00:00 GMT");
      response.writeHead(404, { "content-type": "application/json" });
      response.end('{"error":{"message":"not found"}}');
    });
    const report = await clinic.examine({ PARALLEL_BASE_URL: `http://127.0.0.1:${port}` });
    expect(linesOf(report, "ok", "clock")).toHaveLength(1);
  });
});

describe("the port", () => {
  it("is free before the service starts, and stays free", async () => {
    const { PORT } = clinic.environment;
    expect(linesOf(await clinic.examine(), "ok", "port")).toEqual([
      `port: ${PORT} is free: the service does not run here yet`,
    ]);
    const server = createTcpServer().listen(Number(PORT));
    await once(server, "listening");
    server.close();
  });

  it("in use by something else fails, whatever that is", async () => {
    const { port: web } = await listen((_, response) => response.end("hello"));
    const { port: lookalike } = await listen((_, response) => response.end("alive\n"));
    const mute = createTcpServer((socket) => socket.on("error", () => {}).end("220 mail\r\n")).listen(0, "127.0.0.1");
    await once(mute, "listening");
    for (const port of [web, lookalike, (mute.address() as AddressInfo).port]) {
      const failure = onlyFailure(await clinic.examine({ PORT: String(port) }));
      expect(failure).toContain(`port: ${port} is taken by something that is not this service → end it`);
    }
    mute.close();
  });

  it("of zero is a warning", async () => {
    expect(linesOf(await clinic.examine({ PORT: "0" }), "warn", "port")[0]).toContain("another one at every start");
  });

  it("is answered by the service once it runs, with what it says of itself", async () => {
    await using world = await startTestWorld();
    const { slack, findall, redis } = world;
    const environment = {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      PARALLEL_API_KEY: findall.apiKey,
      PARALLEL_BASE_URL: findall.baseUrl,
      PORT: String(world.service().port),
    };
    const good = await clinic.examine(environment);
    expect(linesOf(good, "ok", "port")[0]).toContain("the service runs here");
    expect(linesOf(good, "ok", "service")).toEqual(["service: /readyz: everything ok"]);
    expect(good.exitCode).toBe(0);
    expect(slack.connections()).toBe(1);
    expect(redis.url).toBeTruthy();
  });

  it("tells of a service that is not ready, or not well", async () => {
    const ready = {
      status: "down",
      checks: {
        redis: { status: "ok", detail: "Redis 7 answers" },
        slack: { status: "down", detail: "Slack has not accepted the bot token yet" },
        parallel: { status: "degraded", detail: "Parallel fails, first 9 s ago" },
      },
    };
    const { port } = await listen((request, response) => {
      if (request.url === "/livez") response.end("alive\n");
      else response.writeHead(503, { "content-type": "application/json" }).end(JSON.stringify(ready));
    });
    const report = await clinic.examine({ PORT: String(port) });
    expect(onlyFailure(report)).toContain("service: /readyz, slack: Slack has not accepted the bot token yet");
    expect(linesOf(report, "warn", "service")[0]).toContain("/readyz, parallel: Parallel fails");
  });
});

describe("a proxy", () => {
  /** Tunnels to loopback, for those who have the right words. */
  async function startProxy(words?: string): Promise<string> {
    const { port, server } = await listen((_, response) => response.writeHead(405).end(), "127.0.0.1");
    server.on("connect", (request, socket, head) => {
      const expected = words && `Basic ${Buffer.from(words).toString("base64")}`;
      if (expected && request.headers["proxy-authorization"] !== expected) {
        socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
        return;
      }
      const [host, to] = (request.url ?? "").split(":");
      const upstream = connect(Number(to), host, () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        upstream.write(head);
        upstream.pipe(socket).pipe(upstream);
      });
      for (const end of [upstream, socket]) {
        end.on("error", () => {
          upstream.destroy();
          socket.destroy();
        });
      }
    });
    return `127.0.0.1:${port}`;
  }

  it("that is not set is told as such", async () => {
    expect(linesOf(await clinic.examine(), "ok", "proxy")).toEqual([
      "proxy: none is set: both APIs are reached directly",
    ]);
    const report = await clinic.examine({ ALL_PROXY: "http://127.0.0.1:1" });
    expect(linesOf(report, "warn", "proxy")[0]).toContain("ALL_PROXY is not read → set HTTPS_PROXY");
  });

  it.each(["HTTPS_PROXY", "HTTP_PROXY", "http_proxy"])("in %s that is no address is not told as none", async (name) => {
    const report = await clinic.examine({ [name]: "nonsense" });
    expect(onlyFailure(report)).toContain("must be an http(s) URL");
    expect(textOf(report)).not.toContain("none is set");
  });

  it("that lets us through is ok, by the name it was set with, and both APIs are asked through it", async () => {
    const proxy = await startProxy("me:top/secret4");
    const report = await clinic.examine({
      https_proxy: `http://me:top%2Fsecret4@${proxy}`,
      HTTP_PROXY: `http://me:top%2Fsecret4@${proxy}`,
    });
    expect(linesOf(report, "ok", "proxy")).toEqual([
      `proxy: https_proxy (${proxy}) answers and lets us through to ${new URL(clinic.slack.url).host}`,
    ]);
    expect(linesOf(report, "fail")).toEqual([]);
    expect(textOf(report)).not.toContain("secret4");
  });

  it("that is dead fails, and shows what cannot be reached through it", async () => {
    const port = await freePort();
    const report = await clinic.examine({ HTTP_PROXY: `http://me:topsecret5@127.0.0.1:${port}` });
    expect(linesOf(report, "fail", "proxy")[0]).toContain(
      `HTTP_PROXY (127.0.0.1:${port}) does not answer: the connection is refused (ECONNREFUSED) → start the proxy`,
    );
    for (const subject of ["bot token", "Socket Mode", "Parallel"]) {
      expect(linesOf(report, "fail", subject)[0]).toContain("cannot be asked");
    }
    expect(textOf(report)).not.toContain("topsecret5");
    expect(report.exitCode).toBe(1);
  });

  it("that wants other words fails with how to give them", async () => {
    const proxy = await startProxy("me:right");
    const report = await clinic.examine({ HTTP_PROXY: `http://${proxy}` });
    expect(linesOf(report, "fail", "proxy")[0]).toContain("wants a user and a password (407) → HTTP_PROXY=http://user");
  });

  it("that opens no tunnels is a warning, since NO_PROXY may name the APIs", async () => {
    const { port } = await listen((_, response) => response.end(), "127.0.0.1");
    servers.at(-1)?.on("connect", (_, socket) => socket.end("HTTP/1.1 403 Forbidden\r\n\r\n"));
    const report = await clinic.examine({ HTTP_PROXY: `http://127.0.0.1:${port}`, NO_PROXY: "127.0.0.1" });
    expect(linesOf(report, "warn", "proxy")[0]).toContain("answers 403 when asked for");
    expect(report.exitCode).toBe(0);
  });
});
