import { describe, expect, it } from "vitest";
import { isStoryTold, judgeStory } from "../../src/sandbox/judge.ts";
import { listStories, playStoriesOnDemand } from "../../src/sandbox/stories/player.ts";
import { answerTo, expectOrderly, PEOPLE, startTestWorld } from "../support/world.ts";

describe("the sandbox's stories", () => {
  it("all end as they should, told side by side in a channel each", async () => {
    await using world = await startTestWorld({ slack: { rateLimits: { scale: 4 } } });
    const { slack, findall } = world;
    const stage = playStoriesOnDemand(findall, { speed: 4 });
    // The burst alone takes over a minute, at a message a second; `npm run sandbox -- --once run_burst` plays it.
    const stories = listStories().filter((story) => story.expectation.isFound && story.id !== "run_burst");
    const members = [...Object.values(PEOPLE), slack.app.botUserId];
    const channels = stories.map((story) => ({ story, channel: slack.addChannel({ name: story.id, members }).id }));
    await Promise.all(
      channels.map(({ story, channel }) => slack.command({ user: PEOPLE.ana, channel, text: story.id })),
    );
    for (const { story, channel } of channels) {
      const play = await slack.waitFor(() => stage.plays.get(story.id), { describe: `a look at ${story.id}` });
      await play.over;
      await slack.waitFor(() => isStoryTold(slack, play, channel), {
        timeoutMs: 60_000,
        describe: `the end of ${story.id}`,
      });
      expect(judgeStory(slack, play, channel)).toEqual([]);
      expectOrderly(world, channel);
    }
    stage.stop();
  }, 120_000);

  it("keeps a run of another account to itself", async () => {
    await using world = await startTestWorld();
    const stage = playStoriesOnDemand(world.findall);
    const channel = world.slack.addChannel({ name: "foreign", members: [PEOPLE.ana, world.slack.app.botUserId] }).id;
    const command = await world.slack.command({ user: PEOPLE.ana, channel, text: "run_foreign" });
    const answer = await answerTo(world, command);
    expect(world.slack.textOf(answer)).toMatch(/account/);
    expect(world.slack.channel(channel).messages()).toEqual([]);
    stage.stop();
  });
});
