import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerCall, callOf, errorAnswer, type FakeCall } from "./endpoints.ts";
import { createFaults, type Faults, type FaultTable } from "./faults.ts";
import { createFakeRun, type FakeRun, type FakeRunOptions } from "./run.ts";
import { type Sent, send } from "./send.ts";
import { createStats, type FakeStats, type StatsRecorder } from "./stats.ts";
import { streamEvents } from "./stream.ts";

export interface FakeFindAllOptions {
  /** The only key that is let in. */
  readonly apiKey?: string;
  /** On 127.0.0.1; a free one unless told. */
  readonly port?: number;
  /** ms since the epoch */
  readonly now?: () => number;
  /** Asked for a run nobody added, before the answer is 404: the place to begin a story. */
  readonly onUnknownRun?: (id: string) => FakeRun | null;
}

/** A FindAll API over real HTTP on the loopback, with hands to move its runs and to spoil its answers. */
export interface FakeFindAll {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly faults: Faults;
  readonly stats: FakeStats;
  addRun(options?: FakeRunOptions): FakeRun;
  run(id: string): FakeRun | null;
  /** Replaces the option of the same name. */
  onUnknownRun(answer: (id: string) => FakeRun | null): void;
  /** Drops every connection, also those a fault left hanging. */
  close(): Promise<void>;
}

interface World {
  readonly apiKey: string;
  readonly now: () => number;
  readonly runs: Map<string, FakeRun>;
  readonly faults: FaultTable;
  readonly stats: StatsRecorder;
  readonly closing: AbortController;
  onUnknownRun: (id: string) => FakeRun | null;
}

/** Starts the fake; resolves once it listens. */
export async function startFakeFindAll(options: FakeFindAllOptions = {}): Promise<FakeFindAll> {
  const world: World = {
    apiKey: options.apiKey ?? "fake-parallel-key",
    now: options.now ?? Date.now,
    runs: new Map(),
    faults: createFaults(),
    stats: createStats(),
    closing: new AbortController(),
    onUnknownRun: options.onUnknownRun ?? (() => null),
  };
  const server = createServer((request, response) => {
    handle(world, request, response).catch(() => response.destroy());
  });
  await listen(server, options.port ?? 0);
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey: world.apiKey,
    faults: world.faults,
    stats: world.stats,
    addRun: (run = {}) => addRun(world, run),
    run: (id) => world.runs.get(id) ?? null,
    onUnknownRun: (answer) => {
      world.onUnknownRun = answer;
    },
    close: () => close(world, server),
  };
}

async function handle(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const at = world.now();
  const call = callOf(request.method ?? "", request.url ?? "");
  const body = await readJson(request);
  const sent = await answer(world, request, response, call, body);
  world.stats.record({ path: call?.path ?? "unknown", runId: call?.runId ?? "", at, ...sent });
}

async function answer(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  call: FakeCall | null,
  body: unknown,
): Promise<Sent> {
  const acceptsGzip = String(request.headers["accept-encoding"] ?? "").includes("gzip");
  const context = { response, acceptsGzip, closing: world.closing.signal };
  if (request.headers["x-api-key"] !== world.apiKey) return send(context, errorAnswer(401), null);
  if (call === null) return send(context, { status: 404, body: { detail: "Not Found" } }, null);
  const fault = world.faults.take(call.path, call.runId);
  const run = world.runs.get(call.runId) ?? world.onUnknownRun(call.runId);
  if (run === null || run.foreign) return send(context, errorAnswer(404), fault);
  if (call.path === "events") return streamEvents(context, run, call.query, fault);
  return send(context, answerCall({ ...call, path: call.path }, run, body), fault);
}

function addRun(world: World, options: FakeRunOptions): FakeRun {
  const number = world.runs.size + 1;
  const id = options.id ?? `findall_${number.toString(16).padStart(32, "0")}`;
  if (world.runs.has(id)) throw new Error(`run ${id} is there already`);
  const run = createFakeRun(id, options, world.now);
  world.runs.set(id, run);
  return run;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return null;
  }
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

async function close(world: World, server: Server): Promise<void> {
  world.closing.abort();
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
