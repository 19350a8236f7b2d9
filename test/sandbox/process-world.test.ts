import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../src/sandbox/fake-slack/world.ts";
import { isStoryTold, judgeStory } from "../../src/sandbox/judge.ts";
import { startProcessWorld } from "../../src/sandbox/process-world.ts";
import { playStoriesOnDemand } from "../../src/sandbox/stories/player.ts";
import { buildProduct } from "../support/process.ts";
import { hasRedisServer } from "../support/redis-process.ts";

const ENTRY = path.resolve(import.meta.dirname, "..", "..", "dist", "main.js");

beforeAll(buildProduct, 120_000);

it.skipIf(!hasRedisServer)(
  "a story ends as it should though service and Redis go away in the middle of it",
  async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), "findall-process-"));
    const world = await startProcessWorld({
      dataDir,
      searchPath: process.env.PATH ?? "",
      environment: { LOG_LEVEL: "silent", POLL_MIN_MS: "200", POLL_MAX_MS: "500" },
      entry: ENTRY,
      nodeArgs: ["--import", "data:text/javascript,process.once('disconnect',()=>process.exit())"],
    });
    const stage = playStoriesOnDemand(world.findall, { speed: 10 });
    const { slack, findall, service, redis } = world;
    try {
      await service.start();
      await slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "run_exhausted" });
      // Held after the first look: what was in hand when a process dies takes its lease's time, and has its own tests.
      stage.setSpeed(0);
      const isQuiet = () => slack.channel(CHANNELS.research).roots()[0] && findall.stats.requests() > 10;
      await slack.waitFor(isQuiet);
      await service.kill();
      expect(slack.connections()).toBe(0);
      expect(service.isUp()).toBe(false);
      await redis.stop();
      await redis.start();
      await service.start();
      stage.setSpeed(20);
      const play = stage.plays.get("run_exhausted");
      if (!play) throw new Error("the story was not asked for");
      await slack.waitFor(() => isStoryTold(slack, play, CHANNELS.research), { timeoutMs: 60_000 });
      expect(judgeStory(slack, play, CHANNELS.research)).toEqual([]);
    } finally {
      stage.stop();
      await world.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
  100_000,
);
