import { describe, expect, test } from "vitest";
import {
  answerTo,
  CHANNELS,
  completed,
  follow,
  messagesOf,
  PEOPLE,
  startTestWorld,
  type TestWorld,
} from "../support/world.ts";

type Ask = (text: string, channel?: string, user?: string) => Promise<string>;

const it = test.extend<{ world: TestWorld; ask: Ask }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads from it which fixtures are needed
  world: async ({}, use) => {
    await using world = await startTestWorld();
    await use(world);
  },
  /** Types a command and gives what the person, and nobody else, reads as the answer. */
  ask: ({ world }, use) =>
    use(async (text, channel = CHANNELS.research, user = PEOPLE.ana) => {
      const command = await world.slack.command({ user, channel, text });
      expect(command.ackMs).toBeLessThan(3_000);
      return world.slack.textOf(await answerTo(world, command));
    }),
});

describe.concurrent("what a person is answered", () => {
  it.for<[text: string]>([[""], ["help"], ["HELP"], ["hello"]])(
    "explains itself to `/findall %s`",
    async ([text], { ask }) => {
      expect(await ask(text)).toContain("/findall status");
    },
  );

  it("guesses what a mistyped command meant", async ({ ask }) => {
    expect(await ask("lsit")).toContain("list");
  });

  it("guesses which run was meant, whatever was to be done with it", async ({ world, ask }) => {
    for (const [index, id] of ["findall_1a2c", "findall_9f77"].entries()) {
      world.findall.addRun({ id });
      expect(await ask(id)).toContain(id);
      await world.slack.waitFor(() => messagesOf(world.slack).cards[index], { describe: `the card of ${id}` });
    }
    const meant: readonly (readonly [typed: string, meant: string])[] = [
      ["findall_1A2C", "/findall findall_1a2c"],
      ["status findall_1a2", "/findall status findall_1a2c"],
      ["stop findall_12ac", "/findall stop findall_1a2c"],
      ["pause findal_1a2c", "/findall pause findall_1a2c"],
      ["resume findall_1a2cc", "/findall resume findall_1a2c"],
      ["mute findall_1a2d 2h", "/findall mute findall_1a2c 2h"],
      ["export findall_1a3c json", "/findall export findall_1a2c"],
    ];
    for (const [typed, suggestion] of meant) expect(await ask(typed)).toContain(`Did you mean \`${suggestion}\`?`);
  });

  it("says of a run that has ended what can be done with it", async ({ world, ask }) => {
    const run = world.findall.addRun({ id: "run_a" });
    run.end();
    await world.slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "run_a" });
    await completed(world);
    expect(await ask("status run_a")).toMatch(/review run_a/);
    expect(await ask("pause run_a")).toMatch(/has ended.*export run_a/s);
    expect(await ask("mute run_a")).toMatch(/has ended.*review run_a/s);
  });

  it.for<[title: string, text: string]>([
    ["in back-ticks", "`run_a`"],
    ["in typographic quotes", "“run_a”"],
    ["in a URL", "https://api.parallel.ai/v1beta/findall/runs/run_a/result?x=1"],
    ["in a pasted curl line", "curl -H 'x-api-key: $KEY' \"https://api.parallel.ai/v1beta/findall/runs/run_a\""],
    ["between spaces that are not spaces", "\u00a0 run_a\u200b "],
  ])("finds an id %s", async ([, text], { world, ask }) => {
    world.findall.addRun({ id: "run_a" });
    expect(await ask(text)).toContain("run_a");
    await world.slack.waitFor(() => messagesOf(world.slack).cards.length === 1);
  });

  it("says that an id is unknown or of another account, and leaves no watch", async ({ world, ask }) => {
    world.findall.addRun({ id: "run_theirs", foreign: true });
    for (const id of ["run_nowhere", "run_theirs"]) {
      const answer = await ask(id);
      expect(answer).toContain(id);
      expect(answer).toMatch(/account/i);
    }
    expect(await ask("list")).not.toContain("run_");
    expect(messagesOf(world.slack).all).toHaveLength(0);
  });

  it("says that Parallel rejects the key, is away, or answers nonsense, each in its own words", async ({
    world,
    ask,
  }) => {
    world.findall.addRun({ id: "run_a" });
    const answers: string[] = [];
    for (const kind of [
      { kind: "status", status: 401 },
      { kind: "status", status: 503 },
      { kind: "truncated" },
    ] as const) {
      const fault = world.findall.faults.add({ path: "any", ...kind });
      answers.push(await ask("run_a"));
      fault.remove();
    }
    expect(answers[0]).toMatch(/key/i);
    expect(answers[1]).toMatch(/reach Parallel/);
    expect(answers[2]).toMatch(/Parallel answered/);
    expect(messagesOf(world.slack).all).toHaveLength(0);
    expect(await ask("list")).not.toContain("run_a");
  });

  it.for<[title: string, channel: string, answer: RegExp]>([
    ["a public channel it is not in", CHANNELS.random, /invite/],
    ["a private channel it is not in", CHANNELS.board, /invite/],
    ["an archived channel", CHANNELS.archived, /archived/],
    ["a direct message between two people", CHANNELS.anaBen, /direct message/i],
  ])("says how to go on in %s, and leaves no watch", async ([, channel, expected], { world, ask }) => {
    world.findall.addRun({ id: "run_a" });
    expect(await ask("run_a", channel)).toMatch(expected);
    expect(await ask("list", channel)).not.toContain("run_a");
    expect(messagesOf(world.slack, channel).all).toHaveLength(0);
  });

  it("links to the card there is when asked a second time, also by somebody else", async ({ world }) => {
    world.findall.addRun({ id: "run_a" });
    const card = await follow(world, "run_a");
    const command = await world.slack.command({ user: PEOPLE.ben, channel: CHANNELS.research, text: "run_a" });
    const answer = await answerTo(world, command);
    expect(JSON.stringify([answer.text, answer.blocks])).toContain(world.slack.permalink(card));
    expect(messagesOf(world.slack).cards).toHaveLength(1);
  });

  it("makes one watch of a command that is delivered twice", async ({ world }) => {
    world.findall.addRun({ id: "run_a" });
    await world.slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "run_a", times: 2 });
    await world.slack.waitFor(() => messagesOf(world.slack).cards.length > 0);
    world.findall.run("run_a")?.end();
    await completed(world);
    expect(messagesOf(world.slack).cards).toHaveLength(1);
  });

  it("lists this channel's watches with links to their cards, and no other channel's", async ({ world, ask }) => {
    world.findall.addRun({ id: "run_a", objective: "First search" });
    world.findall.addRun({ id: "run_b", objective: "Second search" });
    await follow(world, "run_a");
    await follow(world, "run_b", CHANNELS.deals);
    const answer = await ask("list");
    expect(answer).toContain("First search");
    expect(answer).not.toContain("Second search");
    expect(answer).not.toContain("run_b");
  });

  it("tells the status of a run to the asker alone, watched or not", async ({ world, ask }) => {
    const run = world.findall.addRun({ id: "run_a", objective: "Quiet search", matchLimit: 7 });
    run.match({ name: "One" });
    const answer = await ask("status run_a");
    expect(answer).toContain("Quiet search");
    expect(answer).toContain("1");
    expect(messagesOf(world.slack).all).toHaveLength(0);
  });

  it("stops following: the card says who stopped it, and later matches stay away until it is started again", async ({
    world,
    ask,
  }) => {
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    const card = await follow(world, "run_a");
    await ask("stop run_a", CHANNELS.research, PEOPLE.ben);
    const edited = await slack.waitFor(() => slack.channel(CHANNELS.research).find(card.ts)?.edits.length);
    expect(edited).toBeGreaterThan(0);
    expect(slack.textOf(slack.channel(CHANNELS.research).find(card.ts)!)).toMatch(/ben/i);
    run.match({ name: "Missed Meanwhile" });
    await ask("stop run_a");
    expect(messagesOf(slack).candidates).toHaveLength(0);
    await ask("run_a");
    await slack.waitFor(() => messagesOf(slack).candidates.length === 1);
    expect(messagesOf(slack).candidates[0]?.threadTs).toBe(card.ts);
    expect(messagesOf(slack).cards).toHaveLength(1);
  });
});

describe("what a person is answered while Redis is away", () => {
  test("says within three seconds that nothing was changed", async () => {
    await using world = await startTestWorld({ environment: { REDIS_URL: "redis://127.0.0.1:1" } });
    world.findall.addRun({ id: "run_a" });
    for (const text of ["run_a", "list", "stop run_a"]) {
      const command = await world.slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text });
      const answer = await world.slack.waitFor(() => command.ephemerals().at(-1), { timeoutMs: 3_000 });
      expect(world.slack.textOf(answer)).toMatch(/storage|Redis/);
    }
    const status = await world.slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "status run_a" });
    await world.slack.waitFor(() => status.ephemerals().length > 0, { timeoutMs: 4_000 });
    const ready = await fetch(`http://127.0.0.1:${world.service().port}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.text()).toContain("Redis does not answer");
  });
});
