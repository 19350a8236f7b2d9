import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerFileTransfer } from "./file-transfer.ts";
import { jsonAnswer, readBody, send } from "./http-io.ts";
import type { ResponseUrls } from "./response-url.ts";
import { answerResponseUrl } from "./response-url-faults.ts";
import type { SocketMode } from "./socket-mode.ts";
import { answerWebApi, type WebApiParts } from "./web-api.ts";
import type { World } from "./world.ts";

export interface ServerParts extends WebApiParts {
  readonly hooks: ResponseUrls;
  readonly sockets: SocketMode;
}

/** One HTTP server for the Web API, `response_url`s, files and Socket Mode. Not listening yet. */
export function createFakeServer(parts: ServerParts): Server {
  const server = createServer((request, response) => {
    route(parts, request, response).catch((error: unknown) => {
      // A fault of the fake itself must not pass for a fault of Slack.
      parts.context.world.problems.push(`the fake failed on ${request.url}: ${String(error)}`);
      send(response, jsonAnswer(500, { ok: false, error: "fake_slack_failed", detail: String(error) }));
    });
  });
  server.on("upgrade", (request, socket, head) => parts.sockets.upgrade(request, socket, head));
  server.keepAliveTimeout = 60_000;
  return server;
}

async function route(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://fake");
  const method = /^\/api\/([A-Za-z0-9_.]+)$/.exec(pathname)?.[1];
  if (method) return answerWebApi(parts, method, request, response);
  if (await answerResponseUrl(parts, pathname, request, response)) return;
  if (await answerFileTransfer(parts, pathname, request, response)) return;
  await readBody(request);
  send(response, { status: 404, body: "not found" });
}

/** Starts listening on loopback and tells the world its address. */
export async function listen(server: Server, world: World, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  world.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
