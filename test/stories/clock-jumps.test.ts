import { describe, expect, it, vi } from "vitest";
import { auditWatch, shownOf } from "../../src/sandbox/audit.ts";
import { runNowOf } from "../../src/sandbox/audit-card.ts";
import { connectForCommands } from "../../src/store/connect.ts";
import { createStore } from "../../src/store/store.ts";
import { CHANNELS, completed, expectOrderly, follow, startTestWorld, type TestWorld } from "../support/world.ts";

const HOUR = 3_600_000;
const RUN = "run_a";

describe.concurrent("when the service's clock jumps in the middle of a backlog", () => {
  it.each([
    { title: "an hour ahead and back again", jumps: [HOUR, 0] },
    { title: "an hour back and ahead again", jumps: [-HOUR, 0] },
    { title: "an hour ahead, for good", jumps: [HOUR, HOUR] },
    { title: "an hour back, for good", jumps: [-HOUR, -HOUR] },
  ])("$title: messages keep a second between them, none is late, lost or doubled", async ({ jumps }) => {
    let offset = 0;
    await using world = await startTestWorld({ overrides: { now: () => Date.now() + offset } });
    const { slack, findall } = world;
    const run = findall.addRun({ id: RUN });
    const match = (count: number, from: number) =>
      run.matchMany(count, (index) => ({ name: `Match ${from + index + 1}`, id: `c_${from + index + 1}` }));
    const followed = () => ({
      channel: CHANNELS.research,
      runId: RUN,
      run: runNowOf(run),
      matched: run.matchedIds,
      ends: 1,
    });
    const posted = (count: number) =>
      slack.waitFor(() => shownOf(slack, followed()).posted.length >= count, {
        describe: `${count} candidates in the thread`,
        timeoutMs: 10_000,
      });
    await follow(world, RUN);
    match(24, 0);
    for (const [index, jump] of jumps.entries()) {
      await posted(10 * (index + 1));
      // The post is written down, and with it when the next one may go.
      await vi.waitFor(() => expect(pagesSettled(world)).toBeGreaterThan(index), { interval: 5 });
      offset = jump;
    }
    // Polling goes on as well: what matches after the jumps is found.
    match(3, 24);
    await posted(27);
    run.end();
    await completed(world);
    const connection = connectForCommands(world.redis.url, 5_000);
    const store = createStore(connection, slack.team.id);
    await vi.waitFor(async () => expect(await auditWatch(slack, store, followed())).toEqual([]), 40_000);
    connection.disconnect();
    expectOrderly(world);
  });
});

const pagesSettled = ({ logLines }: TestWorld) =>
  logLines.filter(({ event, kind }) => event === "message_posted" && kind === "page").length;
