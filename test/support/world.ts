import { type DestinationStream } from "pino";
import { createLogger } from "../../src/log.ts";
import type { FakeSlack } from "../../src/sandbox/fake-slack/index.ts";
import { CHANNELS, PEOPLE } from "../../src/sandbox/fake-slack/world.ts";
import type { StoredMessage } from "../../src/sandbox/fake-slack/model.ts";
import { type SandboxOptions, type SandboxWorld, startWorld } from "../../src/sandbox/world.ts";
import { openTestRedis, type TestRedis } from "./redis.ts";

export { CHANNELS, PEOPLE };

/** The sandbox's world with a Redis of its own, quick polls, and its log kept for the test to read. */
export interface TestWorld extends SandboxWorld {
  readonly redis: TestRedis;
  readonly logLines: readonly Record<string, unknown>[];
}

export async function startTestWorld(options: SandboxOptions = {}): Promise<TestWorld> {
  const redis = await openTestRedis();
  const logLines: Record<string, unknown>[] = [];
  const destination: DestinationStream = { write: (line) => void logLines.push(JSON.parse(line)) };
  const secrets = { slackBotToken: "", slackAppToken: null, slackSigningSecret: null, parallelApiKey: "", redisUrl: null };
  const log = createLogger({ logLevel: "debug", secrets }, destination);
  const world = await startWorld({
    ...options,
    overrides: { log, ...options.overrides },
    environment: { REDIS_URL: redis.url, POLL_MIN_MS: "100", POLL_MAX_MS: "400", ...options.environment },
  });
  const close = async () => {
    await world.close();
    await redis.close();
  };
  return { ...world, redis, logLines, close, [Symbol.asyncDispose]: close };
}

/** What a channel shows, by what the bot says each message is. */
export function messagesOf(slack: FakeSlack, channel: string = CHANNELS.research) {
  const all = slack.channel(channel).messages();
  const of = (type: string) => all.filter((message) => message.metadata?.event_type === type);
  return {
    all,
    cards: of("findall_card"),
    candidates: of("findall_candidates"),
    completions: of("findall_completion"),
    notes: of("findall_note"),
  };
}

/** How many times each candidate's name stands in the thread's candidate messages. */
export function timesShown(slack: FakeSlack, name: string, channel: string = CHANNELS.research): number {
  return messagesOf(slack, channel).candidates.filter((message: StoredMessage) => slack.textOf(message).includes(name)).length;
}
