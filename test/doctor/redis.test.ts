import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { redisFindings } from "../../src/doctor/redis.ts";
import { textOf } from "../../src/doctor/report.ts";
import { startEmbeddedRedis } from "../../src/store/embedded-redis.ts";
import { hasRedisServer, type RedisProcess, startRedisProcess } from "../support/redis-process.ts";
import { type Clinic, linesOf, onlyFailure, openClinic } from "./support/clinic.ts";

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic[Symbol.asyncDispose]());

// Needs a redis-server on the PATH: the in-process one has no persistence, no eviction and no passwords.
describe.skipIf(!hasRedisServer)("a Redis", () => {
  let server: RedisProcess;
  let admin: Redis;
  beforeAll(async () => {
    server = await startRedisProcess();
    admin = new Redis(server.url);
  });
  afterEach(async () => {
    await admin.config("SET", "maxmemory", "0", "maxmemory-policy", "noeviction", "appendonly", "yes", "save", "");
  });
  afterAll(async () => {
    admin.disconnect();
    await server.close();
  });
  const examine = (changes: Record<string, string> = {}) => clinic.examine({ REDIS_URL: server.url, ...changes });

  it("that is set up as it should be is ok in every line, as is all of a good deployment", async () => {
    const report = await examine();
    expect(textOf(report)).not.toMatch(/^(warn|fail)/m);
    expect(report).toMatchObject({ status: "ok", exitCode: 0 });
    const lines = linesOf(report, "ok", "Redis");
    expect(lines[0]).toMatch(/^Redis: 127\.0\.0\.1:\d+ answers in [\d.]+ ms; a key was written and read$/);
    expect(lines[1]).toMatch(/^Redis: version \d/);
    expect(lines.slice(2, 4)).toEqual([
      "Redis: maxmemory-policy noeviction",
      "Redis: AOF on: a restart keeps everything",
    ]);
    expect(lines[4]).toMatch(/^Redis: [\d.]+ MB of memory used, no limit set$/);
  });

  it("is left as it was", async () => {
    await admin.set("somebody's", "1");
    await examine();
    expect(await admin.keys("*")).toEqual(["somebody's"]);
  });

  it("that may evict fails", async () => {
    await admin.config("SET", "maxmemory", "100mb", "maxmemory-policy", "allkeys-lru");
    expect(onlyFailure(await examine())).toMatch(
      /^Redis: maxmemory-policy allkeys-lru: it throws watches away .* → CONFIG SET maxmemory-policy noeviction/,
    );
  });

  it("whose policy would evict if it had a limit is a warning", async () => {
    await admin.config("SET", "maxmemory-policy", "volatile-ttl");
    const report = await examine();
    expect(linesOf(report, "warn", "Redis")[0]).toContain("maxmemory-policy volatile-ttl: it would throw watches away");
    expect(report.exitCode).toBe(0);
  });

  it("that keeps nothing on disk, or snapshots alone, is a warning that says what a restart costs", async () => {
    await admin.config("SET", "appendonly", "no");
    const none = await examine();
    expect(linesOf(none, "warn", "Redis")).toEqual([
      expect.stringMatching(/keeps nothing on disk: its restart forgets all watches → CONFIG SET appendonly yes/),
    ]);
    expect(none.exitCode).toBe(0);
    await admin.config("SET", "save", "3600 1");
    expect(linesOf(await examine(), "warn", "Redis")[0]).toContain("snapshots alone (save 3600 1)");
  });

  it("whose memory is nearly full is a warning, and one that is full fails", async () => {
    const used = Number(/used_memory:(\d+)/.exec(await admin.info("memory"))?.[1]);
    await admin.config("SET", "maxmemory", String(Math.round(used * 1.17)));
    expect(linesOf(await examine(), "warn", "Redis")[0]).toMatch(/ used \(maxmemory\) → raise maxmemory/);
    await admin.config("SET", "maxmemory", String(Math.round(used / 2)));
    const failures = linesOf(await examine(), "fail", "Redis");
    expect(failures[0]).toContain("its memory is full: it takes no writes (OOM)");
  });

  it("with a password says whether it is missing or wrong, and never what it is", async () => {
    await admin.config("SET", "requirepass", "topsecret1");
    const withPassword = (password: string) => server.url.replace("//", `//:${password}@`);
    try {
      expect(onlyFailure(await examine())).toContain("it wants a password (NOAUTH) → put it into REDIS_URL");
      const wrong = await examine({ REDIS_URL: withPassword("wrongsecret") });
      expect(onlyFailure(wrong)).toContain("it refuses the user or the password (WRONGPASS) → correct REDIS_URL");
      expect(textOf(wrong)).not.toContain("wrongsecret");
      const right = await examine({ REDIS_URL: withPassword("topsecret1") });
      expect(right.status).toBe("ok");
      expect(textOf(right)).not.toContain("topsecret1");
    } finally {
      await admin.config("SET", "requirepass", "");
    }
  });

  it("whose user may not use the keys, or that is a replica, fails with the mend", async () => {
    await admin.call("ACL", "SETUSER", "poor", "on", ">topsecret2", "~other:*", "+@all");
    const url = server.url.replace("//", "//poor:topsecret2@");
    expect(onlyFailure(await examine({ REDIS_URL: url }))).toContain(
      "its user lacks a permission (NOPERM) → let the user",
    );
    await admin.replicaof("127.0.0.1", "1");
    const failures = linesOf(await examine(), "fail", "Redis");
    await admin.replicaof("NO", "ONE");
    expect(failures[0]).toContain("it is a replica, which takes no writes (READONLY) → let REDIS_URL name the primary");
  });

  it("that has no such database fails", async () => {
    expect(onlyFailure(await examine({ REDIS_URL: `${server.url}/99` }))).toContain("has no database of the number");
  });

  it("that hangs is given up on", async () => {
    await admin.call("CLIENT", "PAUSE", "2000", "ALL");
    const report = await clinic.examine({ REDIS_URL: server.url }, { limitMs: 1_000 });
    expect(onlyFailure(report)).toContain("cannot be reached: no answer in time");
  });
});

