import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { Redis } from "ioredis";

/** A Redis of our own, for when no `REDIS_URL` is given. */
export interface EmbeddedRedis {
  readonly url: string;
  /** `server`: a redis-server or valkey-server with an append-only file. `memory`: in this process; a restart forgets. */
  readonly kind: "server" | "memory";
  readonly close: () => Promise<void>;
}

export interface EmbeddedRedisOptions {
  /** Where the append-only file is kept. */
  readonly dataDir: string;
  /** `PATH` of the environment, searched for a server. Empty: in memory. */
  readonly searchPath: string;
}

/** Starts redis-server or valkey-server when one is on the path, else the in-process `js-redis-server`. */
export async function startEmbeddedRedis(options: EmbeddedRedisOptions): Promise<EmbeddedRedis> {
  const binary = findOnPath(options.searchPath, ["redis-server", "valkey-server"]);
  return binary ? startServer(binary, options.dataDir) : startInMemory();
}

function findOnPath(searchPath: string, names: readonly string[]): string | null {
  for (const name of names) {
    for (const directory of searchPath.split(path.delimiter).filter(Boolean)) {
      const file = path.join(directory, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // not here
      }
    }
  }
  return null;
}

async function startServer(binary: string, dataDir: string): Promise<EmbeddedRedis> {
  mkdirSync(dataDir, { recursive: true });
  const port = await freePort();
  const settings = {
    port,
    bind: "127.0.0.1",
    dir: path.resolve(dataDir),
    appendonly: "yes",
    appendfsync: "everysec",
    save: "",
    "maxmemory-policy": "noeviction",
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  // Its own process group: Ctrl-C in a terminal must reach the service first, which then stops its Redis in order.
  const child = spawn(binary, args, { stdio: ["ignore", "ignore", "pipe"], detached: true });
  let complaint = "";
  child.stderr?.on("data", (chunk) => {
    complaint += String(chunk);
  });
  const url = `redis://127.0.0.1:${port}`;
  await waitUntilReady(url, child, () => complaint);
  return { url, kind: "server", close: () => stop(child) };
}

async function waitUntilReady(url: string, child: ChildProcess, complaint: () => string): Promise<void> {
  const probe = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
  probe.on("error", () => {
    // refused until it listens
  });
  const gone = once(child, "exit").then(() => {
    throw new Error(`the embedded Redis did not start: ${complaint().trim() || "it exited"}`);
  });
  const failed = once(child, "error").then(([error]) => {
    throw error;
  });
  gone.catch(() => {});
  failed.catch(() => {});
  try {
    await Promise.race([probe.ping(), gone, failed]);
  } finally {
    probe.disconnect();
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  await exited;
}

async function startInMemory(): Promise<EmbeddedRedis> {
  // Loaded only when needed: a deployment with a real Redis does without it.
  const { createRedisMock } = await import("js-redis-server");
  const server = await createRedisMock();
  return { url: `redis://${server.host}:${server.port}`, kind: "memory", close: () => server.close() };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (!address || typeof address === "string") throw new Error("no free port");
  return address.port;
}
