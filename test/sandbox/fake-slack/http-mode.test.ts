import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { App } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeSlack, startFakeSlack } from "../../../src/sandbox/fake-slack/index.ts";
import { CHANNELS, PEOPLE } from "../../../src/sandbox/fake-slack/world.ts";
import { httpApp } from "./bench-app.ts";

const command = { user: PEOPLE.ana, channel: CHANNELS.research, text: "findall_1" };

describe("a real Bolt app over HTTP", () => {
  let slack: FakeSlack;
  let app: App;

  beforeEach(async () => {
    slack = await startFakeSlack({ ackTimeoutMs: 400, eventRetryDelaysMs: [5, 5, 5] });
    app = await httpApp(slack);
  });
  afterEach(async () => {
    await app.stop();
    await slack.close();
  });

  it("takes signed commands, clicks and events", async () => {
    app.command("/findall", async ({ ack, command, client }) => {
      await ack({ text: `got ${command.text}` });
      const button = { type: "button" as const, action_id: "go", text: { type: "plain_text" as const, text: "Go" } };
      await client.chat.postMessage({
        channel: command.channel_id,
        text: "card",
        blocks: [{ type: "actions", elements: [button] }],
      });
    });
    app.action("go", async ({ ack, respond }) => {
      await ack();
      await respond({ text: "gone" });
    });
    const seen: string[] = [];
    app.event("app_home_opened", async ({ event }) => void seen.push(event.user));
    const result = await slack.command(command);
    expect(result).toMatchObject({ acked: true, status: 200, ack: { text: "got findall_1" } });
    const card = await slack.waitFor(() => slack.channel(CHANNELS.research).messages()[0]);
    const clicked = await slack.click({ user: PEOPLE.ben, channel: card.channel, ts: card.ts, actionId: "go" });
    expect(clicked.acked).toBe(true);
    await slack.waitFor(() => slack.ephemeral(PEOPLE.ben).some((each) => each.text === "gone"));
    await slack.openHome(PEOPLE.cai);
    expect(seen).toEqual([PEOPLE.cai]);
    expect(slack.deliveries().map((delivery) => delivery.via)).toEqual(["http", "http", "http"]);
  });

  it.each(["forged", "stale", "missing"] as const)("is refused with a %s signature", async (signature) => {
    app.command("/findall", async ({ ack }) => ack("never"));
    const result = await slack.command({ ...command, signature });
    expect(result).toMatchObject({ acked: false, status: 401, failure: "dispatch_failed" });
  });

  it("can sign requests as if they came from the future", async () => {
    app.command("/findall", async ({ ack }) => ack("Bolt itself lets this pass"));
    expect((await slack.command({ ...command, signature: "future" })).status).toBe(200);
  });

  it("gives up on an app that does not answer in time", async () => {
    app.command("/findall", async () => {});
    expect(await slack.command(command)).toMatchObject({ acked: false, failure: "operation_timeout", ackMs: null });
  });

  it("gives up at once on an app that is not there", async () => {
    slack.useHttp("http://127.0.0.1:9/slack/events");
    expect((await slack.command(command)).failure).toBe("dispatch_failed");
  });
});

describe("events over HTTP", () => {
  it("are sent again with retry headers until they are taken", async () => {
    const slack = await startFakeSlack({ eventRetryDelaysMs: [5, 5, 5] });
    const headers: (string | string[] | undefined)[][] = [];
    const server = createServer((request, response) => {
      request.resume();
      headers.push([request.headers["x-slack-retry-num"], request.headers["x-slack-retry-reason"]]);
      response.writeHead(headers.length < 3 ? 500 : 200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    slack.useHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const acks = await slack.event({ type: "app_home_opened", user: PEOPLE.ana });
    expect(acks.map((ack) => ack.status)).toEqual([500, 500, 200]);
    expect(headers).toEqual([
      [undefined, undefined],
      ["1", "http_error"],
      ["2", "http_error"],
    ]);
    server.close();
    await slack.close();
  });
});