describe("the way to Redis", () => {
  it("fails when nothing listens there", async () => {
    const failure = onlyFailure(await clinic.examine({ REDIS_URL: "redis://:topsecret3@127.0.0.1:1" }));
    expect(failure).toContain(
      "Redis: 127.0.0.1:1 cannot be reached: the connection is refused (ECONNREFUSED) → is it running",
    );
    expect(failure).not.toContain("topsecret3");
  });

  it.each([
    ["redis_version:4.0.14", "fail", "version 4.0.14 is too old: BullMQ refuses it"],
    ["redis_version:6.0.20", "warn", "version 6.0.20 is old"],
    ["redis_version:6.2.0", "ok", "version 6.2.0"],
    ["redis_version:10.0.1", "ok", "version 10.0.1"],
    ["redis_version:7.2.4\r\nvalkey_version:8.1.0", "ok", "Valkey 8.1.0"],
    ["redis_version:7.2.0\r\ndragonfly_version:df-v1.2", "warn", "Dragonfly df-v1.2"],
  ])("leads to a server whose version is judged: %j is %s", (info, level, words) => {
    const facts = { info, save: "", roundTrips: [1], writeError: null };
    const findings = redisFindings("redis://a", { kind: "facts", facts });
    expect(findings[1]).toMatchObject({ level, text: expect.stringContaining(words) });
  });

  it.each([
    [[1, 2, 400, 3, 2], "ok"],
    [[150, 160, 1, 140, 150], "warn"],
    [[900, 900, 900], "fail"],
  ])("is %j ms long, which is %s", (roundTrips, level) => {
    const facts = { info: "redis_version:7.0.0", save: "", roundTrips, writeError: null };
    expect(redisFindings("redis://a", { kind: "facts", facts })[0]).toMatchObject({ level });
  });

  it("says that persistence cannot be seen where CONFIG is forbidden", () => {
    const facts = { info: "redis_version:7.0.0\r\naof_enabled:0", save: null, roundTrips: [1], writeError: null };
    expect(redisFindings("redis://a", { kind: "facts", facts })[3]).toMatchObject({
      level: "warn",
      text: expect.stringContaining("CONFIG is forbidden"),
    });
  });
});

describe("a Redis of the service's own", () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(path.join(tmpdir(), "findall-doctor-"));
    mkdirSync(path.join(directory, "bin"));
    for (const name of ["redis-server", "valkey-server"]) {
      writeFileSync(path.join(directory, "bin", name), "#!/bin/sh\nexit 1\n");
      chmodSync(path.join(directory, "bin", name), 0o755);
    }
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it("is named before it is started, with the directory it will make", async () => {
    const dataDir = path.join(directory, "new", "data");
    const report = await clinic.examine({ PATH: `/nowhere:${directory}/bin`, DATA_DIR: dataDir });
    expect(linesOf(report, "ok", "Redis")).toEqual([
      `Redis: REDIS_URL is not set: the service will start ${directory}/bin/redis-server, with AOF`,
      `Redis: DATA_DIR ${dataDir} can be made`,
    ]);
    expect(report.status).toBe("ok");
    expect(existsSync(dataDir)).toBe(false);
  });

  it("fails when its directory cannot be written", async () => {
    const report = await clinic.examine({ PATH: `${directory}/bin`, DATA_DIR: "/dev/null/data" });
    expect(onlyFailure(report)).toContain(
      "DATA_DIR /dev/null/data cannot be written → let the service's user write there",
    );
  });

  it("is a warning when it would be in memory", async () => {
    const report = await clinic.examine();
    expect(linesOf(report, "warn")).toEqual([
      expect.stringMatching(/state is kept in memory, a restart forgets all watches → set REDIS_URL, or install/),
    ]);
    expect(report.exitCode).toBe(0);
  });

  it("is found when it runs, and runs on", async (context) => {
    if (!hasRedisServer) context.skip("needs redis-server on the PATH");
    const { PATH = "" } = process.env;
    const dataDir = path.join(directory, "running");
    const running = await startEmbeddedRedis({ dataDir, searchPath: PATH });
    try {
      const report = await clinic.examine({ PATH, DATA_DIR: dataDir });
      expect(linesOf(report, "ok", "Redis")).toEqual([
        `Redis: the service's own redis-server runs at ${new URL(running.url).host}`,
        `Redis: DATA_DIR ${dataDir} can be written`,
      ]);
      const again = await startEmbeddedRedis({ dataDir, searchPath: PATH });
      expect(again.url).toBe(running.url);
    } finally {
      await running.close();
    }
  });
});
