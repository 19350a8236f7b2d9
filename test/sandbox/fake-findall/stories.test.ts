import { expect, test } from "vitest";
import {
  findStory,
  listStories,
  playStoriesOnDemand,
  playStory,
  type StoryClock,
} from "../../../src/sandbox/stories/player.ts";
import { failureOf, startFake } from "./start.ts";

/** A clock that stands still until it is told to go on. */
function manualClock(): StoryClock & { readonly advance: (ms: number) => void } {
  let now = Date.parse("2026-01-01T00:00:00Z");
  let timers: { at: number; then: () => void }[] = [];
  return {
    now: () => now,
    after: (ms, then) => {
      const timer = { at: now + ms, then };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance: (ms) => {
      const end = now + ms;
      for (;;) {
        const due = timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
        if (due === undefined) break;
        timers = timers.filter((other) => other !== due);
        now = due.at;
        due.then();
      }
      now = end;
    },
  };
}

test("every story has an id a person can type, a title and a summary", () => {
  const stories = listStories();
  expect(new Set(stories.map(({ id }) => id)).size).toBe(stories.length);
  for (const { id, title, summary } of stories) {
    expect(id).toMatch(/^run_[a-z_]+$/);
    expect(title).not.toBe("");
    expect(summary).not.toBe("");
  }
});

test.each(listStories().filter(({ expectation }) => expectation.isFound))(
  "$id ends as it promises",
  async ({ id, expectation }) => {
    const { findall, client } = await startFake({}, { maxResultBytes: 67_108_864 });
    const clock = manualClock();
    const play = playStory(findall, id, { clock });
    clock.advance(60_000);
    await play.over;
    const { run, candidates } = await client.getSnapshot(id);
    const matched = candidates.filter(({ matchStatus }) => matchStatus === "matched");
    expect(play.isOver).toBe(true);
    expect(run).toMatchObject({
      status: expectation.status,
      terminationReason: expectation.reason,
      isActive: false,
      matched: expectation.matched,
    });
    expect(matched).toHaveLength(expectation.matched);
  },
);

test("a story begins when somebody first asks for its run", async () => {
  const clock = manualClock();
  const { findall, client } = await startFake({ now: clock.now });
  const stage = playStoriesOnDemand(findall, { clock });
  expect(stage.plays.size).toBe(0);
  expect(await client.getRun("run_demo")).toMatchObject({ status: "queued", matched: 0 });
  clock.advance(14_000);
  expect(await client.getRun("run_demo")).toMatchObject({ status: "running", matched: 4 });
  clock.advance(26_000);
  expect(await client.getRun("run_demo")).toMatchObject({ status: "completed", matched: 8 });
  expect([...stage.plays.keys()]).toEqual(["run_demo"]);
});

test("a story told twice is two runs", async () => {
  const clock = manualClock();
  const { findall, client } = await startFake();
  playStoriesOnDemand(findall, { clock });
  await client.getRun("run_demo");
  clock.advance(60_000);
  expect((await client.getRun("run_demo-2")).status).toBe("queued");
  expect((await client.getRun("run_demo")).status).toBe("completed");
  expect(findStory("run_demolition")).toBeNull();
});

test("a faster story makes the same moves in less time", async () => {
  const clock = manualClock();
  const { findall, client } = await startFake();
  playStory(findall, "run_demo", { clock, speed: 10 });
  clock.advance(3_950);
  expect(await client.getRun("run_demo")).toMatchObject({ status: "completed", matched: 8 });
});

test("a story's speed can be changed while it is told, and held", async () => {
  const clock = manualClock();
  const { findall, client } = await startFake({ now: clock.now });
  const stage = playStoriesOnDemand(findall, { clock });
  await client.getRun("run_demo");
  clock.advance(4_500);
  expect((await client.getRun("run_demo")).matched).toBe(1);
  stage.setSpeed(0);
  clock.advance(600_000);
  expect((await client.getRun("run_demo")).matched).toBe(1);
  stage.setSpeed(10);
  clock.advance(460);
  expect((await client.getRun("run_demo")).matched).toBe(2);
  clock.advance(3_000);
  expect(await client.getRun("run_demo")).toMatchObject({ status: "completed", matched: 8 });
  expect(stage.speed).toBe(10);
});

test("a stopped story moves no further", async () => {
  const clock = manualClock();
  const { findall, client } = await startFake();
  const stage = playStoriesOnDemand(findall, { clock });
  await client.getRun("run_demo");
  clock.advance(5_000);
  stage.stop();
  clock.advance(60_000);
  expect(await client.getRun("run_demo")).toMatchObject({ status: "running", matched: 1 });
  expect((await failureOf(client.getRun("run_zero"))).code).toBe("not_found");
});

test("a run of another account and an unknown run are not found", async () => {
  const { findall, client } = await startFake();
  playStoriesOnDemand(findall);
  expect((await failureOf(client.getRun("run_foreign"))).code).toBe("not_found");
  expect((await failureOf(client.getRun("run_nobody"))).code).toBe("not_found");
});

test("the old run ended days before it is first seen", async () => {
  const clock = manualClock();
  const { findall, client } = await startFake({ now: clock.now });
  playStoriesOnDemand(findall, { clock });
  expect(await client.getRun("run_old")).toMatchObject({ isActive: false, matched: 120 });
  expect((await client.getRun("run_old")).modifiedAt).toMatch(/^2025-12-29T/);
});

test("a withdrawn match was in the thread, and an extended run ends twice", () => {
  expect(findStory("run_withdrawn")?.expectation).toMatchObject({ matched: 4, posted: 5, ends: 1 });
  expect(findStory("run_extend")?.expectation).toMatchObject({ matched: 10, posted: 10, ends: 2 });
  expect(findStory("run_burst")?.expectation).toMatchObject({ matched: 1000, posted: 1000 });
});

test("the hostile run brings its texts through the client unharmed", async () => {
  const { findall, client } = await startFake();
  const clock = manualClock();
  playStory(findall, "run_hostile", { clock });
  clock.advance(60_000);
  const { candidates } = await client.getSnapshot("run_hostile");
  const names = candidates.map(({ name }) => name);
  expect(names.some((name) => name.includes("<!channel>"))).toBe(true);
  expect(names.some((name) => name.length === 10_000)).toBe(true);
  expect(names.join("")).not.toMatch(/\p{Surrogate}/u);
});
