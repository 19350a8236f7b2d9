import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
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

describe("the service as a process", () => {
  let directory: string;
  let world: TestWorld | undefined;
  const processes: ServiceProcess[] = [];

  beforeAll(buildProduct, 120_000);
  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), "findall-process-"));
  });
  afterEach(async () => {
    for (const each of processes.splice(0)) if (each.child.exitCode === null) await each.kill("SIGKILL");
    await world?.close();
    world = undefined;
    rmSync(directory, { recursive: true, force: true });
  });
  const start = (environment: Record<string, string>) => {
    const started = startProcess(environment, directory);
    processes.push(started);
    return started;
  };
  /** A world whose service is a process, on the Redis of the test. */
  const inProcess = async () => {
    const made = await startTestWorld({ start: false });
    world = made;
    const environment = {
      SLACK_BOT_TOKEN: made.slack.botToken,
      SLACK_APP_TOKEN: made.slack.appToken,
      SLACK_API_URL: made.slack.apiUrl,
      SLACK_TIMEOUT_MS: "2000",
      PARALLEL_API_KEY: made.findall.apiKey,
      PARALLEL_BASE_URL: made.findall.baseUrl,
      REDIS_URL: made.redis.url,
      PORT: "0",
      POLL_MIN_MS: "100",
      POLL_MAX_MS: "400",
    };
    const launch = async () => {
      const started = start(environment);
      await started.logged("ready");
      return started;
    };
    return { world: made, launch };
  };

  it("ends with exit code 1 and one message that names every problem of its configuration", async () => {
    const failed = start({ PORT: "many" });
    expect(await failed.ended).toEqual({ code: 1, signal: null });
    for (const name of ["SLACK_BOT_TOKEN", "PARALLEL_API_KEY", "PORT"]) expect(failed.output()).toContain(name);
    expect(failed.output()).not.toContain("    at ");
  });

  it("says which port is taken instead of failing with a stack", async () => {
    const made = await startTestWorld();
    world = made;
    const failed = start({
      SLACK_BOT_TOKEN: made.slack.botToken,
      SLACK_APP_TOKEN: made.slack.appToken,
      PARALLEL_API_KEY: made.findall.apiKey,
      REDIS_URL: made.redis.url,
      PORT: String(made.service().port),
    });
    expect(await failed.ended).toEqual({ code: 1, signal: null });
    expect(failed.output()).toContain(`PORT: cannot listen on ${made.service().port}`);
  });

  it("says which directory it cannot use for its own Redis", async (context) => {
    if (!hasRedisServer) context.skip("needs redis-server on the PATH");
    const failed = start({
      SLACK_BOT_TOKEN: "xoxb-1234567890",
      SLACK_APP_TOKEN: "xapp-1234567890",
      PARALLEL_API_KEY: "key-1234567890",
      DATA_DIR: "/dev/null/data",
      PORT: "0",
    });
    expect(await failed.ended).toEqual({ code: 1, signal: null });
    expect(failed.output()).toContain("DATA_DIR: the embedded Redis cannot start in /dev/null/data");
    expect(failed.output()).not.toContain("    at ");
  });

  it("ends in order with exit code 0 on SIGTERM, its embedded Redis with it", async () => {
    const made = await startTestWorld({ start: false });
    world = made;
    const running = start({
      SLACK_BOT_TOKEN: made.slack.botToken,
      SLACK_APP_TOKEN: made.slack.appToken,
      SLACK_API_URL: made.slack.apiUrl,
      PARALLEL_API_KEY: made.findall.apiKey,
      PARALLEL_BASE_URL: made.findall.baseUrl,
      DATA_DIR: path.join(directory, "data"),
      PORT: "0",
    });
    await running.logged("ready");
    running.child.kill("SIGTERM");
    expect(await running.ended).toEqual({ code: 0, signal: null });
    expect(running.output()).toContain('"event":"stopped"');
  });

  it("goes on after SIGKILL where it was, without losing or doubling a message", async () => {
    const { world: made, launch } = await inProcess();
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
  }, 90_000);

  it("adopts a message that Slack had taken when the process was killed in the middle of the call", async () => {
    const { world: made, launch } = await inProcess();
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
  }, 90_000);
});
