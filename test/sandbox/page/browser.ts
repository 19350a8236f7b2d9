import { startFakeFindAll } from "../../../src/sandbox/fake-findall/server.ts";
import { type FakeSlack, startFakeSlack } from "../../../src/sandbox/fake-slack/index.ts";
import type { Patch } from "../../../src/sandbox/page/live.ts";
import type { Machines } from "../../../src/sandbox/page/machines.ts";
import { startPage } from "../../../src/sandbox/page/server.ts";
import type { RegionName } from "../../../src/sandbox/page/state.ts";
import { playStoriesOnDemand } from "../../../src/sandbox/stories/player.ts";

export const NO_MACHINES: Machines = { servicePort: () => null, service: null, redis: null };

/** The page over the fakes alone: nobody answers commands. */
export async function startQuietPage(machines: Machines = NO_MACHINES) {
  const [slack, findall] = await Promise.all([startFakeSlack({ rateLimits: { enabled: false } }), startFakeFindAll()]);
  const stage = playStoriesOnDemand(findall);
  const page = await startPage({ world: { slack, findall }, stage, machines, port: 0 });
  const close = async () => {
    await page.close();
    stage.stop();
    await Promise.all([slack.close(), findall.close()]);
  };
  return { slack, findall, stage, page, close, [Symbol.asyncDispose]: close };
}

/** Calls the fake's Web API as the service would. */
export async function callSlack(slack: FakeSlack, method: string, args: object) {
  const answer = await fetch(slack.apiUrl + method, {
    method: "POST",
    headers: { authorization: `Bearer ${slack.botToken}`, "content-type": "application/json" },
    body: JSON.stringify(args),
  });
  return (await answer.json()) as { ok: boolean; ts?: string; error?: string };
}

/** Does something on the page as its script would. */
export async function act(url: string, name: string, body: object) {
  const answer = await fetch(`${url}api/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: new URL(url).origin },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** A browser without a screen: it follows the page's stream and keeps what each region shows. */
export interface Onlooker extends AsyncDisposable {
  /** What a region shows now, as HTML. */
  readonly see: (region: RegionName) => string;
  readonly patches: readonly Patch[];
  /** Resolves once a region shows this. */
  readonly seen: (region: RegionName, what: string | RegExp) => Promise<void>;
}

export async function lookAt(url: string, query: Readonly<Record<string, string>>): Promise<Onlooker> {
  const stop = new AbortController();
  const answer = await fetch(`${url}events?${new URLSearchParams(query)}`, { signal: stop.signal });
  const regions = new Map<string, Map<string, string>>();
  const patches: Patch[] = [];
  const waiting = new Set<() => void>();
  const see = (region: string) => [...(regions.get(region)?.values() ?? [])].join("\n");
  const apply = (patch: Patch) => {
    patches.push(patch);
    for (const [name, { keys, pieces }] of Object.entries(patch)) {
      const before = regions.get(name);
      regions.set(name, new Map(keys.map((key) => [key, pieces[key] ?? before?.get(key) ?? ""])));
    }
    for (const look of waiting) look();
  };
  const reading = read(answer, apply).catch(() => {});
  return {
    see,
    patches,
    seen: (region, what) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () =>
            reject(
              new Error(
                `${region} never showed ${what}:\n${see(region)
                  .replace(/\s*<[^>]*>\s*/g, " ")
                  .slice(-2_000)}`,
              ),
            ),
          10_000,
        );
        const look = () => {
          const html = see(region);
          if (typeof what === "string" ? !html.includes(what) : !what.test(html)) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await reading;
    },
  };
}

async function read(answer: Response, apply: (patch: Patch) => void): Promise<void> {
  let rest = "";
  for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const events = (rest + chunk).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const data = /^event: patch\ndata: (.*)$/s.exec(event)?.[1];
      if (data) apply(JSON.parse(data) as Patch);
    }
  }
}
