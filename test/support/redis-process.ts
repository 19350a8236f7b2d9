import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";

export const hasRedisServer = spawnSync("redis-server", ["--version"]).status === 0;

/** A real redis-server on one port, with an append-only file, that can be killed and started again. */
export interface RedisProcess {
  readonly url: string;
  readonly port: number;
  readonly start: () => Promise<void>;
  readonly kill: (signal: NodeJS.Signals) => Promise<void>;
  /** Keeps a copy of its files as they are now; what is given puts them back, while it is down: all since then is lost. */
  readonly keepFiles: () => () => void;
  readonly close: () => Promise<void>;
}

/** @param settings in addition to those of every such server, as in redis.conf */
export async function startRedisProcess(settings: Readonly<Record<string, string>> = {}): Promise<RedisProcess> {
  const kept = mkdtempSync(path.join(tmpdir(), "findall-redis-kept-"));
  const dir = mkdtempSync(path.join(tmpdir(), "findall-redis-"));
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const { port } = holder.address() as AddressInfo;
  holder.close();
  await once(holder, "close");
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  const start = async () => {
    const flags = { port, bind: "127.0.0.1", dir, appendonly: "yes", appendfsync: "always", save: "", ...settings };
    const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
    child = spawn("redis-server", args, { stdio: "ignore" });
    const probe = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
    probe.on("error", () => {});
    await probe.ping();
    probe.disconnect();
  };
  const kill = async (signal: NodeJS.Signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  await start();
  return {
    url,
    port,
    start,
    kill,
    keepFiles: () => {
      const copy = mkdtempSync(path.join(kept, "files-"));
      cpSync(dir, copy, { recursive: true });
      return () => {
        rmSync(dir, { recursive: true });
        cpSync(copy, dir, { recursive: true });
      };
    },
    close: async () => {
      await kill("SIGKILL");
      for (const each of [dir, kept]) rmSync(each, { recursive: true, force: true });
    },
  };
}
