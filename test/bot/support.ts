import { createHmac } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { BotLogger } from "../../src/bot/bolt-logger.ts";
import type { BotActions } from "../../src/bot/deps.ts";
import type { Run, RunSpec } from "../../src/domain/run.ts";
import { DEFAULT_SETTINGS } from "../../src/domain/settings.ts";
import type { Watch } from "../../src/domain/watch.ts";
import type { StartedWatch } from "../../src/steps/results.ts";

export const SECRET = "test-signing-secret";

export function run(over: Partial<Run> = {}): Run {
  return {
    id: "findall_1",
    status: "running",
    isActive: true,
    terminationReason: null,
    generated: 80,
    matched: 12,
    generator: "core",
    createdAt: "2026-11-20T10:00:00Z",
    modifiedAt: "2026-11-20T10:05:00Z",
    ...over,
  };
}

export function spec(over: Partial<RunSpec> = {}): RunSpec {
  return { objective: "Find all AI labs", entityType: "labs", matchConditions: [], matchLimit: 50, ...over };
}

export function watch(over: Partial<Watch> = {}): Watch {
  const fields: Partial<Watch> = {
    id: "w-1",
    runId: "findall_1",
    channel: "C1",
    requester: "U1",
    state: "active",
    createdAt: 0,
    epoch: 0,
    ...over,
  };
  return fields as Watch;
}

/** What is told of a watch that was asked for. */
export function started(over: Partial<StartedWatch> = {}): StartedWatch {
  const outlook = { settings: DEFAULT_SETTINGS, wait: null };
  return { watch: watch(), run: run(), spec: spec(), cardLink: null, outlook, ...over };
}

/** Actions that all succeed, unless replaced. */
export function actions(over: Partial<BotActions> = {}): BotActions {
  return {
    startWatch: async (runId) => ({
      kind: "watching",
      ...started({ watch: watch({ runId }), run: run({ id: runId }) }),
    }),
    stopWatch: async () => ({ kind: "not_watched" }),
    listWatches: async () => ({ kind: "list", items: [] }),
    runStatus: async () => ({ kind: "run_not_found" }),
    review: async () => ({ kind: "expired" }),
    readCandidate: async () => ({ kind: "expired" }),
    saveNote: async () => ({ kind: "expired" }),
    reviewNext: async () => ({ kind: "not_watched" }),
    watchIdFor: () => `w-${"a".repeat(32)}`,
    exportReviews: async () => ({ kind: "not_watched" }),
    setFold: async (_channel, fold) => ({ kind: "set", fold }),
    pauseWatch: async () => ({ kind: "not_watched" }),
    resumeWatch: async () => ({ kind: "not_watched" }),
    muteWatch: async () => ({ kind: "not_watched" }),
    overview: async () => ({ kind: "overview", items: [], channels: [] }),
    mayActIn: async () => null,
    readSettings: async (channelId) => ({
      kind: "settings",
      channelId,
      settings: DEFAULT_SETTINGS,
      conditions: [],
      running: 0,
    }),
    saveSettings: async (channelId, settings) => ({
      kind: "saved",
      channelId,
      settings,
      before: DEFAULT_SETTINGS,
      running: 0,
      released: 0,
      waiting: [],
    }),
    watchForPerson: async () => ({ kind: "not_watched" }),
    showHome: async () => {},
    greetPerson: async () => {},
    greetInviter: async () => {},
    meetPerson: async () => {},
    beginExecution: async () => {},
    advanceExecution: async () => {},
    say: async () => ({ ok: true, ts: "1.0" }),
    sayInstead: async () => ({ ok: true, ts: "1.0" }),
    readHold: async () => null,
    botJoined: async () => {},
    uninstalled: async () => {},
    firstDelivery: async () => true,
    ...over,
  };
}

/** Everything that was logged, as text. */
export function logOf(): BotLogger & { readonly lines: string[] } {
  const lines: string[] = [];
  const write = (fields: object, message: string) => void lines.push(JSON.stringify({ ...fields, message }));
  const logger = { lines, child: () => logger, debug: write, info: write, warn: write, error: write };
  return logger;
}

/** A listener on a free port of this machine. */
export async function listen(listener: RequestListener): Promise<{ url: string; close(): Promise<void> }> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Headers of a request that Slack signed `age` seconds ago. */
export function signed(body: string, age = 0, secret = SECRET): Record<string, string> {
  const stamp = Math.floor(Date.now() / 1000) - age;
  const digest = createHmac("sha256", secret).update(`v0:${stamp}:${body}`).digest("hex");
  return {
    "content-type": "application/x-www-form-urlencoded",
    "x-slack-request-timestamp": String(stamp),
    "x-slack-signature": `v0=${digest}`,
  };
}

/** The body of a slash command, as Slack sends it. */
export function commandBody(text: string, over: Record<string, string> = {}): string {
  return new URLSearchParams({
    token: "deprecated",
    team_id: "T1",
    channel_id: "C1",
    channel_name: "research",
    user_id: "U1",
    user_name: "ann",
    command: "/findall",
    text,
    response_url: "",
    trigger_id: "1.2.3",
    ...over,
  }).toString();
}
