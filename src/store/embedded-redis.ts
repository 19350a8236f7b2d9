import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
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

/** In the data directory: where the server of this directory listens. */
const ADDRESS_FILE = "redis.address";
const ATTEMPTS = 3;

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
  const left = await findLeftBehind(dataDir);
  if (left) return { url: left, kind: "server", close: () => shutDown(left) };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOn(await freePort(), binary, dataDir);
    } catch (error) {
      // A port that was free a moment ago may be somebody else's by now.
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

async function startOn(port: number, binary: string, dataDir: string): Promise<EmbeddedRedis> {
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
  if (!(await isOf(dataDir, url))) throw new Error("another server answers on the port of the embedded Redis");
  writeFileSync(path.join(dataDir, ADDRESS_FILE), url);
  return { url, kind: "server", close: () => shutDown(url) };
}

/**
 * A service that was killed leaves its Redis running. A second one on the same files would ruin them; so the one that is
 * there is used, with everything it knows.
 */
async function findLeftBehind(dataDir: string): Promise<string | null> {
  let url: string;
  try {
    url = readFileSync(path.join(dataDir, ADDRESS_FILE), "utf8");
  } catch {
    return null;
  }
  return (await isOf(dataDir, url)) ? url : null;
}

/** Whether the server that answers there is the one of this directory. */
async function isOf(dataDir: string, url: string): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 2_000 });
  redis.on("error", () => {
    // refused: nothing was left behind
  });
  try {
    await redis.connect();
    const [, directory] = (await redis.config("GET", "dir")) as string[];
    return directory === realpathSync(dataDir);
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
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

/** Ends a server in order, its append-only file written. */
async function shutDown(url: string): Promise<void> {
  const redis = new Redis(url, { retryStrategy: () => null, maxRetriesPerRequest: 0 });
  redis.on("error", () => {
    // gone already, or going: either is what is wanted
  });
  // The server closes the connection instead of answering.
  await redis.shutdown("NOSAVE").catch(() => {});
  redis.disconnect();
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
