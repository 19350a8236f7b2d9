import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { auditWatch, doubledOf, type Followed, shownOf } from "../../src/sandbox/audit.ts";
import { cardProblems, type RunNow, runNowOf } from "../../src/sandbox/audit-card.ts";
import { auditLiveContent, hostsOf } from "../../src/sandbox/audit-live.ts";
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
    followed = { channel: CHANNELS.research, runId: "run_a", run: runNowOf(run), matched: run.matchedIds, ends: 1 };
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
  const call = async (method: string, message: object) => {
    await fetch(`${world.slack.apiUrl}${method}`, {
      method: "POST",
      headers: { authorization: `Bearer ${world.slack.botToken}`, "content-type": "application/json" },
      body: JSON.stringify({ channel: followed.channel, ...message }),
    });
  };

  const postAgain = (message: object) => call("chat.postMessage", message);

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

  it("finds a card that says other than its run, to people or to a screen reader", async () => {
    const { slack } = world;
    const { text, blocks, ts, metadata } = shownOf(slack, followed).cards[0]!;
    const mutated = JSON.parse(JSON.stringify(blocks).replace("*Completed*", "*Running*"));
    await call("chat.update", { ts, text, blocks: mutated, metadata });
    expect((await audit()).join("\n")).toMatch(/the card says “Running”; the run is “Completed”/);
    await call("chat.update", { ts, text: text.replace("Completed", "Running"), blocks, metadata });
    expect((await audit()).join("\n")).toMatch(/the card's plain text says “Running”; the run is “Completed”/);
    await call("chat.update", { ts, text, blocks, metadata });
    expect(await audit()).toEqual([]);

    const card = shownOf(slack, followed).cards[0]!;
    const problems = (run: Partial<RunNow>) =>
      cardProblems({ ...followed.run, ...run }, card, slack.textOf(card)).join("\n");
    expect(problems({ status: "running", isActive: true })).toMatch(/says “It found as many .*”, which is not so/);
    expect(problems({ reason: "timeout" })).toMatch(/does not say “It ran into Parallel's time limit.”/);
    expect(problems({ reason: null })).toMatch(/does not say “Parallel gave no reason.”/);
    expect(problems({ status: "paused" })).toMatch(/the run is “Status “paused” \(ended\)”/);
    expect(problems({ matched: 3 })).toMatch(/says 2 matched; the run says 3/);
  });

  it("takes what people deleted for shown, and what Slack hides for lost", async () => {
    const { slack } = world;
    const [first] = shownOf(slack, followed).candidates;
    slack.deleteMessage(followed.channel, first!.ts);
    expect((await audit()).join()).toMatch(/not in the thread/);
    followed = { ...followed, deletedByPeople: new Set([first!.ts]) };
    expect(await audit()).toEqual([]);
    const { text, blocks, metadata, threadTs } = first!;
    await postAgain({ text, blocks, metadata, thread_ts: threadTs });
    expect(doubledOf(slack, followed).join()).toMatch(/twice in the thread/);
  });

  it("finds pings, and links to where no candidate leads, in whatever is shown", async () => {
    const { slack } = world;
    const live = auditLiveContent(slack, hostsOf([{ url: "good.example/page" }]));
    const { metadata } = shownOf(slack, followed).candidates[0]!;
    const section = (text: string) => [{ type: "section", text: { type: "mrkdwn", text } }];
    const problemsOf = async (text: string, more: object = {}) => {
      const before = live.problems().length;
      // A channel of its own for each: Slack takes but few at once.
      const { id: channel } = slack.addChannel({ name: `live-${live.looked()}` });
      await postAgain({ channel, text: "Words", blocks: section(text), ...more });
      return live.problems().slice(before).join("\n");
    };
    expect(await problemsOf("<https://good.example/page|Good> and <https://www.candidate-1.example|its page>")).toBe(
      "",
    );
    expect(await problemsOf("<!channel>")).toMatch(/pings broadcast channel/);
    expect(await problemsOf("<@U0ANA>")).toBe("");
    expect(await problemsOf("<@U0ANA>", { metadata })).toMatch(/pings user U0ANA/);
    expect(await problemsOf("<@U0NOBODY>")).toMatch(/pings user U0NOBODY/);
    expect(await problemsOf("<http://evil.example|Approve>")).toMatch(/links to evil.example/);
    expect(await problemsOf("<https://good.example/page|bank.example>")).toMatch(/says “bank.example” and leads to/);
    expect(await problemsOf("see https://good.example/page")).toMatch(/made a link by Slack/);
    expect(live.looked()).toBeGreaterThan(7);
    live.stop();
    await problemsOf("<!here>");
    expect(live.problems().join()).not.toMatch(/broadcast here/);
  });
});
