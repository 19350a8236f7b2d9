import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Registry } from "prom-client";
import { ConfigError } from "./config.ts";
import type { Readiness } from "./readiness.ts";

export interface HttpDeps {
  readonly port: number;
  readonly registry: Registry;
  readonly readiness: () => Promise<Readiness>;
  /** `POST /slack/events`, in HTTP mode and once the bot is there. */
  readonly slackEvents: () => RequestListener | null;
}

export interface HttpServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/**
 * The one listener: Slack's events in HTTP mode, and what operators look at.
 * @throws ConfigError that names `PORT` when it is taken or may not be used
 */
export async function startHttp(deps: HttpDeps): Promise<HttpServer> {
  const server = createServer((request, response) => {
    route(deps, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.listen(deps.port);
  await once(server, "listening").catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(`PORT: cannot listen on ${deps.port} (${error.code}); choose another one`, { cause: error });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close();
      server.closeIdleConnections();
      // A client that keeps its connection open does not keep the process alive.
      const force = setTimeout(() => server.closeAllConnections(), 2_000);
      await once(server, "close");
      clearTimeout(force);
    },
  };
}

async function route(deps: HttpDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  if (pathname === "/slack/events" && request.method === "POST") {
    const listener = deps.slackEvents();
    if (listener) listener(request, response);
    else answer(response, 503, "text/plain", "not ready\n");
    return;
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    answer(response, pathname === "/slack/events" ? 405 : 404, "text/plain", "not found\n");
    return;
  }
  if (pathname === "/livez") {
    answer(response, 200, "text/plain", "alive\n");
  } else if (pathname === "/readyz") {
    const readiness = await deps.readiness();
    const status = readiness.status === "down" ? 503 : 200;
    answer(response, status, "application/json", `${JSON.stringify(readiness, null, 2)}\n`);
  } else if (pathname === "/metrics") {
    answer(response, 200, deps.registry.contentType, await deps.registry.metrics());
  } else {
    answer(response, 404, "text/plain", "not found\n");
  }
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
  response.end(body);
}
