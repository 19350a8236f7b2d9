import type { App } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type FakeSlack, startFakeSlack } from "../../../src/sandbox/fake-slack/index.ts";
import { CHANNELS, PEOPLE } from "../../../src/sandbox/fake-slack/world.ts";
import { clientOf, socketApp } from "./bench-app.ts";

async function openUrl(slack: FakeSlack): Promise<string> {
  const { url } = await clientOf(slack, slack.appToken).apps.connections.open({});
  return url as string;
}

const command = { user: PEOPLE.ana, channel: CHANNELS.research, text: "findall_1" };

describe("a real Bolt app in Socket Mode", () => {
  let slack: FakeSlack;
  let apps: App[];
  const start = async () => {
    const app = await socketApp(slack);
    apps.push(app);
    return app;
  };

  beforeEach(async () => {
    apps = [];
    slack = await startFakeSlack({ ackTimeoutMs: 300, eventRetryDelaysMs: [10, 10] });
  });
  afterEach(async () => {
    for (const app of apps) await app.stop();
    await slack.close();
  });

  it("answers a slash command, and the person sees the answer alone", async () => {
    const app = await start();
    app.command("/findall", async ({ ack, command }) => ack(`got ${command.text} in ${command.channel_name}`));
    const result = await slack.command(command);
    expect(result.acked).toBe(true);
    expect(result.ackMs).toBeLessThan(300);
    expect(result.ack).toEqual({ text: "got findall_1 in research" });
    expect(slack.ephemeral(PEOPLE.ana).map((each) => each.text)).toEqual(["got findall_1 in research"]);
    expect(slack.ephemeral(PEOPLE.ben)).toEqual([]);
  });

  it("hides the names of channels that are not public", async () => {
    const app = await start();
    app.command("/findall", async ({ ack, command }) => ack(command.channel_name));
    const name = async (channel: string) => (await slack.command({ ...command, channel })).ack;
    expect(await name(CHANNELS.board)).toEqual({ text: "privategroup" });
    expect(await name(CHANNELS.anaBen)).toEqual({ text: "directmessage" });
  });

  it("shows nothing for an empty acknowledgement, and everybody what is said in the channel", async () => {
    const app = await start();
    app.command("/quiet", async ({ ack }) => ack());
    app.command("/loud", async ({ ack }) => ack({ response_type: "in_channel", text: "hear, hear" }));
    expect((await slack.command({ ...command, command: "/quiet" })).ack).toBeUndefined();
    expect(slack.ephemeral()).toEqual([]);
    await slack.command({ ...command, command: "/loud", channel: CHANNELS.random });
    expect(slack.channel(CHANNELS.random).messages()).toMatchObject([{ text: "hear, hear", origin: "command_ack" }]);
  });

  it("lets Slackbot complain when a command is not acknowledged in time", async () => {
    const app = await start();
    app.command("/findall", async () => {});
    const result = await slack.command(command);
    expect(result).toMatchObject({ acked: false, ackMs: null, ack: undefined, failure: "operation_timeout" });
    expect(result.ephemerals()[0]).toMatchObject({
      text: '/findall failed with the error "operation_timeout"',
      origin: "slackbot",
    });
  });

  it("lets Slackbot complain at once when nobody is connected", async () => {
    const result = await slack.command(command);
    expect(result.failure).toBe("dispatch_failed");
    expect(result.ephemerals()[0]?.text).toContain("dispatch_failed");
  });

  it("refuses an acknowledgement with invalid blocks, and keeps it as a problem", async () => {
    const app = await start();
    const blocks = [{ type: "header" as const, text: { type: "plain_text" as const, text: "x".repeat(151) } }];
    app.command("/findall", async ({ ack }) => ack({ text: "x", blocks }));
    const result = await slack.command(command);
    expect(result.ephemerals()[0]?.text).toContain("invalid_command_response");
    expect(slack.problems()[0]).toContain("/blocks/0/text/text");
  });

  it("knows no command without the scope for it", async () => {
    slack.setScopes(["chat:write"]);
    await expect(slack.command(command)).rejects.toThrow(/no scope `commands`/);
  });

  it("posts, edits and threads what the app says", async () => {
    const app = await start();
    app.command("/findall", async ({ ack, client, command }) => {
      await ack();
      const card = await client.chat.postMessage({ channel: command.channel_id, text: "card" });
      await client.chat.postMessage({ channel: command.channel_id, text: "reply", thread_ts: card.ts });
      await client.chat.update({ channel: command.channel_id, ts: card.ts as string, text: "card 2" });
    });
    await slack.command(command);
    const channel = slack.channel(CHANNELS.research);
    const card = await slack.waitFor(() => channel.roots().find((message) => message.text === "card 2"));
    expect(card.edits.map((edit) => edit.text)).toEqual(["card"]);
    expect(channel.thread(card.ts).map((message) => message.text)).toEqual(["reply"]);
  });

  it("delivers the same command twice on request", async () => {
    const app = await start();
    const triggers: string[] = [];
    app.command("/findall", async ({ ack, command }) => {
      triggers.push(command.trigger_id);
      await ack();
    });
    const result = await slack.command({ ...command, times: 2 });
    expect(result.acks).toHaveLength(2);
    expect(triggers).toEqual([result.triggerId, result.triggerId]);
  });

  it("gives each envelope to exactly one of several connections, in turn", async () => {
    const heard = [0, 0];
    for (const index of [0, 1]) {
      const app = await start();
      app.command("/findall", async ({ ack }) => {
        heard[index] = (heard[index] ?? 0) + 1;
        await ack();
      });
    }
    expect(slack.connections()).toBe(2);
    for (let n = 0; n < 4; n += 1) await slack.command(command);
    expect(heard).toEqual([2, 2]);
  });

  it("asks a client to reconnect, and the other one carries on meanwhile", async () => {
    for (const _each of [0, 1]) {
      const app = await start();
      app.command("/findall", async ({ ack }) => ack("here"));
    }
    slack.sockets.disconnect();
    await slack.waitFor(() => slack.connections() === 1);
    expect((await slack.command(command)).ack).toEqual({ text: "here" });
    slack.sockets.cut();
    await slack.waitFor(() => slack.connections() === 0);
  });

  it("delivers events, the bot being invited among them", async () => {
    const app = await start();
    const joined: string[] = [];
    app.event("member_joined_channel", async ({ event }) => void joined.push(`${event.user} ${event.channel}`));
    const acks = await slack.invite(CHANNELS.random);
    expect(acks.map((ack) => ack.acked)).toEqual([true]);
    await slack.waitFor(() => joined.includes(`${slack.app.botUserId} ${CHANNELS.random}`));
  });

  it("delivers an event again to whoever is connected then, until it is acknowledged", async () => {
    const frames: { retry_attempt: number; retry_reason: string; envelope_id: string }[] = [];
    const socket = new WebSocket(await openUrl(slack));
    socket.on("message", (data) => {
      const frame = JSON.parse(String(data));
      if (frame.type !== "events_api") return;
      frames.push(frame);
      if (frames.length === 2) socket.send(JSON.stringify({ envelope_id: frame.envelope_id }));
    });
    await slack.waitFor(() => slack.connections() === 1);
    const acks = await slack.event({ type: "app_home_opened", user: PEOPLE.ana });
    expect(acks.map((ack) => ack.failure)).toEqual(["operation_timeout", null]);
    expect(frames.map((frame) => [frame.retry_attempt, frame.retry_reason])).toEqual([
      [0, ""],
      [1, "http_timeout"],
    ]);
    socket.close();
  });

  it("tells the retries of an event apart", async () => {
    const attempts = await slack.event({ type: "app_home_opened", user: PEOPLE.ana, tab: "home" });
    expect(attempts.map((attempt) => attempt.failure)).toEqual([
      "dispatch_failed",
      "dispatch_failed",
      "dispatch_failed",
    ]);
    expect(slack.deliveries().map((delivery) => delivery.retry)).toEqual([0, 1, 2]);
  });

  it("refuses connections without a ticket, and an eleventh connection", async () => {
    const refused = new WebSocket(`${slack.url.replace("http", "ws")}/link/?ticket=stolen`);
    await new Promise((resolve) => refused.on("error", resolve));
    const open = async () => {
      const socket = new WebSocket(await openUrl(slack));
      return new Promise<string>((resolve) => socket.on("message", (data) => resolve(String(data))));
    };
    for (let n = 0; n < 10; n += 1) expect(await open()).toContain('"type":"hello"');
    expect(await open()).toContain("too_many_websockets");
  });
});
