import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { auditWatch, doubledOf, type Followed, shownOf } from "../../src/sandbox/audit.ts";
import { connectForCommands } from "../../src/store/connect.ts";
import { createStore } from "../../src/store/store.ts";
import { CHANNELS, completed, follow, shown, startTestWorld, type TestWorld } from "../support/world.ts";

describe("the audit of what a channel shows", () => {
  let world: TestWorld;
  let followed: Followed;
  beforeEach(async () => {
    world = await startTestWorld();
    const run = world.findall.addRun({ id: "run_a", matchLimit: null });
    await follow(world, "run_a");
    run.matchMany(2, (index) => ({ name: `Match ${index}` }));
    await shown(world, "Match 1");
    run.end();
    await completed(world);
    followed = { channel: CHANNELS.research, runId: "run_a", matched: run.matchedIds, ends: 1 };
  });
  afterEach(async () => world?.close());

  const audit = async () => {
    const connection = connectForCommands(world.redis.url, 1_000);
    await new Promise<void>((resolve) => connection.once("ready", () => resolve()));
    try {
      return await auditWatch(world.slack, createStore(connection, world.slack.team.id), followed);
    } finally {
      connection.disconnect();
    }
  };
  const postAgain = async (message: object) => {
    await fetch(`${world.slack.apiUrl}chat.postMessage`, {
      method: "POST",
      headers: { authorization: `Bearer ${world.slack.botToken}`, "content-type": "application/json" },
      body: JSON.stringify({ channel: followed.channel, ...message }),
    });
  };

  it("finds nothing where all is well, and then everything that is lost or doubled", async () => {
    const { slack } = world;
    expect(await audit()).toEqual([]);

    const { candidates, cards } = shownOf(slack, followed);
    const [first, second] = candidates;
    const { text, blocks, metadata } = first!;
    await postAgain({ text, blocks, metadata, thread_ts: cards[0]!.ts });
    expect(doubledOf(slack, followed).join()).toMatch(/twice in the thread/);
    slack.deleteMessage(followed.channel, first!.ts);
    expect(doubledOf(slack, followed).join()).toMatch(/not in order of match/);

    slack.deleteMessage(followed.channel, second!.ts);
    await postAgain({ text: "A second card", metadata: cards[0]!.metadata });
    const complaints = (await audit()).join("\n");
    for (const words of [/2 cards/, /not in the thread/, /the ledger says 2/]) expect(complaints).toMatch(words);

    followed = { ...followed, ends: 0 };
    expect(doubledOf(slack, followed).join()).toMatch(/1 completion alerts for 0 ends/);
  });
});
