import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { SandboxOptions } from "../../src/sandbox/world.ts";
import { buildProduct, type ServiceProcess, startProcess } from "../support/process.ts";
import { hasRedisServer } from "../support/redis-process.ts";
import {
  completed,
  expectOrderly,
  follow,
  messagesOf,
  shown,
  startTestWorld,
  type TestWorld,
  timesShown,
} from "../support/world.ts";

interface Stage {
  readonly directory: string;
  /** A service as a process of its own, with just this environment. */
  readonly start: (environment: Record<string, string>) => ServiceProcess;
  /** A world whose service is a process, on the Redis of the test. */
  readonly inProcess: (
    options?: SandboxOptions,
  ) => Promise<{ world: TestWorld; launch: () => Promise<ServiceProcess> }>;
}

const it = test.extend<{ stage: Stage }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads from it which fixtures are needed
  stage: async ({}, use) => {
    const directory = mkdtempSync(path.join(tmpdir(), "findall-process-"));
    const processes: ServiceProcess[] = [];
    const worlds: TestWorld[] = [];
    const start = (environment: Record<string, string>) => {
      const started = startProcess(environment, directory);
      processes.push(started);
      return started;
    };
    const inProcess = async (options: SandboxOptions = { start: false }) => {
      const world = await startTestWorld(options);
      worlds.push(world);
      const environment = {
        SLACK_BOT_TOKEN: world.slack.botToken,
        SLACK_APP_TOKEN: world.slack.appToken,
        SLACK_API_URL: world.slack.apiUrl,
        SLACK_TIMEOUT_MS: "2000",
        PARALLEL_API_KEY: world.findall.apiKey,
        PARALLEL_BASE_URL: world.findall.baseUrl,
        REDIS_URL: world.redis.url,
        PORT: "0",
        POLL_MIN_MS: "100",
        POLL_MAX_MS: "400",
      };
      const launch = async () => {
        const started = start(environment);
        await started.logged("ready");
        return started;
      };
      return { world, launch };
    };
    await use({ directory, start, inProcess });
    for (const each of processes) if (each.child.exitCode === null) await each.kill("SIGKILL");
    for (const world of worlds) await world.close();
    rmSync(directory, { recursive: true, force: true });
  },
});

describe.concurrent("the service as a process", () => {
  beforeAll(buildProduct, 120_000);

  it("ends with exit code 1 and one message that names every problem of its configuration", async ({ stage }) => {
    const failed = stage.start({ PORT: "many" });
    expect(await failed.ended).toEqual({ code: 1, signal: null });
    for (const name of ["SLACK_BOT_TOKEN", "PARALLEL_API_KEY", "PORT"]) expect(failed.output()).toContain(name);
    expect(failed.output()).not.toContain("    at ");
  });

  it("says which port is taken instead of failing with a stack", async ({ stage }) => {
    const { world: made } = await stage.inProcess({});
    const failed = stage.start({
      SLACK_BOT_TOKEN: made.slack.botToken,
      SLACK_APP_TOKEN: made.slack.appToken,
      PARALLEL_API_KEY: made.findall.apiKey,
      REDIS_URL: made.redis.url,
      PORT: String(made.service().port),
    });
    expect(await failed.ended).toEqual({ code: 1, signal: null });
    expect(failed.output()).toContain(`PORT: cannot listen on ${made.service().port}`);
  });

  test("says which directory it cannot use for its own Redis", async (context) => {
    if (!hasRedisServer) context.skip("needs redis-server on the PATH");
    const environment = {
      SLACK_BOT_TOKEN: "xoxb-1234567890",
      SLACK_APP_TOKEN: "xapp-1234567890",
      PARALLEL_API_KEY: "key-1234567890",
      DATA_DIR: "/dev/null/data",
      PORT: "0",
    };
    const failed = startProcess(environment, tmpdir());
    context.onTestFinished(() => failed.kill("SIGKILL"));
    expect(await failed.ended).toEqual({ code: 1, signal: null });
    expect(failed.output()).toContain("DATA_DIR: the embedded Redis cannot start in /dev/null/data");
    expect(failed.output()).not.toContain("    at ");
  });

  it("ends in order with exit code 0 on SIGTERM, its embedded Redis with it", async ({ stage }) => {
    const { world: made } = await stage.inProcess();
    const running = stage.start({
      SLACK_BOT_TOKEN: made.slack.botToken,
      SLACK_APP_TOKEN: made.slack.appToken,
      SLACK_API_URL: made.slack.apiUrl,
      PARALLEL_API_KEY: made.findall.apiKey,
      PARALLEL_BASE_URL: made.findall.baseUrl,
      DATA_DIR: path.join(stage.directory, "data"),
      PORT: "0",
    });
    await running.logged("ready");
    running.child.kill("SIGTERM");
    expect(await running.ended).toEqual({ code: 0, signal: null });
    expect(running.output()).toContain('"event":"stopped"');
  });

  it("goes on after SIGKILL where it was, without losing or doubling a message", async ({ stage }) => {
    const { world: made, launch } = await stage.inProcess();
    const { slack, findall } = made;
    const first = await launch();
    const run = findall.addRun({ id: "run_a" });
    await follow(made, "run_a");
    const names = Array.from({ length: 8 }, (_, index) => `Survivor ${index} GmbH`);
    for (const name of names.slice(0, 3)) run.match({ name });
    await shown(made, names[0]!);
    await first.kill("SIGKILL");
    for (const name of names.slice(3)) run.match({ name });
    await launch();
    run.end();
    await slack.waitFor(() => messagesOf(slack).completions.length > 0, { timeoutMs: 60_000 });
    for (const name of names) expect(timesShown(slack, name)).toBe(1);
    expect(messagesOf(slack).cards).toHaveLength(1);
    expectOrderly(made);
  });

  it("adopts a message that Slack had taken when the process was killed in the middle of the call", async ({
    stage,
  }) => {
    const { world: made, launch } = await stage.inProcess();
    const { slack, findall } = made;
    const first = await launch();
    const run = findall.addRun({ id: "run_a" });
    await follow(made, "run_a");
    slack.faults.add({ method: "chat.postMessage", kind: "hang", commit: true, times: 1 });
    run.match({ name: "Taken Inc" });
    await slack.waitFor(() => timesShown(slack, "Taken Inc") === 1);
    await first.kill("SIGKILL");
    await launch();
    run.match({ name: "Next Inc" });
    await slack.waitFor(() => timesShown(slack, "Next Inc") === 1, { timeoutMs: 60_000 });
    run.end();
    await completed(made);
    expect(timesShown(slack, "Taken Inc")).toBe(1);
    expectOrderly(made);
  });
});
