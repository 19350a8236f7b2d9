import { describe, expect, it } from "vitest";
import type { BotActions } from "../../src/bot/deps.ts";
import type { FakeSlack } from "../../src/sandbox/fake-slack/index.ts";
import { CHANNELS, PEOPLE } from "../../src/sandbox/fake-slack/world.ts";
import { actions } from "./support.ts";
import { workspace as openWorkspace } from "./workspace.ts";

const workspace = (over: Partial<BotActions> = {}) => openWorkspace(actions(over));

const ask = (slack: FakeSlack, text: string, options: { times?: number } = {}) =>
  slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text, ...options });

describe("the bot in Socket Mode", () => {
  it("answers a command to the asker alone", async () => {
    const { slack, bot } = await workspace();
    await bot.start();
    expect(bot.connected()).toBe(true);
    const result = await ask(slack, "`findall_1`");
    expect(result.ackMs).toBeLessThan(1_000);
    expect(slack.ephemeral(PEOPLE.ana).map(({ text }) => text)).toEqual([expect.stringContaining("Following")]);
    expect(slack.ephemeral(PEOPLE.ben)).toEqual([]);
    expect(slack.problems()).toEqual([]);
  });

  it("asks Slack for nothing but its connection, at boot and for a quick answer", async () => {
    const { slack, bot } = await workspace();
    await bot.start();
    await ask(slack, "list");
    expect(slack.calls().map(({ method }) => method)).toEqual(["apps.connections.open"]);
  });

  it("says that it is still working, and replaces that by the answer", async () => {
    let finish = (_result: { kind: "run_not_found" }) => {};
    const { slack, bot } = await workspace({
      runStatus: () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    });
    await bot.start();
    const result = await ask(slack, "status findall_1");
    expect(result.ack).toBeUndefined();
    expect(result.ackMs).toBeLessThan(1_000);
    await slack.waitFor(() => slack.ephemeral(PEOPLE.ana)[0]?.text.startsWith("Still asking"));
    finish({ kind: "run_not_found" });
    await slack.waitFor(() => slack.ephemeral(PEOPLE.ana)[0]?.text.startsWith("Parallel does not know"));
    expect(slack.ephemeral(PEOPLE.ana)).toHaveLength(1);
    expect(slack.problems()).toEqual([]);
  });

  it("acknowledges first, and answers then, what is asked while many wait for their answers", async () => {
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const soon = () => new Promise<void>((resolve) => setTimeout(resolve, 20));
    let asked = 0;
    const { slack, bot } = await workspace({
      runStatus: async () => {
        asked += 1;
        await (asked > 10 ? soon() : finished);
        return { kind: "run_not_found" };
      },
    });
    await bot.start();
    const waiting = await Promise.all(Array.from({ length: 10 }, () => ask(slack, "status findall_1")));
    const result = await ask(slack, "status findall_1");
    expect([result.acked, result.ack]).toEqual([true, undefined]);
    await slack.waitFor(() => result.ephemerals()[0]?.text.startsWith("Parallel does not know"));
    finish();
    await slack.waitFor(() => waiting.every((each) => each.ephemerals().length === 1));
    expect(slack.problems()).toEqual([]);
  });

  it("makes one watch of a command that Slack delivers three times", async () => {
    const seen = new Set<string>();
    let started = 0;
    const base = actions();
    const { slack, bot } = await workspace({
      firstDelivery: async (key) => !seen.has(key) && Boolean(seen.add(key)),
      startWatch: (...args) => {
        started += 1;
        return base.startWatch(...args);
      },
    });
    await bot.start();
    const result = await ask(slack, "findall_1", { times: 3 });
    expect(result.acks.every(({ acked }) => acked)).toBe(true);
    expect(started).toBe(1);
    expect(result.ephemerals()).toHaveLength(1);
  });

  it("connects again when Slack recycles the connection, and when it is cut", async () => {
    const { slack, bot } = await workspace();
    await bot.start();
    for (const hangUp of [() => slack.sockets.disconnect("refresh_requested", "all"), () => slack.sockets.cut()]) {
      hangUp();
      await slack.waitFor(() => slack.connections() === 0);
      await slack.waitFor(() => slack.connections() === 1);
      await expect.poll(() => bot.connected()).toBe(true);
      expect((await ask(slack, "help")).acked).toBe(true);
    }
    expect(slack.connections()).toBe(1);
  });

  it("keeps trying while Slack is down at the start, and says so in the log without the token", async () => {
    const { slack, bot, log } = await workspace();
    const outage = slack.faults.add({ method: "apps.connections.open", kind: "http", status: 503 });
    await bot.start();
    expect(bot.connected()).toBe(false);
    expect(log.lines.join("\n")).toContain("socket_failed");
    expect(log.lines.join("\n")).not.toContain(slack.appToken);
    outage.remove();
    await slack.waitFor(() => slack.connections() === 1);
    await expect.poll(() => bot.connected()).toBe(true);
  });

  it("stays alive and keeps trying while its app token is refused", async () => {
    const { slack, bot, log } = await workspace();
    const refused = slack.faults.add({ method: "apps.connections.open", kind: "error", error: "invalid_auth" });
    await bot.start();
    await expect.poll(() => refused.hits, { timeout: 5_000 }).toBeGreaterThan(1);
    expect(log.lines.join("\n")).toContain("invalid_auth");
    refused.remove();
    await slack.waitFor(() => slack.connections() === 1);
  });

  it("stops at once while it is waiting for the next attempt, and when it is connected", async () => {
    const { slack, bot } = await workspace();
    const outage = slack.faults.add({ method: "apps.connections.open", kind: "reset" });
    await bot.start();
    const start = Date.now();
    await bot.stop();
    outage.remove();
    await bot.start();
    await slack.waitFor(() => slack.connections() === 1);
    await bot.stop();
    await slack.waitFor(() => slack.connections() === 0);
    expect(bot.connected()).toBe(false);
    expect(Date.now() - start).toBeLessThan(5_000);
  });

  it("hears that it was invited to a channel", async () => {
    const joined: string[] = [];
    const { slack, bot } = await workspace({ botJoined: async (channel) => void joined.push(channel) });
    await bot.start();
    await slack.invite(CHANNELS.random);
    await expect.poll(() => joined).toEqual([CHANNELS.random]);
  });
});
