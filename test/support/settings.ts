import { Redis } from "ioredis";
import pino from "pino";
import { watchIdOf } from "../../src/domain/ids.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../src/domain/settings.ts";
import { createWakeups, openQueues } from "../../src/queue/queues.ts";
import { saveSettings } from "../../src/steps/channel-settings.ts";
import type { Context } from "../../src/steps/context.ts";
import { getHeld } from "../../src/store/settings.ts";
import { createStore } from "../../src/store/store.ts";
import { CHANNELS, messagesOf, PEOPLE, startTestWorld } from "./world.ts";

/** The fake workspace's id when no other is asked for. */
const TEAM = "T0FINDALL";

/** A world with a clock that can be put forward, in which a channel's settings are set without their window. */
export async function startSettingsWorld(startsAt: string) {
  let offset = Date.parse(startsAt) - Date.now();
  const now = () => Date.now() + offset;
  const world = await startTestWorld({ overrides: { now } });
  const redis = new Redis(world.redis.url);
  const log = pino({ level: "silent" });
  const store = createStore(redis, TEAM);
  const queues = openQueues(redis, TEAM, log);
  const isMember = async () => ({ kind: "member" as const });
  const ctx = { store, now, log, slack: { isMember }, wakeups: createWakeups(queues, log, now) } as unknown as Context;
  const card = () => world.slack.textOf(messagesOf(world.slack).cards[0]!);
  return {
    ...world,
    /** Sets something of the channel, the rest being as by default. */
    set: (settings: Partial<Settings>) =>
      saveSettings(ctx, CHANNELS.research, { ...DEFAULT_SETTINGS, ...settings }, { id: PEOPLE.ana, name: "ana" }),
    /** Not within a second of the last post: what the service keeps to by its clock, the fake measures by the wall's. */
    moveTo: async (iso: string) => {
      const last = () => Math.max(0, ...messagesOf(world.slack).all.map(({ ts }) => Number(ts) * 1_000));
      await world.slack.waitFor(() => Date.now() - last() > 1_000, { describe: "a second without a post" });
      offset = Date.parse(iso) - Date.now();
    },
    cardSays: (words: RegExp) =>
      world.slack.waitFor(() => words.test(card()), { describe: `the card saying ${words}` }),
    /** Ids of candidates that the filter holds back from the watch of `run_a`. */
    held: () => getHeld(store, watchIdOf(TEAM, CHANNELS.research, "run_a")),
    [Symbol.asyncDispose]: async () => {
      await queues.close();
      redis.disconnect();
      await world.close();
    },
  };
}
