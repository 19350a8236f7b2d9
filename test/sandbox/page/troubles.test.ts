import { describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../../src/sandbox/fake-slack/world.ts";
import type { Machine } from "../../../src/sandbox/page/machines.ts";
import { createTroubles } from "../../../src/sandbox/page/troubles.ts";
import { act, callSlack, lookAt, startQuietPage } from "./browser.ts";

const SCENE = { user: PEOPLE.ana, channel: CHANNELS.research };

function machine(): Machine & { readonly log: string[] } {
  const log: string[] = [];
  const isUp = () => log.at(-1) !== "stop";
  return { log, isUp, start: async () => void log.push("start"), stop: async () => void log.push("stop") };
}

describe("trouble on the page", () => {
  it.each([
    ["slack_429", "ratelimited"],
    ["token_revoked", "token_revoked"],
    ["kicked", "not_in_channel"],
    ["archived", "is_archived"],
  ])("%s is caused with one click, seen as on, and taken away with another", async (id, code) => {
    await using world = await startQuietPage();
    const { slack, page } = world;
    const message = { channel: SCENE.channel, text: "hello" };
    await using ana = await lookAt(page.url, SCENE);
    await act(page.url, "trouble", { ...SCENE, id, on: true });
    await ana.seen("troubles", new RegExp(`data-trouble="${id}" data-on="false" role="switch" aria-checked="true"`));
    expect((await callSlack(slack, "chat.postMessage", message)).error).toBe(code);
    await act(page.url, "trouble", { ...SCENE, id, on: false });
    expect(await callSlack(slack, "chat.postMessage", message)).toMatchObject({ ok: true });
  });

  it("an answer is lost after the post, and the numbers say so", async () => {
    await using world = await startQuietPage();
    await using ana = await lookAt(world.page.url, SCENE);
    await act(world.page.url, "trouble", { ...SCENE, id: "slack_lost" });
    const lost = callSlack(world.slack, "chat.postMessage", { channel: SCENE.channel, text: "did it arrive?" });
    await expect(lost).rejects.toThrow();
    await ana.seen("messages", "did it arrive?");
    await ana.seen("status", /ambiguous<\/dt><dd>1</);
    await ana.seen("troubles", "1 call spoiled");
    await act(world.page.url, "trouble", { ...SCENE, id: "all", on: false });
    await ana.seen("troubles", /data-trouble="all" data-on="false" disabled/);
  });

  it.each(["parallel_down", "parallel_401", "parallel_404", "parallel_json"])(
    "%s spoils Parallel's answers",
    async (id) => {
      await using world = await startQuietPage();
      const { findall, page } = world;
      const ask = async () => {
        const url = `${findall.baseUrl}/v1beta/findall/runs/run_demo`;
        const answer = await fetch(url, { headers: { "x-api-key": findall.apiKey } });
        return answer.ok
          ? Object.keys((await answer.json()) as object)
          : Promise.reject(new Error(String(answer.status)));
      };
      await act(page.url, "trouble", { ...SCENE, id });
      await expect(ask()).rejects.toThrow();
      await act(page.url, "trouble", { ...SCENE, id, on: false });
      expect(await ask()).toContain("findall_id");
    },
  );

  it("the newest card is deleted, and where there is none the button says so", async () => {
    await using world = await startQuietPage();
    const { slack, page } = world;
    await using ana = await lookAt(page.url, SCENE);
    await ana.seen("troubles", "There is no card here yet.");
    const metadata = { event_type: "findall_card", event_payload: { id: "d-1" } };
    await callSlack(slack, "chat.postMessage", { channel: SCENE.channel, text: "the card", metadata });
    await ana.seen("messages", "the card");
    await act(page.url, "trouble", { ...SCENE, id: "card_deleted" });
    expect(slack.channel(SCENE.channel).messages()).toEqual([]);
  });

  it("service and Redis are stopped, started and restarted; what cannot be stopped says why", async () => {
    await using world = await startQuietPage();
    const service = machine();
    const troubles = createTroubles(world.slack, world.findall, { servicePort: () => null, service, redis: null });
    const of = (id: string) => troubles.find((each) => each.id === id);
    await of("worker_killed")?.cause(SCENE);
    expect(of("worker_killed")?.isOn(SCENE)).toBe(true);
    await of("worker_killed")?.takeAway(SCENE);
    await of("worker_restart")?.cause(SCENE);
    expect(service.log).toEqual(["stop", "start", "stop", "start"]);
    expect(of("redis_restart")?.obstacle(SCENE)).toMatch(/install redis-server/);
  });
});
