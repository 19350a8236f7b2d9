import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { connectForCommands } from "../store/connect.ts";
import { startEmbeddedRedis } from "../store/embedded-redis.ts";

/** The sandbox's Redis: one that can be stopped and started again on the same address, where a server is installed. */
export interface OwnRedis {
  readonly url: string;
  /** `server`: a process of its own that keeps its file. `memory`: in this process; it cannot be restarted. */
  readonly kind: "server" | "memory";
  readonly isUp: () => boolean;
  readonly start: () => Promise<void>;
  /** As an operator restarts it (SIGTERM: the append-only file is written to its end), or as it is killed. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
}

const SERVERS = ["redis-server", "valkey-server"];

/** Starts redis-server or valkey-server when one is on `searchPath`, else the one that lives in this process. */
export async function startOwnRedis(dataDir: string, searchPath: string): Promise<OwnRedis> {
  const port = await freePort();
  for (const binary of searchPath ? SERVERS : []) {
    const redis = serverOf(binary, port, dataDir, searchPath);
    const isInstalled = await redis.start().then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return false;
        throw error;
      },
    );
    if (isInstalled) return redis;
  }
  const embedded = await startEmbeddedRedis({ dataDir, searchPath: "" });
  const unable = () => Promise.reject(new Error("a Redis in memory cannot be restarted: install redis-server"));
  return { url: embedded.url, kind: "memory", isUp: () => true, start: unable, stop: embedded.close };
}

function serverOf(binary: string, port: number, dir: string, searchPath: string): OwnRedis {
  const settings = { port, bind: "127.0.0.1", dir, appendonly: "yes", save: "", "maxmemory-policy": "noeviction" };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  return {
    url,
    kind: "server",
    isUp: () => child !== null,
    start: async () => {
      if (child) return;
      // Its own process group: Ctrl-C in a terminal must reach the service first.
      const started = spawn(binary, args, { stdio: "ignore", detached: true, env: { PATH: searchPath } });
      await once(started, "spawn");
      started.once("exit", () => {
        if (child === started) child = null;
      });
      child = started;
      endWithUs(started);
      await answers(url, started);
    },
    stop: async (signal = "SIGTERM") => {
      const stopping = child;
      if (!stopping) return;
      child = null;
      const gone = once(stopping, "exit");
      stopping.kill(signal);
      await gone;
    },
  };
}

/**
 * Ends a process once this one is gone, also by `kill -9`: the pipe to a small shell then closes. In a process group of
 * its own for the same reason as the process it watches.
 */
function endWithUs(child: ChildProcess): void {
  const script = 'read -r _; kill "$0"';
  const guard = spawn("/bin/sh", ["-c", script, String(child.pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  // Without a shell only an orderly end takes it along.
  guard.once("error", () => {});
  child.once("exit", () => guard.kill());
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  const probe = connectForCommands(url, 1_000);
  probe.on("error", () => {
    // refused until it listens
  });
  const ready = new Promise<void>((resolve) => probe.once("ready", () => resolve()));
  const gone = once(child, "exit").then(() => {
    throw new Error("the sandbox's Redis ended while it started");
  });
  gone.catch(() => {});
  try {
    await Promise.race([ready, gone]);
  } finally {
    probe.disconnect();
  }
}

/** A port that nobody uses now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (!address || typeof address === "string") throw new Error("no free port");
  return address.port;
}
