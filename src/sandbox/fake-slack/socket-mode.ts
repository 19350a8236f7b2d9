import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Envelope } from "./delivery.ts";
import type { Ack } from "./model.ts";
import type { World } from "./world.ts";

/** Slack's limit of open connections per app. */
const MAX_CONNECTIONS = 10;
const CLOSE_PATIENCE_MS = 200;

/** The server side of Socket Mode: any number of connections of one app, each envelope to exactly one of them. */
export interface SocketMode {
  /** A single-use address for one connection. */
  openUrl(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends an envelope to the next connection in turn and waits for its acknowledgement. */
  deliver(envelope: Envelope, timeoutMs: number): Promise<Ack>;
  /** Asks one connection (or all) to reconnect, as Slack does every few hours. */
  disconnect(reason?: string, which?: "one" | "all"): void;
  /** Cuts connections without a word. */
  cut(): void;
  readonly connections: () => number;
  close(): Promise<void>;
}

interface Pending {
  readonly connection: WebSocket;
  settle(ack: Ack): void;
}

export function createSocketMode(world: World): SocketMode {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const connections: WebSocket[] = [];
  const pending = new Map<string, Pending>();
  let turn = 0;

  const openUrl = () => {
    const ticket = randomUUID();
    tickets.add(ticket);
    return `${world.url.replace(/^http/, "ws")}/link/?ticket=${ticket}&app_id=${world.app.id}`;
  };

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = new URL(request.url ?? "/", "http://fake");
    if (url.pathname !== "/link/" || !tickets.delete(url.searchParams.get("ticket") ?? "")) {
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    server.handleUpgrade(request, socket, head, accept);
  };

  const accept = (connection: WebSocket) => {
    connection.on("error", () => connection.terminate());
    if (connections.length >= MAX_CONNECTIONS) {
      connection.send(JSON.stringify({ type: "disconnect", reason: "too_many_websockets", debug_info: {} }));
      connection.close();
      return;
    }
    connections.push(connection);
    connection.on("message", (data) => receive(String(data)));
    connection.on("close", () => drop(connection));
    connection.send(JSON.stringify(hello(world, connections.length)));
    world.changes.emit("connection", { open: connections.length });
  };

  const receive = (data: string) => {
    const message = parseAck(data);
    if (message === null)
      return void world.problems.push(`not an acknowledgement on the socket: ${data.slice(0, 200)}`);
    pending
      .get(message.envelope_id)
      ?.settle({ acked: true, ackMs: null, body: message.payload, status: null, failure: null });
  };

  const drop = (connection: WebSocket) => {
    const index = connections.indexOf(connection);
    if (index >= 0) connections.splice(index, 1);
    for (const waiting of pending.values()) if (waiting.connection === connection) waiting.settle(FAILED);
    world.changes.emit("connection", { open: connections.length });
  };

  const deliver = (envelope: Envelope, timeoutMs: number): Promise<Ack> => {
    turn += 1;
    const connection = connections[turn % connections.length];
    if (!connection) return Promise.resolve(FAILED);
    return new Promise((resolve) => {
      const id = randomUUID();
      const sentAt = performance.now();
      const settle = (ack: Ack) => {
        clearTimeout(timer);
        pending.delete(id);
        resolve(ack.acked ? { ...ack, ackMs: performance.now() - sentAt } : ack);
      };
      const timer = setTimeout(() => settle(TIMED_OUT), timeoutMs);
      pending.set(id, { connection, settle });
      connection.send(JSON.stringify(toFrame(envelope, id)));
    });
  };

  return {
    openUrl,
    upgrade,
    deliver,
    connections: () => connections.length,
    disconnect: (reason = "refresh_requested", which = "one") => {
      const asked = which === "all" ? [...connections] : connections.slice(0, 1);
      for (const connection of asked) connection.send(JSON.stringify({ type: "disconnect", reason, debug_info: {} }));
    },
    cut: () => {
      for (const connection of [...connections]) connection.terminate();
    },
    close: async () => {
      for (const waiting of pending.values()) waiting.settle(FAILED);
      await Promise.all(connections.map(closeGently));
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Closes by handshake, so that a client which is just leaving sees no error; cuts when that takes too long. */
function closeGently(connection: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => connection.terminate(), CLOSE_PATIENCE_MS);
    connection.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    connection.close(1001);
  });
}

const FAILED: Ack = { acked: false, ackMs: null, body: undefined, status: null, failure: "dispatch_failed" };
const TIMED_OUT: Ack = { acked: false, ackMs: null, body: undefined, status: null, failure: "operation_timeout" };

function hello(world: World, count: number): object {
  return {
    type: "hello",
    num_connections: count,
    debug_info: { host: "fake", approximate_connection_time: 18_060 },
    connection_info: { app_id: world.app.id },
  };
}

function toFrame(envelope: Envelope, id: string): object {
  const { retry } = envelope;
  return {
    type: envelope.type,
    envelope_id: id,
    accepts_response_payload: envelope.type !== "events_api",
    payload: envelope.payload,
    ...(envelope.type === "events_api"
      ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? "" }
      : {}),
  };
}

function parseAck(data: string): { envelope_id: string; payload?: unknown } | null {
  try {
    const message: unknown = JSON.parse(data);
    if (typeof message === "object" && message !== null && "envelope_id" in message) {
      return message as { envelope_id: string; payload?: unknown };
    }
  } catch {
    // Told as a problem by the caller.
  }
  return null;
}
