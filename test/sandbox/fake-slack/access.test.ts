import { readFileSync } from "node:fs";
import type { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { FakeSlack } from "../../../src/sandbox/fake-slack/index.ts";
import { CHANNELS, MANIFEST_SCOPES, PEOPLE } from "../../../src/sandbox/fake-slack/world.ts";
import { clientOf, refusal, withClient } from "./bench-app.ts";

describe("tokens, scopes, membership and policy", () => {
  let slack: FakeSlack;
  let client: WebClient;
  const post = (channel: string) => refusal(client.chat.postMessage({ channel, text: "x" }));

  beforeEach(async () => {
    ({ slack, client } = await withClient({ rateLimits: { enabled: false } }));
  });
  afterEach(() => slack.close());

  it("grants by default what the manifest asks for", () => {
    const manifest = parse(readFileSync("manifest.yml", "utf8"));
    expect([...MANIFEST_SCOPES].sort()).toEqual([...manifest.oauth_config.scopes.bot].sort());
  });

  it("tells who the bot is, and its scopes in a header", async () => {
    const answer = await client.auth.test();
    expect(answer).toMatchObject({ team_id: slack.team.id, user_id: slack.app.botUserId, bot_id: slack.app.botId });
    expect(answer.response_metadata?.scopes).toContain("chat:write");
  });

  it("refuses tokens that are missing, wrong, or of the wrong kind", async () => {
    expect(
      (
        await refusal(
          new (client.constructor as typeof WebClient)(undefined, { slackApiUrl: slack.apiUrl }).auth.test(),
        )
      ).error,
    ).toBe("not_authed");
    expect((await refusal(clientOf(slack, "xoxb-other").auth.test())).error).toBe("invalid_auth");
    expect((await refusal(clientOf(slack, slack.appToken).auth.test())).error).toBe("not_allowed_token_type");
    expect((await refusal(client.apps.connections.open({}))).error).toBe("not_allowed_token_type");
    expect((await clientOf(slack, slack.appToken).apps.connections.open({})).url).toMatch(/^ws:\/\/127\.0\.0\.1/);
  });

  it("refuses everything while the installation is dead, with the code asked for", async () => {
    slack.revokeToken();
    expect((await post(CHANNELS.research)).error).toBe("token_revoked");
    slack.revokeToken("account_inactive");
    expect((await post(CHANNELS.research)).error).toBe("account_inactive");
    slack.restoreToken();
    expect((await post(CHANNELS.research)).error).toBe("ok");
  });

  it("names the scope that is missing and those that are there", async () => {
    slack.setScopes(["commands", "channels:read"]);
    expect((await post(CHANNELS.research)).data).toMatchObject({
      error: "missing_scope",
      needed: "chat:write",
      provided: "commands,channels:read",
    });
    const history = await refusal(client.conversations.history({ channel: CHANNELS.research }));
    expect(history.data.needed).toBe("channels:history");
    const replies = await refusal(client.conversations.replies({ channel: CHANNELS.deals, ts: "1.000000" }));
    expect(replies.data.needed).toBe("groups:history");
    expect((await refusal(client.conversations.open({ users: PEOPLE.ana }))).data.needed).toBe("im:write");
  });

  it.each([
    ["a public channel without the bot", CHANNELS.random, "not_in_channel"],
    ["a private channel without the bot", CHANNELS.board, "channel_not_found"],
    ["a direct message between two people", CHANNELS.anaBen, "channel_not_found"],
    ["a channel that does not exist", "C0NOWHERE", "channel_not_found"],
    ["an archived channel", CHANNELS.archived, "is_archived"],
    ["a private channel with the bot", CHANNELS.deals, "ok"],
    ["a person", PEOPLE.cai, "ok"],
  ])("answers a post to %s as Slack does", async (_name, channel, error) => {
    expect((await post(channel)).error).toBe(error);
  });

  it("lets chat:write.public into public channels only", async () => {
    slack.setScopes(["chat:write", "chat:write.public"]);
    expect((await post(CHANNELS.random)).error).toBe("ok");
    expect((await post(CHANNELS.board)).error).toBe("channel_not_found");
  });

  it("reads and describes only what the bot can see", async () => {
    expect((await refusal(client.conversations.history({ channel: CHANNELS.random }))).error).toBe("not_in_channel");
    expect((await refusal(client.conversations.info({ channel: CHANNELS.board }))).error).toBe("channel_not_found");
    expect((await refusal(client.conversations.info({ channel: CHANNELS.anaBen }))).error).toBe("channel_not_found");
    expect((await refusal(client.conversations.history({ channel: CHANNELS.archived }))).error).toBe("ok");
  });

  it("follows the bot being removed and invited again", async () => {
    slack.kick(CHANNELS.research);
    expect((await post(CHANNELS.research)).error).toBe("not_in_channel");
    slack.kick(CHANNELS.deals);
    expect((await post(CHANNELS.deals)).error).toBe("channel_not_found");
    slack.setScopes(["chat:write"]); // without channels:read the app is not told
    expect(await slack.invite(CHANNELS.research)).toEqual([]);
    expect((await post(CHANNELS.research)).error).toBe("ok");
  });

  it("enforces what admins and people decide", async () => {
    const { ts } = await client.chat.postMessage({ channel: CHANNELS.research, text: "card" });
    const edit = () => refusal(client.chat.update({ channel: CHANNELS.research, ts: ts as string, text: "y" }));
    slack.closeEditWindow(CHANNELS.research);
    expect((await edit()).error).toBe("edit_window_closed");
    slack.openEditWindow(CHANNELS.research);
    slack.restrictPosting(CHANNELS.research);
    expect((await post(CHANNELS.research)).error).toBe("restricted_action");
    slack.restrictPosting(CHANNELS.research, "restricted_action_read_only_channel");
    expect((await post(CHANNELS.research)).error).toBe("restricted_action_read_only_channel");
    slack.restrictPosting(CHANNELS.research, null);
    slack.lockThread(CHANNELS.research, ts as string);
    const reply = client.chat.postMessage({ channel: CHANNELS.research, text: "r", thread_ts: ts });
    expect((await refusal(reply)).error).toBe("restricted_action_thread_locked");
    slack.archive(CHANNELS.research);
    expect((await post(CHANNELS.research)).error).toBe("is_archived");
    expect((await edit()).error).toBe("is_inactive");
    slack.unarchive(CHANNELS.research);
    expect((await edit()).error).toBe("ok");
    slack.setMessagesTab(false);
    expect((await post(PEOPLE.ana)).error).toBe("messages_tab_disabled");
  });

  it("knows channels and people that a test adds", async () => {
    const dora = slack.addPerson({ name: "dora" });
    const channel = slack.addChannel({ name: "sales", kind: "private" });
    expect((await post(channel.id)).error).toBe("ok");
    expect((await post(dora.id)).error).toBe("ok");
    expect(() => slack.channel("C0NOPE")).toThrow(/No channel C0NOPE/);
  });
});
