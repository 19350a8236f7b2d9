import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterEach, describe, expect, it } from "vitest";
import { keysOf } from "../../src/store/keys.ts";
import { keyOf, watchOf } from "../support/review.ts";
import {
  CHANNELS,
  completed,
  expectOrderly,
  follow,
  messagesOf,
  shown,
  startTestWorld,
  type TestWorld,
  timesShown,
} from "../support/world.ts";

/** What the first version of the layout wrote and nobody can do without; all else came later, or is at its default. */
const FIRST_FIELDS = {
  watch:
    "state runId channel requester requesterName createdAt responseUrl cardEntry threadTs cardTs epoch ended primed open posted",
  entry: "watchId channel kind subject state seq ts members page wanted shown hash notBefore attempts",
  run: "run cursor seenAt changedAt",
} as const;

/** Nobody reads this: a newer version wrote it. */
const NEWER = { field: "writtenByANewerVersion", value: "1" } as const;

/** Two versions of the service on one Redis, as for the minutes of a rolling restart. */
describe("during an upgrade", () => {
  let world: TestWorld;
  let redis: Redis;
  const begin = async () => {
    world = await startTestWorld();
    redis = new Redis(world.redis.url);
  };
  afterEach(async () => {
    redis.disconnect();
    await world.close();
  });

  const rewrite = async (change: (key: string, kind: keyof typeof FIRST_FIELDS) => Promise<void>) => {
    const { prefix } = keysOf(world.slack.team.id);
    for (const kind of ["watch", "entry", "run"] as const) {
      const keys = await redis.keys(`${prefix.replace(/[{}]/g, "\\$&")}${kind}:*`);
      const hashes = keys.filter((key) => !key.slice(prefix.length + kind.length + 1).includes(":"));
      expect(hashes.length, kind).toBeGreaterThan(0);
      for (const key of hashes) await change(key, kind);
    }
  };
  const queue = (name: string) =>
    new Queue(name, { connection: { url: world.redis.url }, prefix: `{findall:${world.slack.team.id}}` });

  it("what an older version left, without the fields that came later, is taken up and told to its end", async () => {
    await begin();
    const { findall, slack } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    run.match({ name: "Alba" });
    await shown(world, "Alba");
    await world.service().stop();
    await rewrite(async (key, kind) => {
      const known = new Set<string>(FIRST_FIELDS[kind].split(" "));
      const later = (await redis.hkeys(key)).filter((field) => !known.has(field));
      if (later.length > 0) await redis.hdel(key, ...later);
    });
    run.match({ name: "Brom" });
    await world.addService();
    await shown(world, "Brom");
    run.end();
    await completed(world);
    for (const name of ["Alba", "Brom"]) expect(timesShown(slack, name), name).toBe(1);
    expect(messagesOf(slack).cards).toHaveLength(1);
    expectOrderly(world);
  });

  it("what a newer version left, with fields, jobs and kinds of messages unknown here, is used as far as it is known", async () => {
    await begin();
    const { findall, slack } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    run.match({ name: "Alba" });
    await shown(world, "Alba");
    await rewrite(async (key, kind) => {
      await redis.hset(key, NEWER.field, NEWER.value);
      const json = kind === "run" ? await redis.hget(key, "run") : null;
      if (json) await redis.hset(key, "run", JSON.stringify({ ...JSON.parse(json), [NEWER.field]: NEWER.value }));
    });
    const entryId = `d-${"0".repeat(32)}`;
    const keys = keysOf(slack.team.id);
    const watchId = watchOf(world, "run_a");
    const entry = { watchId, channel: CHANNELS.research, kind: "forecast", subject: "", state: "pending", seq: 0 };
    await redis.hset(keys.entry(entryId), { ...entry, wanted: 1, shown: 0, attempts: 0, looks: 0, notBefore: 0 });
    await redis.zadd(keys.watchEntries(watchId), 0, entryId);
    // In front of every candidate that is still to come.
    await redis.zadd(keys.lane(CHANNELS.research), 3 * 2 ** 40, entryId);
    const [lanes, polls] = [queue("lanes"), queue("polls")];
    for (const data of [{ channel: CHANNELS.research, [NEWER.field]: NEWER.value }, { [NEWER.field]: NEWER.value }])
      await lanes.add("forecast", data);
    for (const data of [{ runId: "run_a", [NEWER.field]: NEWER.value }, { [NEWER.field]: NEWER.value }])
      await polls.add("forecast", data);
    run.match({ name: "Brom" });
    await shown(world, "Brom");
    run.end();
    await completed(world);
    for (const name of ["Alba", "Brom"]) expect(timesShown(slack, name), name).toBe(1);
    expectOrderly(world);
    // It waits for a version that knows it: not sent, not taken for something else, not forgotten.
    expect(await redis.hget(keys.entry(entryId), "state")).toBe("pending");
    expect(await redis.zscore(keys.lane(CHANNELS.research), entryId)).not.toBeNull();
    expect(await redis.zscore(keys.lanes, CHANNELS.research)).not.toBeNull();
    expect(
      messagesOf(slack)
        .all.map((message) => slack.textOf(message))
        .join("\n"),
    ).not.toMatch(/undefined|cannot be/);
    await Promise.all([lanes.close(), polls.close()]);
  });

  it("services may be replaced one after the other in the middle of a backlog", async () => {
    await begin();
    const { findall, slack } = world;
    const [first, second] = [world.service(), await world.addService()];
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    const ids = run.matchMany(30, (index) => ({ name: `Firm ${index}` }));
    const standing = () =>
      messagesOf(slack).candidates.flatMap(({ metadata }) => String(metadata?.event_payload.candidates).split(" "));
    await slack.waitFor(() => standing().length > 0, { describe: "the first page" });
    await first.stop();
    await world.addService();
    await second.stop();
    run.end();
    await completed(world);
    expect([...standing()].sort()).toEqual(ids.map((id) => keyOf(world, "run_a", id)).sort());
    expectOrderly(world);
  });
});
