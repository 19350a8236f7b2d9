import type { DestinationStream } from "pino";
import type { FakeSlack } from "../../src/sandbox/fake-slack/index.ts";
import type { Ephemeral, StoredMessage } from "../../src/sandbox/fake-slack/model.ts";
import type { CommandResult } from "../../src/sandbox/fake-slack/people/command.ts";
import { CHANNELS, PEOPLE } from "../../src/sandbox/fake-slack/world.ts";
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
  const world = await startWorld({
    ...options,
    overrides: { logTo: destination, ...options.overrides },
    environment: {
      REDIS_URL: redis.url,
      POLL_MIN_MS: "100",
      POLL_MAX_MS: "400",
      LOG_LEVEL: "debug",
      ...options.environment,
    },
  });
  const close = async () => {
    await world.close();
    await redis.close();
  };
  return { ...world, redis, logLines, close, [Symbol.asyncDispose]: close };
}

/** A world of one story, which is found orderly at its end. */
export async function startOrderlyWorld(options: SandboxOptions = {}): Promise<TestWorld> {
  const world = await startTestWorld(options);
  const close = async () => {
    try {
      expectOrderly(world);
    } finally {
      await world.close();
    }
  };
  return { ...world, [Symbol.asyncDispose]: close };
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
  return messagesOf(slack, channel).candidates.filter((message: StoredMessage) => slack.textOf(message).includes(name))
    .length;
}

/** Types `/findall <id>` and waits for the card. */
export async function follow(
  world: TestWorld,
  runId: string,
  channel: string = CHANNELS.research,
  user: string = PEOPLE.ana,
) {
  await world.slack.command({ user, channel, text: runId });
  return world.slack.waitFor(() => messagesOf(world.slack, channel).cards[0], { describe: `the card of ${runId}` });
}

/** Waits for what a command is answered; not for the word that it takes longer, in whose place the answer comes. */
export function answerTo({ slack }: Pick<TestWorld, "slack">, command: CommandResult): Promise<Ephemeral> {
  const answer = () => {
    const last = command.ephemerals().at(-1);
    return last && !/^Still (asking|at it)/.test(slack.textOf(last)) ? last : null;
  };
  return slack.waitFor(answer, { describe: "an answer" });
}

/** Types a command in the channel and gives what the person is answered. */
export async function ask(world: Pick<TestWorld, "slack">, text: string, user: string = PEOPLE.ana): Promise<string> {
  const command = await world.slack.command({ user, channel: CHANNELS.research, text });
  return world.slack.textOf(await answerTo(world, command));
}

/** Waits until Slack has refused a channel's messages and its watches are held up. */
export function heldUp({ slack, logLines }: Pick<TestWorld, "slack" | "logLines">) {
  const isHeld = () => logLines.some((line) => line.event === "watches_paused");
  return slack.waitFor(isHeld, { describe: "the refusal" });
}

/** Waits until a candidate's name is in the thread. */
export async function shown(world: TestWorld, name: string, channel: string = CHANNELS.research) {
  const { slack } = world;
  return slack.waitFor(
    () => messagesOf(slack, channel).candidates.find((message) => slack.textOf(message).includes(name)),
    { describe: `${name} in the thread` },
  );
}

/** Waits for the completion alert. */
export async function completed(world: TestWorld, channel: string = CHANNELS.research, count = 1) {
  const { slack } = world;
  return slack.waitFor(() => messagesOf(slack, channel).completions[count - 1], {
    describe: "the completion alert",
  });
}

/** Everything a channel may never do, whatever happened: doubles, hidden messages, calls Slack would refuse. */
export function expectOrderly(world: TestWorld, channel: string = CHANNELS.research): void {
  const { slack } = world;
  const ids = messagesOf(slack, channel)
    .all.map((message) => message.metadata?.event_payload.id)
    .filter(Boolean);
  const doubled = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (doubled.length > 0) throw new Error(`messages twice in the channel: ${doubled.join(", ")}\n${slack.dump()}`);
  const { tooFast, callsDuringRetryAfter } = slack.stats();
  if (tooFast > 0) throw new Error(`${tooFast} messages within a second of another`);
  if (callsDuringRetryAfter > 0) throw new Error(`${callsDuringRetryAfter} calls during Retry-After`);
  if (slack.problems().length > 0) throw new Error(slack.problems().join("\n"));
}
