import { afterEach, describe, expect, it } from "vitest";
import { CHANNELS, messagesOf, PEOPLE, startTestWorld, type TestWorld, timesShown } from "../support/world.ts";

describe("watching a run from the command to its end", () => {
  let world: TestWorld;
  afterEach(async () => world?.close());

  it("shows the card, every match once in its thread, the last edit, and then why the run ended", async () => {
    world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a", objective: "Find greenhouse makers", matchLimit: 5 });
    const command = await slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "run_a" });
    expect(command.ackMs).toBeLessThan(3_000);
    const card = await slack.waitFor(() => messagesOf(slack).cards[0], { describe: "the card" });
    expect(slack.textOf(card)).toContain("Find greenhouse makers");

    const names = ["Tern Robotics", "Alba Works", "Cobalt Farms"];
    for (const name of names) {
      run.generate({ name: `${name} draft` });
      run.match({ name });
      await slack.waitFor(() => timesShown(slack, name) === 1, { describe: `${name} in the thread` });
    }
    run.unmatch({ name: "Not This One" });
    run.end({ status: "completed", reason: "match_limit_met" });
    await slack.waitFor(() => messagesOf(slack).completions.length === 1, { describe: "the completion alert" });

    const { candidates, completions, cards } = messagesOf(slack);
    expect(cards).toHaveLength(1);
    expect(candidates).toHaveLength(3);
    for (const message of [...candidates, ...completions]) expect(message.threadTs).toBe(card.ts);
    expect(timesShown(slack, "Not This One")).toBe(0);
    expect(completions[0]?.broadcast).toBe(true);
  });
});
