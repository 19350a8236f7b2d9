import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type EmbeddedRedis, startEmbeddedRedis } from "../../src/store/embedded-redis.ts";

const PATH = process.env.PATH ?? "";

describe("the embedded Redis", () => {
  let dataDir: string;
  const running: EmbeddedRedis[] = [];

  beforeEach(() => {
    dataDir = mkdtempSync(path.join(tmpdir(), "findall-redis-"));
  });
  afterEach(async () => {
    for (const each of running.splice(0)) await each.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const start = async (searchPath: string) => {
    const redis = await startEmbeddedRedis({ dataDir, searchPath });
    running.push(redis);
    return redis;
  };
  const at = async <T>({ url }: EmbeddedRedis, act: (redis: Redis) => Promise<T>): Promise<T> => {
    const redis = new Redis(url);
    try {
      return await act(redis);
    } finally {
      redis.disconnect();
    }
  };

  it("runs in memory, and says so, where no server is on the path", async () => {
    const redis = await start("/nonexistent");
    expect(redis.kind).toBe("memory");
    expect(await at(redis, (client) => client.ping())).toBe("PONG");
  });

  it("keeps what it knows over a restart where a server is on the path", async (context) => {
    const first = await start(PATH);
    if (first.kind !== "server") context.skip("needs redis-server or valkey-server on the PATH");
    await at(first, (client) => client.set("a", "1"));
    await running.pop()?.close();
    const second = await start(PATH);
    expect(await at(second, (client) => client.get("a"))).toBe("1");
  });

  it("goes on with the server that a killed process left behind, instead of starting a second one on its files", async (context) => {
    const left = await start(PATH);
    if (left.kind !== "server") context.skip("needs redis-server or valkey-server on the PATH");
    await at(left, (client) => client.set("a", "1"));
    const found = await start(PATH);
    expect(found.url).toBe(left.url);
    expect(await at(found, (client) => client.get("a"))).toBe("1");
  });
});
