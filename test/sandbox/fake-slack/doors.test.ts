import { readFileSync } from "node:fs";
import path from "node:path";
import type { App, BlockAction } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { type FakeSlack, startFakeSlack } from "../../../src/sandbox/fake-slack/index.ts";
import { readManifest } from "../../../src/sandbox/fake-slack/manifest.ts";
import { CHANNELS, PEOPLE } from "../../../src/sandbox/fake-slack/world.ts";
import { socketApp } from "./bench-app.ts";

const { research, random } = CHANNELS;
const plain = (text: string) => ({ type: "plain_text" as const, text });

describe("the ways into an app beside commands", () => {
  let slack: FakeSlack;
  let app: App;
  beforeEach(async () => {
    slack = await startFakeSlack({ ackTimeoutMs: 1_000, events: ["message.im"] });
    app = await socketApp(slack);
  });
  afterEach(async () => {
    await app.stop();
    await slack.close();
  });

  it("a shortcut on a message brings the message, a place to answer and a trigger, also where the app is not", async () => {
    const bodies: unknown[] = [];
    app.shortcut("follow", async ({ ack, body, respond, client }) => {
      bodies.push(body);
      await ack();
      await client.views.open({
        trigger_id: body.trigger_id,
        view: { type: "modal", title: plain("Run"), blocks: [] },
      });
      await respond("followed");
    });
    const { ts } = slack.say({ user: PEOPLE.ben, channel: random, text: "look at run_demo" });
    const used = await slack.shortcut({ user: PEOPLE.ana, callbackId: "follow", message: { channel: random, ts } });
    await slack.waitFor(() => used.responses().length > 0);
    expect(bodies[0]).toMatchObject({
      type: "message_action",
      callback_id: "follow",
      user: { id: PEOPLE.ana },
      team: { id: slack.team.id },
      channel: { id: random, name: "random" },
      message_ts: ts,
      message: { type: "message", user: PEOPLE.ben, ts, text: "look at run_demo" },
      response_url: used.responseUrl,
      trigger_id: used.triggerId,
    });
    expect(slack.views.modals(PEOPLE.ana)).toHaveLength(1);
    expect(slack.ephemeral(PEOPLE.ana)).toMatchObject([{ channel: random, text: "followed" }]);
  });

  it("a global shortcut brings a trigger and no place; one nobody answers is told where it was used on a message", async () => {
    const bodies: unknown[] = [];
    app.shortcut({ type: "shortcut", callback_id: "start" }, async ({ ack, body, client }) => {
      bodies.push(body);
      await ack();
      await client.views.open({
        trigger_id: body.trigger_id,
        view: { type: "modal", title: plain("Run"), blocks: [] },
      });
    });
    await slack.shortcut({ user: PEOPLE.cai, callbackId: "start" });
    await slack.waitFor(() => slack.views.modals(PEOPLE.cai).length === 1);
    expect(bodies[0]).toMatchObject({ type: "shortcut", callback_id: "start", user: { id: PEOPLE.cai } });
    for (const absent of ["channel", "message", "response_url"]) expect(bodies[0]).not.toHaveProperty(absent);
    const { ts } = slack.say({ user: PEOPLE.ben, channel: research, text: "hello" });
    const message = { channel: research, ts };
    expect(await slack.shortcut({ user: PEOPLE.ana, callbackId: "nobody", message })).toMatchObject({ acked: false });
    expect(slack.ephemeral(PEOPLE.ana)[0]?.text).toContain("nobody");
  });

  it("what a person writes to the app reaches it, and what they write elsewhere does not", async () => {
    const heard: unknown[] = [];
    app.event("message", async ({ event }) => void heard.push(event));
    slack.say({ user: PEOPLE.ana, channel: research, text: "not for the app" });
    const dm = slack.appDm(PEOPLE.ana);
    const first = slack.say({ user: PEOPLE.ana, channel: dm, text: "run_demo" });
    slack.say({ user: PEOPLE.ana, channel: dm, text: "and this", threadTs: first.ts });
    await slack.waitFor(() => heard.length === 2);
    expect(heard).toMatchObject([
      { type: "message", channel: dm, channel_type: "im", user: PEOPLE.ana, text: "run_demo", ts: first.ts },
      { text: "and this", thread_ts: first.ts },
    ]);
  });

  it("what a person writes to an app that has not subscribed, or may not read it, is not told", async () => {
    slack.setScopes(["chat:write"]);
    slack.say({ user: PEOPLE.ana, channel: slack.appDm(PEOPLE.ana), text: "hello?" });
    await using other = await startFakeSlack({ events: [] });
    other.say({ user: PEOPLE.ana, channel: other.appDm(PEOPLE.ana), text: "hello?" });
    expect([slack.deliveries(), other.deliveries()]).toEqual([[], []]);
  });

  it("opening Home is told with what stands there, opening the messages without", async () => {
    const opened: unknown[] = [];
    app.event("app_home_opened", async ({ event }) => void opened.push(event));
    const blocks = [{ type: "section", text: plain("Good morning") }];
    await slack.openHome(PEOPLE.ana);
    await app.client.views.publish({
      token: slack.botToken,
      user_id: PEOPLE.ana,
      view: { type: "home", blocks: blocks as never },
    });
    await slack.openHome(PEOPLE.ana);
    await slack.openHome(PEOPLE.ana, "messages");
    expect(opened).toMatchObject([
      { tab: "home", user: PEOPLE.ana, channel: slack.appDm(PEOPLE.ana) },
      { tab: "home", view: { type: "home", blocks } },
      { tab: "messages" },
    ]);
    for (const index of [0, 2]) expect(opened[index]).not.toHaveProperty("view");
  });

  it("a click deep in a container is told with the innermost block, several choices at once, and all that is chosen", async () => {
    const bodies: BlockAction[] = [];
    app.action(/.*/, async ({ ack, body }) => {
      bodies.push(body as BlockAction);
      await ack();
    });
    const options = ["a", "b", "c"].map((value) => ({ text: plain(value), value }));
    const child = { type: "actions", elements: [{ type: "checkboxes", action_id: "boxes", options }] };
    const posted = await app.client.chat.postMessage({
      token: slack.botToken,
      channel: research,
      text: "boxes",
      blocks: [{ type: "container", block_id: "outer", title: plain("Outer"), child_blocks: [child] }] as never,
    });
    await slack.click({ user: PEOPLE.ana, channel: research, ts: posted.ts, actionId: "boxes", chosen: ["a", "c"] });
    const [action] = bodies[0]?.actions ?? [];
    expect(action).toMatchObject({ type: "checkboxes", selected_options: [options[0], options[2]] });
    expect(action?.block_id).toMatch(/^b/);
    expect(bodies[0]?.state?.values).toEqual({
      [action?.block_id ?? ""]: { boxes: { type: "checkboxes", selected_options: [options[0], options[2]] } },
    });
  });
});

