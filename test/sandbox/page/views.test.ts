import { describe, expect, it } from "vitest";
import { type Manifest, readManifest } from "../../../src/sandbox/fake-slack/manifest.ts";
import { CHANNELS, PEOPLE } from "../../../src/sandbox/fake-slack/world.ts";
import { shortcutMenu } from "../../../src/sandbox/page/regions/shortcuts.ts";
import { html } from "../../../src/sandbox/page/render/html.ts";
import { act, callSlack, lookAt, startQuietPage } from "./browser.ts";

const HERE = { user: PEOPLE.ana, channel: CHANNELS.research };

const plain = (text: string) => ({ type: "plain_text", text });
const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });
const MODAL = {
  type: "modal",
  title: plain("Details"),
  submit: plain("Save"),
  close: plain("Leave"),
  blocks: [
    section("All that is *known*"),
    { type: "input", block_id: "note", label: plain("Note"), element: { type: "plain_text_input", action_id: "note" } },
  ],
};

/** Opens a modal for Ana, as an answer to something she did. */
async function openModal({ slack }: Awaited<ReturnType<typeof startQuietPage>>) {
  const { triggerId } = await slack.command({ ...HERE, text: "help" });
  return callSlack(slack, "views.open", { trigger_id: triggerId, view: MODAL });
}

describe("shortcuts on the page", () => {
  const shortcuts = [
    { kind: "message", name: "Follow this run", description: "The run that it <names>", callbackId: "follow" },
    { kind: "global", name: "Follow a run", description: "Anywhere", callbackId: "start" },
  ] as const;
  const menu = (kind: "message" | "global", offered: Manifest["shortcuts"] = shortcuts) =>
    shortcutMenu({ commands: [], events: [], shortcuts: offered }, kind, html`…`);

  it("stand in a menu of their kind, and where the app has none there is no menu", () => {
    const [onMessage, anywhere] = [menu("message"), menu("global")];
    expect(onMessage).toMatchObject({ markup: expect.stringMatching(/data-shortcut="follow"[\s\S]*it &lt;names&gt;/) });
    expect(onMessage).not.toMatchObject({ markup: expect.stringContaining("start") });
    expect(anywhere).toMatchObject({ markup: expect.stringContaining('data-shortcut="start"') });
    expect(menu("global", [])).toBe("");
  });

  it("are those of the product's manifest, and others are refused", async () => {
    await using world = await startQuietPage();
    const { status, body } = await act(world.page.url, "shortcut", { ...HERE, callbackId: "nobody" });
    expect([status, body.error]).toEqual([400, "there is no shortcut nobody"]);
    const { ts } = world.slack.say({ ...HERE, text: "run_demo" });
    for (const { callbackId } of readManifest().shortcuts) {
      const answer = await act(world.page.url, "shortcut", { ...HERE, ts, callbackId });
      expect(answer.body.error).toContain("did not answer");
    }
  });
});

describe("views on the page", () => {
  it("a modal has its title, its fields and its buttons, for the person it was opened for", async () => {
    await using world = await startQuietPage();
    await using ana = await lookAt(world.page.url, HERE);
    await using ben = await lookAt(world.page.url, { ...HERE, user: PEOPLE.ben });
    expect(await openModal(world)).toMatchObject({ ok: true });
    await ana.seen("modals", /Details<\/h2>[\s\S]*<strong>known<\/strong>[\s\S]*<textarea|<input/);
    expect(ana.see("modals")).toMatch(/Leave<\/button>[\s\S]*type="submit"[^>]*>Save/);
    expect(ben.see("modals")).toBe("");
    const view = world.slack.views.modals(PEOPLE.ana)[0]?.id;
    await act(world.page.url, "dismiss", { user: PEOPLE.ana, view });
    await expect.poll(() => ana.see("modals")).toBe("");
  });

  it("says so when the app does not answer a submission, and leaves the modal open", async () => {
    await using world = await startQuietPage();
    await openModal(world);
    const view = world.slack.views.modals(PEOPLE.ana)[0]?.id;
    const answer = await act(world.page.url, "submit", { user: PEOPLE.ana, view, values: { note: "mine" } });
    expect(answer.body).toMatchObject({ errors: {}, error: expect.stringContaining("did not answer") });
    expect(world.slack.views.modals(PEOPLE.ana)).toHaveLength(1);
  });

  it("the app's Home is one tab away, and empty until the app has drawn it", async () => {
    await using world = await startQuietPage();
    const home = { user: PEOPLE.ana, channel: world.slack.appDm(PEOPLE.ana), tab: "home" };
    await using ana = await lookAt(world.page.url, home);
    await ana.seen("messages", "has not drawn a Home");
    const view = { type: "home", blocks: [section("Good morning")] };
    await callSlack(world.slack, "views.publish", { user_id: PEOPLE.ana, view });
    await ana.seen("messages", "Good morning");
    expect(ana.see("composer")).toBe("");
  });

  it("a file can be opened and saved, and is text whatever it holds", async () => {
    await using world = await startQuietPage();
    const { slack, page } = world;
    slack.setScopes(["chat:write", "files:write", "channels:history"]);
    const content = "name,url\n<b>Halmstrand</b>,https://halmstrand.example\n";
    const place = (await callSlack(slack, "files.getUploadURLExternal", {
      filename: "run.csv",
      length: content.length,
    })) as unknown as { upload_url: string; file_id: string };
    await fetch(place.upload_url, { method: "POST", body: content });
    const files = [{ id: place.file_id, title: "The run" }];
    await callSlack(slack, "files.completeUploadExternal", { files, channel_id: HERE.channel });
    await using ana = await lookAt(page.url, HERE);
    await ana.seen("messages", new RegExp(`href="/files/${place.file_id}"[\\s\\S]*The run[\\s\\S]*run.csv`));
    await using inFiles = await lookAt(page.url, { ...HERE, tab: "files" });
    await inFiles.seen("messages", "The run");
    const opened = await fetch(`${page.url}files/${place.file_id}`);
    expect(opened.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(await opened.text()).toBe(content);
    const saved = await fetch(`${page.url}files/${place.file_id}?download`);
    expect(saved.headers.get("content-disposition")).toMatch(/^attachment.*run\.csv/);
    expect((await fetch(`${page.url}files/F0NONE`)).status).toBe(404);
  });
});
