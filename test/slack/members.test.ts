import { describe, expect, test } from "vitest";
import { CHANNELS, PEOPLE } from "../../src/sandbox/fake-slack/world.ts";
import { useSlack } from "./support/use-slack.ts";

const { workspace, client } = useSlack();

const crowd = (size: number) => Array.from({ length: size }, (_, place) => `U0CROWD${place}`);

describe("asking whether a person is in a channel", () => {
  test.each([
    ["a public channel", CHANNELS.research, PEOPLE.cai, "member"],
    ["a public channel without the app", CHANNELS.random, PEOPLE.ana, "member"],
    ["a private channel", CHANNELS.deals, PEOPLE.ana, "member"],
    ["a private channel, somebody else", CHANNELS.deals, PEOPLE.cai, "not_member"],
    ["a public channel, a stranger", CHANNELS.research, "U0STRANGER", "not_member"],
  ])("says so for %s", async (_place, channel, user, kind) => {
    expect(await client().isMember(channel, user)).toEqual({ kind });
  });

  test("takes the app's direct message with a person for theirs alone", async () => {
    const dm = workspace().appDm(PEOPLE.ana);
    expect(await client().isMember(dm, PEOPLE.ana)).toEqual({ kind: "member" });
    expect(await client().isMember(dm, PEOPLE.ben)).toEqual({ kind: "not_member" });
  });

  test("reads on to the page that has the person, and no further", async () => {
    const { id } = workspace().addChannel({ name: "big", members: [workspace().app.botUserId, ...crowd(3000)] });
    expect(await client().isMember(id, "U0CROWD1500")).toEqual({ kind: "member" });
    expect(workspace().calls("conversations.members")).toHaveLength(2);
    expect(await client().isMember(id, PEOPLE.ana)).toEqual({ kind: "not_member" });
    expect(workspace().calls("conversations.members")).toHaveLength(6);
  });

  test("does not say that a person is missing from a channel that it did not read to the end", async () => {
    const { id } = workspace().addChannel({ name: "huge", members: crowd(20_000) });
    expect(await client().isMember(id, PEOPLE.ana)).toEqual({ kind: "unknown", code: "too_many_members" });
    expect(workspace().calls("conversations.members")).toHaveLength(20);
  });

  test.each([CHANNELS.board, CHANNELS.anaBen, "C0NOWHERE"])(
    "does not know about %s, which the app cannot see",
    async (id) => {
      expect(await client().isMember(id, PEOPLE.ana)).toEqual({ kind: "unknown", code: "channel_not_found" });
    },
  );

  test.each([
    [{ kind: "error", error: "not_in_channel" }, "not_in_channel"],
    [{ kind: "rate_limited" }, "ratelimited"],
    [{ kind: "http", status: 503 }, "http_503"],
    [{ kind: "lost" }, "connection_lost"],
    [{ kind: "html" }, "not_json"],
  ] as const)("does not know while Slack answers with %j", async (fault, code) => {
    workspace().faults.add({ method: "conversations.members", ...fault });
    expect(await client().isMember(CHANNELS.research, PEOPLE.ana)).toEqual({ kind: "unknown", code });
  });

  test("does not know without the scope", async () => {
    workspace().setScopes(["chat:write"]);
    expect(await client().isMember(CHANNELS.research, PEOPLE.ana)).toEqual({ kind: "unknown", code: "missing_scope" });
  });
});
