import type { App, BlockAction, SlackViewAction } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeSlack, startFakeSlack } from "../../../src/sandbox/fake-slack/index.ts";
import { CHANNELS, PEOPLE } from "../../../src/sandbox/fake-slack/world.ts";
import { refusal, socketApp } from "./bench-app.ts";

const { research } = CHANNELS;
const plain = (text: string) => ({ type: "plain_text" as const, text });
const button = (action: string, value: string) => ({
  type: "button" as const,
  action_id: action,
  text: plain(action),
  value,
});

const modal = (title: string, more: object = {}): ModalView => ({
  type: "modal",
  title: plain(title),
  submit: plain("Save"),
  blocks: [
    { type: "input", block_id: "note", label: plain("Note"), element: { type: "plain_text_input", action_id: "text" } },
    {
      type: "input",
      block_id: "why",
      label: plain("Why"),
      element: { type: "static_select", action_id: "reason", options: [{ text: plain("Small"), value: "s" }] },
    },
  ],
  ...more,
});

describe("clicks and modals through a real Bolt app", () => {
  let slack: FakeSlack;
  let app: App;
  let time: number;
  let ts: string;

  beforeEach(async () => {
    time = 1_700_000_000_000;
    slack = await startFakeSlack({ now: () => time, ackTimeoutMs: 300 });
    app = await socketApp(slack);
    const posted = await app.client.chat.postMessage({
      token: slack.botToken,
      channel: research,
      text: "card",
      blocks: [
        { type: "actions", block_id: "one", elements: [button("accept", "a"), button("note", "a")] },
        { type: "actions", block_id: "two", elements: [button("accept", "b")] },
        {
          type: "section",
          text: plain("more"),
          accessory: { type: "overflow", action_id: "more", options: [{ text: plain("Undo"), value: "undo" }] },
        },
      ],
    });
    ts = posted.ts as string;
  });
  afterEach(async () => {
    await app.stop();
    await slack.close();
  });

  it("sends a click with everything real Slack sends", async () => {
    const bodies: BlockAction[] = [];
    app.action({ type: "block_actions" }, async ({ ack, body }) => {
      bodies.push(body);
      await ack();
    });
    await slack.click({ user: PEOPLE.ben, channel: research, ts, actionId: "accept", value: "b" });
    expect(bodies[0]).toMatchObject({
      type: "block_actions",
      user: { id: PEOPLE.ben, team_id: slack.team.id },
      channel: { id: research, name: "research" },
      container: { type: "message", message_ts: ts, channel_id: research, is_ephemeral: false },
      message: { ts, text: "card" },
      actions: [{ type: "button", action_id: "accept", block_id: "two", value: "b" }],
      response_url: expect.stringContaining("/actions/"),
      trigger_id: expect.any(String),
    });
    await slack.click({ user: PEOPLE.ben, channel: research, ts, actionId: "more", chosen: "undo" });
    expect(bodies[1]?.actions[0]).toMatchObject({ type: "overflow", selected_option: { value: "undo" } });
  });

  it("clicks on a message that was deleted meanwhile, and on one that looked otherwise", async () => {
    const seen: unknown[] = [];
    app.action(/.*/, async ({ ack, body }) => {
      seen.push((body as BlockAction).message?.ts, (body as BlockAction).actions[0]?.action_id);
      await ack();
    });
    slack.deleteMessage(research, ts);
    await slack.click({ user: PEOPLE.ana, channel: research, ts, actionId: "accept", value: "a" });
    await slack.click({ user: PEOPLE.ana, channel: research, ts, actionId: "old", element: button("old", "x") });
    expect(seen).toEqual([ts, "accept", ts, "old"]);
    await expect(slack.click({ user: PEOPLE.ana, channel: research, ts, actionId: "nope" })).rejects.toThrow(
      /action id nope.*there are: accept, note, accept, more/,
    );
  });

  it("delivers one click twice, and complains about one that is not acknowledged", async () => {
    let count = 0;
    app.action("accept", async ({ ack }) => {
      count += 1;
      await ack();
    });
    const result = await slack.click({ user: PEOPLE.ana, channel: research, ts, actionId: "accept", times: 2 });
    expect(result.acks.map((ack) => ack.acked)).toEqual([true, true]);
    expect(count).toBe(2);
    app.action("note", async () => {});
    const ignored = await slack.click({ user: PEOPLE.ana, channel: research, ts, actionId: "note" });
    expect(ignored).toMatchObject({ acked: false, failure: "operation_timeout" });
    expect(slack.ephemeral(PEOPLE.ana)[0]?.text).toContain("failed");
  });

  it("clicks on an ephemeral message, whose answer replaces it", async () => {
    await app.client.chat.postEphemeral({
      token: slack.botToken,
      channel: research,
      user: PEOPLE.ana,
      text: "sure?",
      blocks: [{ type: "actions", elements: [button("yes", "y")] }],
    });
    app.action("yes", async ({ ack, respond, body }) => {
      await ack();
      await respond({ text: `replaced ${(body as BlockAction).container.is_ephemeral}`, replace_original: true });
    });
    await slack.click({ user: PEOPLE.ana, ephemeral: slack.ephemeral()[0]?.id, actionId: "yes" });
    await slack.waitFor(() => slack.ephemeral(PEOPLE.ana)[0]?.text === "replaced true");
  });

  it("opens a modal with a fresh trigger, once, within three seconds", async () => {
    const opened: string[] = [];
    app.action("note", async ({ ack, body, client }) => {
      await ack();
      const trigger = (body as BlockAction).trigger_id;
      opened.push((await refusal(client.views.open({ trigger_id: trigger, view: modal("Note") }))).error);
      opened.push((await refusal(client.views.open({ trigger_id: trigger, view: modal("Note") }))).error);
    });
    await slack.click({ user: PEOPLE.ana, channel: research, ts, actionId: "note" });
    await slack.waitFor(() => opened.length === 2);
    expect(opened).toEqual(["ok", "exchanged_trigger_id"]);
    expect(slack.views.modals(PEOPLE.ana)).toHaveLength(1);
    const late = await slack
      .click({ user: PEOPLE.ana, channel: research, ts, actionId: "accept", value: "a" })
      .then((result) => {
        time += 3_001;
        return refusal(
          app.client.views.open({ token: slack.botToken, trigger_id: result.triggerId, view: modal("x") }),
        );
      });
    expect(late.error).toBe("expired_trigger_id");
  });

  async function openModal(view: ModalView = modal("Note", { callback_id: "save", private_metadata: "d-1" })) {
    app.action("note", async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: (body as BlockAction).trigger_id, view });
    });
    await slack.click({ user: PEOPLE.ana, channel: research, ts, actionId: "note" });
    return slack.waitFor(() => slack.views.modals(PEOPLE.ana).at(-1));
  }

  it("submits a modal with its values, shows errors, and closes it when all is well", async () => {
    await openModal();
    const bodies: SlackViewAction[] = [];
    app.view("save", async ({ ack, body }) => {
      bodies.push(body);
      if (body.view.state.values.note?.text?.value) await ack();
      else await ack({ response_action: "errors", errors: { note: "Say why" } });
    });
    const refused = await slack.submit({ user: PEOPLE.ana });
    expect(refused.errors).toEqual({ note: "Say why" });
    expect(refused.view).toBeDefined();
    const saved = await slack.submit({ user: PEOPLE.ana, values: { text: "too small", reason: "s" } });
    expect(saved.view).toBeUndefined();
    expect(bodies[1]?.view).toMatchObject({
      private_metadata: "d-1",
      state: {
        values: { note: { text: { value: "too small" } }, why: { reason: { selected_option: { value: "s" } } } },
      },
    });
  });

  it("keeps as a problem what Slack would not show: errors of unknown blocks, invalid views", async () => {
    await openModal();
    app.view("save", async ({ ack }) => ack({ response_action: "errors", errors: { typo: "?" } }));
    await slack.submit({ user: PEOPLE.ana });
    expect(slack.problems()).toEqual(["view error for typo, which is not an input block"]);
  });

  it("updates, pushes and clears views as the answer asks", async () => {
    const first = await openModal();
    const answers = [
      { response_action: "update", view: modal("Two", { callback_id: "save" }) },
      { response_action: "push", view: modal("Three", { callback_id: "save" }) },
      { response_action: "clear" },
    ] as const;
    let step = 0;
    app.view("save", async ({ ack }) => {
      await ack(answers[step] as (typeof answers)[0]);
      step += 1;
    });
    expect((await slack.submit({ user: PEOPLE.ana })).view).toMatchObject({
      id: first.id,
      view: { title: { text: "Two" } },
    });
    const pushed = await slack.submit({ user: PEOPLE.ana });
    expect(pushed.view).toMatchObject({ previousId: first.id, rootId: first.id, view: { title: { text: "Three" } } });
    expect((await slack.submit({ user: PEOPLE.ana })).view).toBeUndefined();
    const stale = app.client.views.update({ token: slack.botToken, view_id: first.id, view: modal("late") });
    expect((await refusal(stale)).error).toBe("not_found");
  });

  it("tells of a closed modal only when asked", async () => {
    await openModal(modal("Note", { notify_on_close: true, callback_id: "save" }));
    const closed: string[] = [];
    app.view({ type: "view_closed", callback_id: "save" }, async ({ ack, view }) => {
      closed.push(view.id);
      await ack();
    });
    await slack.dismiss({ user: PEOPLE.ana });
    expect(closed).toHaveLength(1);
    expect(slack.views.modals(PEOPLE.ana)).toEqual([]);
  });

  it("shows the Home tab, guards it with its hash, and takes clicks on it", async () => {
    const publish = (text: string, hash?: string) =>
      app.client.views.publish({
        token: slack.botToken,
        user_id: PEOPLE.ana,
        hash,
        view: { type: "home", blocks: [{ type: "actions", elements: [button(text, "h")] }] },
      });
    const first = await publish("one");
    await publish("two", first.view?.hash);
    expect((await refusal(publish("three", first.view?.hash))).error).toBe("hash_conflict");
    const home = await slack.waitFor(() => slack.views.home(PEOPLE.ana));
    expect(slack.viewText(home.id)).toBe("[two]");
    const containers: unknown[] = [];
    app.action("two", async ({ ack, body }) => {
      containers.push((body as BlockAction).container);
      await ack();
    });
    await slack.click({ user: PEOPLE.ana, view: home.id, actionId: "two" });
    expect(containers).toEqual([{ type: "view", view_id: home.id }]);
  });
});
