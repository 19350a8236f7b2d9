import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";
import { startEmbeddedRedis } from "../../src/store/embedded-redis.ts";

/** A Redis for one test file, empty at the start. */
export interface TestRedis {
  readonly url: string;
  /** `memory`: the in-process stand-in, which cannot be killed or lose its disk. */
  readonly kind: "external" | "server" | "memory";
  readonly close: () => Promise<void>;
}

/** `REDIS_URL` (a database of its own per test worker), else a redis-server on the path, else the in-process one. */
export async function openTestRedis(): Promise<TestRedis> {
  const { REDIS_URL, PATH = "", VITEST_POOL_ID = "0" } = process.env;
  if (REDIS_URL) {
    const url = new URL(REDIS_URL);
    url.pathname = `/${Number(VITEST_POOL_ID) % 16}`;
    const redis = new Redis(url.href);
    await redis.flushdb();
    redis.disconnect();
    return { url: url.href, kind: "external", close: async () => {} };
  }
  const dataDir = mkdtempSync(path.join(tmpdir(), "findall-test-"));
  const embedded = await startEmbeddedRedis({ dataDir, searchPath: PATH });
  return {
    ...embedded,
    close: async () => {
      await embedded.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
