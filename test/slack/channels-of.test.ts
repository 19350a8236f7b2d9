import { describe, expect, test } from "vitest";
import { CHANNELS, MANIFEST_SCOPES, PEOPLE } from "../../src/sandbox/fake-slack/world.ts";
import { useSlack } from "./support/use-slack.ts";

const { workspace, client } = useSlack();

describe("asking which channels a person is in", () => {
  test("gives the public ones, and those of the private ones that the app is in too", async () => {
    const answer = await client().channelsOf(PEOPLE.ana);
    const ids = answer.kind === "channels" ? [...answer.ids].sort() : [];
    const own = [CHANNELS.research, CHANNELS.random, CHANNELS.deals, CHANNELS.archived, workspace().appDm(PEOPLE.ana)];
    expect(ids).toEqual(own.sort());
  });

  test("does not give a private channel to one who is no member", async () => {
    const answer = await client().channelsOf(PEOPLE.cai);
    expect(answer).toMatchObject({ kind: "channels" });
    expect(JSON.stringify(answer)).not.toContain(CHANNELS.deals);
  });

  test("reads all pages, and gives none when there are more than it reads", async () => {
    for (let index = 0; index < 1_100; index++) workspace().addChannel({ name: `c${index}`, members: [PEOPLE.ben] });
    const answer = await client().channelsOf(PEOPLE.ben);
    expect(answer.kind === "channels" ? answer.ids.length : 0).toBeGreaterThan(1_100);
    expect(workspace().calls("users.conversations")).toHaveLength(2);
    for (let index = 0; index < 9_000; index++) workspace().addChannel({ name: `d${index}`, members: [PEOPLE.ben] });
    expect(await client().channelsOf(PEOPLE.ben)).toEqual({ kind: "unknown", code: "too_many_channels" });
  });

  test.each(["channels:read", "groups:read", "im:read", "mpim:read"])("does not guess without %s", async (scope) => {
    workspace().setScopes(MANIFEST_SCOPES.filter((each) => each !== scope));
    expect(await client().channelsOf(PEOPLE.ana)).toEqual({ kind: "unknown", code: "missing_scope" });
  });

  test("does not guess for a stranger, or while Slack is away", async () => {
    expect(await client().channelsOf("U0STRANGER")).toEqual({ kind: "unknown", code: "user_not_found" });
    workspace().faults.add({ method: "users.conversations", kind: "reset" });
    expect(await client().channelsOf(PEOPLE.ana)).toMatchObject({ kind: "unknown" });
  });
});