describe("the manifest as the fake reads it", () => {
  const of = (text: string) => {
    const { features, settings } = parseYaml(text);
    const kinds = { message: "message", global: "global" } as const;
    return {
      commands: features.slash_commands.map((each: Record<string, string>) => ({
        name: each.command,
        description: each.description,
        usageHint: each.usage_hint,
      })),
      shortcuts: (features.shortcuts ?? []).map((each: Record<string, string>) => ({
        kind: kinds[each.type as "message"],
        name: each.name,
        description: each.description,
        callbackId: each.callback_id,
      })),
      events: settings.event_subscriptions.bot_events,
    };
  };

  it("is what a YAML parser finds in the product's, and in one with more in it", () => {
    const text = readFileSync(path.resolve(import.meta.dirname, "../../../manifest.yml"), "utf8");
    expect(readManifest(text)).toEqual(of(text));
    const more = `features:
  shortcuts:
    - name: Follow this run
      # where one is named
      type: message
      callback_id: follow
      description: "Follow: the run of this message"
    - name: 'Start'
      type: global
      callback_id: start
      description: Follow a run
  slash_commands:
    - command: /findall
      description: Follow
      usage_hint: "<run id> | list"
settings:
  event_subscriptions:
    bot_events:
      - message.im # what is written to the app
      - app_home_opened
  interactivity:
    is_enabled: true
`;
    expect(readManifest(more)).toEqual(of(more));
    expect(readManifest(more).events).toEqual(["message.im", "app_home_opened"]);
  });
});
