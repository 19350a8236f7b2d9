import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";
import { freePort } from "../../src/sandbox/own-redis.ts";

const NODES = 3;
const SLOTS = 16_384;
/** A node speaks to the others on its port and this. */
const BUS_OFFSET = 10_000;

/** With signs that a URL must write as %XX. */
const PASSWORD = "open/sesame#1";

/** A real Redis Cluster of three primaries on loopback, each with an append-only file. */
export interface RedisCluster {
  /** The nodes' addresses, as `REDIS_URL` takes them. */
  readonly urls: readonly string[];
  readonly admins: readonly Redis[];
  /** Without a word, as `kill -9`. */
  readonly kill: (node: number) => Promise<void>;
  /** Starts a node again on what it has written; resolves when the cluster is whole. */
  readonly start: (node: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function startRedisCluster(): Promise<RedisCluster> {
  const directory = mkdtempSync(path.join(tmpdir(), "findall-cluster-"));
  const ports: number[] = [];
  while (ports.length < NODES) {
    const port = await freePort();
    if (port + BUS_OFFSET < 65_536 && !ports.includes(port)) ports.push(port);
  }
  const children: ChildProcess[] = [];
  const launch = (port: number, node: number) => {
    const dir = path.join(directory, String(port));
    mkdirSync(dir, { recursive: true });
    children[node] = spawn("redis-server", argsOf(port, dir), { stdio: "ignore" });
  };
  for (const [node, port] of ports.entries()) launch(port, node);
  const admins = ports.map((port) => {
    const admin = new Redis(port, "127.0.0.1", {
      password: PASSWORD,
      retryStrategy: () => 20,
      maxRetriesPerRequest: null,
    });
    admin.on("error", () => {});
    return admin;
  });
  for (const [node, admin] of admins.entries()) {
    await admin.call("CLUSTER", "ADDSLOTSRANGE", firstSlot(node), firstSlot(node + 1) - 1);
    await admin.call("CLUSTER", "SET-CONFIG-EPOCH", node + 1);
  }
  for (const port of ports.slice(1)) await admins[0]?.call("CLUSTER", "MEET", "127.0.0.1", port);
  await Promise.all(admins.map(isWhole));
  const end = async (child: ChildProcess | undefined) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  return {
    urls: ports.map((port) => `redis://:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`),
    admins,
    kill: (node) => end(children[node]),
    start: async (node) => {
      launch(ports[node] ?? 0, node);
      await Promise.all(admins.map(isWhole));
    },
    close: async () => {
      for (const admin of admins) admin.disconnect();
      await Promise.all(children.map(end));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function argsOf(port: number, dir: string): string[] {
  const settings = {
    port,
    bind: "127.0.0.1",
    dir,
    requirepass: PASSWORD,
    masterauth: PASSWORD,
    "cluster-enabled": "yes",
    "cluster-announce-ip": "127.0.0.1",
    "cluster-node-timeout": 1_000,
    appendonly: "yes",
    appendfsync: "always",
    save: "",
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

const firstSlot = (node: number) => Math.ceil((node * SLOTS) / NODES);

/** Every node has heard of every other, and all slots are taken. */
async function isWhole(admin: Redis): Promise<void> {
  for (;;) {
    const info = String(await admin.call("CLUSTER", "INFO"));
    if (info.includes("cluster_state:ok") && info.includes(`cluster_known_nodes:${NODES}`)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
