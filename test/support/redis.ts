import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbeddedRedis } from "../../src/store/embedded-redis.ts";

/** A Redis of one story, empty at the start. */
export interface TestRedis {
  readonly url: string;
  /** `memory`: the in-process stand-in, which cannot be killed or lose its disk. */
  readonly kind: "server" | "memory";
  readonly close: () => Promise<void>;
}

/**
 * A redis-server on the path, else the in-process one. Never the `REDIS_URL` of whoever runs the tests: stories run side
 * by side, each with a Redis of its own that it fills, kills and empties.
 */
export async function openTestRedis(): Promise<TestRedis> {
  const { PATH = "" } = process.env;
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
