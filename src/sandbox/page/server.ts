import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { FakeFindAll } from "../fake-findall/server.ts";
import type { FakeSlack } from "../fake-slack/index.ts";
import { readManifest } from "../fake-slack/manifest.ts";
import type { StoryStage } from "../stories/player.ts";
import { ACTS, type Body } from "./acts.ts";
import { readAsset } from "./assets.ts";
import { drawDocument } from "./document.ts";
import { drawPage } from "./draw.ts";
import { type Audience, createAudience } from "./live.ts";
import type { Machines } from "./machines.ts";
import { createReactions } from "./reactions.ts";
import { scrape } from "./scrape.ts";
import { refusalOf, SAFE_HEADERS } from "./security.ts";
import { listSlashCommands } from "./slash-commands.ts";
import type { PageState } from "./state.ts";
import { createTroubles } from "./troubles.ts";
import { type Viewer, viewerFrom } from "./viewer.ts";

export interface PageOptions {
  readonly world: { readonly slack: FakeSlack; readonly findall: FakeFindAll };
  readonly stage: StoryStage;
  readonly machines: Machines;
  /** Without it 4790 is tried, then any free one. */
  readonly port?: number;
}

/** The sandbox's page while it is served. */
export interface Page {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const USUAL_PORT = 4790;
const LARGEST_BODY = 100_000;

/** Numbers move also when no message does. */
const TICK_MS = 1_000;

/** Serves the workspace as a person would see it, to this machine alone. */
export async function startPage({ world, stage, machines, port }: PageOptions): Promise<Page> {
  const { slack, findall } = world;
  const manifest = readManifest();
  const state: PageState = {
    slack,
    findall,
    stage,
    machines,
    troubles: createTroubles(slack, findall, machines),
    reactions: createReactions(slack, manifest.events),
    manifest,
    commands: listSlashCommands(manifest),
    seen: new Map(),
    service: null,
  };
  const audience = createAudience(state);
  const stopListening = slack.on("change", audience.stir);
  const ticker = setInterval(() => void tick(state, audience), TICK_MS);
  const server = createServer((request, response) => {
    handle({ state, audience }, request, response).catch((error: unknown) => fail(response, error));
  });
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      clearInterval(ticker);
      stopListening();
      audience.close();
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function tick(state: PageState, audience: Audience): Promise<void> {
  if (audience.size() === 0) return;
  state.service = await scrape(state.machines.servicePort());
  audience.stir();
}

interface Parts {
  readonly state: PageState;
  readonly audience: Audience;
}

async function handle(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refusal = refusalOf(request);
  if (refusal) return answer(response, 403, "text/plain", refusal);
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://page");
  if (request.method === "POST") return act(parts, pathname, request, response);
  if (request.method !== "GET") return answer(response, 405, "text/plain", "only GET and POST");
  const { state, audience } = parts;
  if (pathname === "/") {
    const viewer = viewerFrom(searchParams, state.slack);
    const theme = /(?:^|;\s*)theme=(light|dark)\b/.exec(request.headers.cookie ?? "")?.[1];
    return answer(response, 200, "text/html", drawDocument(viewer, drawPage(state, viewer, Date.now()), theme));
  }
  if (pathname === "/events") {
    response.writeHead(200, { ...SAFE_HEADERS, "content-type": "text/event-stream" });
    const viewer = viewerFrom(searchParams, state.slack);
    audience.join(viewer, response);
    tellOfOpening(state, viewer);
    return tick(state, audience);
  }
  const fileId = /^\/files\/(\w+)$/.exec(pathname)?.[1];
  if (fileId) return sendFile(state.slack, fileId, searchParams.has("download"), response);
  // Asked for beside a file that is opened by itself.
  if (pathname === "/favicon.ico") return void response.writeHead(204, SAFE_HEADERS).end();
  const asset = readAsset(pathname);
  if (asset) return answer(response, 200, asset.type, asset.body);
  return answer(response, 404, "text/plain", "there is nothing here");
}

/** Who looks at the app's own place has opened it, and the app is told so. */
function tellOfOpening({ slack, manifest }: PageState, { user, channel, tab }: Viewer): void {
  if (tab === "files" || !slack.channel(channel).info.isAppDm) return;
  if (manifest.events.includes("app_home_opened")) void slack.openHome(user, tab);
}

/** A file as it was uploaded. Shown as text whatever it is: what is in it comes from the web. */
function sendFile(slack: FakeSlack, id: string, isDownload: boolean, response: ServerResponse): void {
  const file = slack.files().find((each) => each.id === id);
  if (!file) {
    answer(response, 404, "text/plain", "there is no such file");
    return;
  }
  const disposition = `${isDownload ? "attachment" : "inline"}; filename*=UTF-8''${encodeURIComponent(file.name)}`;
  const type = "text/plain; charset=utf-8";
  response.writeHead(200, { ...SAFE_HEADERS, "content-type": type, "content-disposition": disposition });
  response.end(file.content);
}

async function act({ state, audience }: Parts, pathname: string, request: IncomingMessage, response: ServerResponse) {
  const wanted = /^\/api\/([a-z]+)$/.exec(pathname)?.[1] ?? "";
  const done = Object.hasOwn(ACTS, wanted) ? ACTS[wanted] : undefined;
  if (!done) return answer(response, 404, "application/json", JSON.stringify({ error: "no such act" }));
  try {
    const result = await done(state, await readBody(request));
    answer(response, 200, "application/json", JSON.stringify(result ?? {}));
  } catch (error) {
    // What a person may not do, or what is no longer there: told where they did it.
    answer(response, 400, "application/json", JSON.stringify({ error: messageOf(error) }));
  } finally {
    audience.stir();
  }
}

async function readBody(request: IncomingMessage): Promise<Body> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) {
    body += chunk;
    if (body.length > LARGEST_BODY) throw new Error("too much at once");
  }
  const value: unknown = JSON.parse(body);
  if (typeof value !== "object" || value === null) throw new Error("a JSON object is expected");
  return value as Body;
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { ...SAFE_HEADERS, "content-type": `${type}; charset=utf-8` });
  response.end(body);
}

function fail(response: ServerResponse, error: unknown): void {
  if (!response.headersSent) answer(response, 500, "text/plain", messageOf(error));
  else response.destroy();
}

async function listen(server: Server, port: number | undefined): Promise<void> {
  const tryPort = async (wanted: number) => {
    server.listen(wanted, "127.0.0.1");
    await once(server, "listening");
  };
  if (port !== undefined) return tryPort(port);
  await tryPort(USUAL_PORT).catch(() => tryPort(0));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
