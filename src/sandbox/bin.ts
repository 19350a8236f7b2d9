import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import type { FakeSlack } from "./fake-slack/index.ts";
import { CHANNELS, PEOPLE } from "./fake-slack/world.ts";
import { isStoryTold, judgeStory } from "./judge.ts";
import { ENDS_WITH_US } from "./own-service.ts";
import { machinesOf } from "./page/machines.ts";
import { type Page, startPage } from "./page/server.ts";
import { type ProcessWorld, startProcessWorld } from "./process-world.ts";
import { findStory, playStoriesOnDemand, type StoryStage } from "./stories/player.ts";
import { printWorkspace, storyMenu } from "./terminal.ts";

const USAGE = `npm run sandbox -- [--port N] [--once [story]] [--page] [--speed N] [--log LEVEL]

  --port N        where the page is served (4790 unless given, or any free port when that one is taken)
  --once [story]  play one story by itself (run_demo unless named) and exit: 0 when it ended as it should
  --page          serve the page also with --once
  --speed N       play stories N times as fast
  --log LEVEL     the service's own log, from this level on (silent unless given)
`;

const HELP = `Open the page, or type here what you would type in Slack:
${storyMenu()}
  /findall help · list · settings · fold on|off
  /findall status|review|export|pause|resume|stop <id> · /findall mute <id> 2h · /findall <id> digest 30m
Also: "as ana|ben|cai" changes who types, "in research|random|deals|board|archived" where, "stories" shows this, "quit" ends.
`;

/** A run in the sandbox takes seconds, not hours. */
const QUICK_POLLS = { POLL_MIN_MS: "500", POLL_MAX_MS: "2000" };

/** How long a story may take after its last step before it counts as failed, in ms. */
const STORY_PATIENCE_MS = 120_000;

/** As a shell counts them: 128 and the signal's number. */
const ENDING_SIGNALS = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const;

const write = (text: string) => void process.stdout.write(text);

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      port: { type: "string" },
      once: { type: "boolean", default: false },
      page: { type: "boolean", default: false },
      speed: { type: "string", default: "" },
      log: { type: "string", default: "silent" },
      help: { type: "boolean", default: false },
    },
    allowPositionals: true,
  });
  if (values.help) return write(USAGE);
  const speed = Number(values.speed || (values.once ? 4 : 1));
  if (!(speed > 0)) throw new Error(`--speed must be a number above 0\n\n${USAGE}`);
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    throw new Error(`--port must be a port\n\n${USAGE}`);
  }
  const dataDir = mkdtempSync(path.join(tmpdir(), "findall-sandbox-"));
  const closers = [() => rmSync(dataDir, { recursive: true, force: true })] as (() => Promise<void> | void)[];
  const closeOnce = closeAtEnd(closers);
  try {
    const world = await startProcessWorld({
      dataDir,
      searchPath: process.env.PATH ?? "",
      environment: { LOG_LEVEL: values.log, ...QUICK_POLLS },
      nodeArgs: ENDS_WITH_US,
    });
    closers.push(world.close);
    const stage = playStoriesOnDemand(world.findall, { speed });
    closers.push(stage.stop);
    const page = values.once && !values.page ? null : await openPage(world, stage, port);
    if (page) closers.push(page.close);
    printWorkspace(world.slack, write);
    write(whereEverythingIs(world, page));
    await world.service.start();
    write(`  service       http://127.0.0.1:${world.service.port()}/readyz and /metrics\n\n`);
    if (values.once) process.exitCode = await playOnce(world.slack, stage, positionals[0] ?? "run_demo");
    else await converse(world.slack);
  } finally {
    await closeOnce();
  }
}

function openPage(world: ProcessWorld, stage: StoryStage, port: number | undefined): Promise<Page> {
  return startPage({ world, stage, machines: machinesOf(world.service, world.redis), port });
}

/** Closes everything once, in the reverse order of its opening, whichever way the sandbox ends. */
function closeAtEnd(closers: readonly (() => Promise<void> | void)[]): () => Promise<void> {
  let closed: Promise<void> | null = null;
  const close = async () => {
    for (const each of [...closers].reverse()) await each();
  };
  const closeOnce = () => {
    closed ??= close();
    return closed;
  };
  // Redis and the service are processes of their own: they must not stay behind.
  for (const [signal, code] of ENDING_SIGNALS) {
    process.once(signal, () => void closeOnce().finally(() => process.exit(code)));
  }
  // `npm run sandbox | head`: nobody reads on.
  process.stdout.once("error", () => void closeOnce().finally(() => process.exit(1)));
  process.stdout.on("error", () => {});
  return closeOnce;
}

function whereEverythingIs({ slack, findall, redis }: ProcessWorld, page: Page | null): string {
  return [
    ...(page ? [`The sandbox's page: ${page.url}`, ""] : []),
    "FindAll Notifier sandbox: the real service between a fake Slack and a fake FindAll, all on this machine.",
    `  fake Slack    ${slack.apiUrl}  (Socket Mode)`,
    `  fake FindAll  ${findall.baseUrl}`,
    `  Redis         ${redis.url}  (${redis.kind === "server" ? "its own redis-server" : "in memory"})`,
    "",
    "",
  ].join("\n");
}

async function playOnce(slack: FakeSlack, stage: StoryStage, runId: string): Promise<number> {
  if (!findStory(runId)) {
    write(`There is no story ${runId}. Stories:\n${storyMenu()}\n`);
    return 2;
  }
  write(`#research · ana › /findall ${runId}\n`);
  await slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: runId });
  const play = stage.plays.get(runId);
  if (!play) throw new Error(`the service never asked for ${runId}`);
  if (!play.story.expectation.isFound) return slack.channel(CHANNELS.research).messages().length === 0 ? 0 : 1;
  await play.over;
  const complaints = await slack
    .waitFor(() => isStoryTold(slack, play, CHANNELS.research), { timeoutMs: STORY_PATIENCE_MS })
    .then(
      () => judgeStory(slack, play, CHANNELS.research),
      () => [`${runId}: its end was not told within ${STORY_PATIENCE_MS / 1_000} s`],
    );
  write(
    complaints.length === 0 ? `\n${runId} ended as it should.\n` : `\nNot as it should be:\n${complaints.join("\n")}\n`,
  );
  return complaints.length === 0 ? 0 : 1;
}

/** A person's terminal as a very small Slack. */
async function converse(slack: FakeSlack): Promise<void> {
  write(HELP);
  let user: keyof typeof PEOPLE = "ana";
  let channel: keyof typeof CHANNELS = "research";
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  terminal.setPrompt("\n> ");
  terminal.prompt();
  for await (const typed of terminal) {
    const line = typed.trim();
    const [word = "", name = ""] = line.split(/\s+/);
    if (word === "quit" || word === "exit") return terminal.close();
    if (word === "as" && name in PEOPLE) user = name as keyof typeof PEOPLE;
    else if (word === "in" && name in CHANNELS) channel = name as keyof typeof CHANNELS;
    else if (word === "/findall") {
      const text = line.slice("/findall".length).trim();
      await slack.command({ user: PEOPLE[user], channel: CHANNELS[channel], text });
    } else if (word) write(HELP);
    terminal.setPrompt(`\n#${channel} · ${user} › `);
    terminal.prompt();
  }
  terminal.close();
  // Nobody sits there, as under a script or in the background: the page goes on until a signal comes.
  if (!process.stdin.isTTY) await new Promise<never>(() => {});
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
