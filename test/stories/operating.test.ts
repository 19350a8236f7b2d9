import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { liveContentOf } from "../../src/sandbox/fake-slack/live-content.ts";
import { isStoryTold, judgeStory } from "../../src/sandbox/judge.ts";
import { playStoriesOnDemand } from "../../src/sandbox/stories/player.ts";
import {
  CHANNELS,
  completed,
  expectOrderly,
  follow,
  messagesOf,
  PEOPLE,
  shown,
  startTestWorld,
  type TestWorld,
  timesShown,
} from "../support/world.ts";

describe.concurrent("running the service", () => {
  const get = async (world: TestWorld, path: string) => {
    const response = await fetch(`http://127.0.0.1:${world.service().port}${path}`);
    return { status: response.status, body: await response.text() };
  };

  it("says that it lives, that it is ready and why, and what it did", async () => {
    await using world = await startTestWorld();
    const run = world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    run.match({ name: "Tern Robotics" });
    await shown(world, "Tern Robotics");
    expect((await get(world, "/livez")).status).toBe(200);
    const ready = await get(world, "/readyz");
    expect(ready.status).toBe(200);
    const { checks } = JSON.parse(ready.body);
    expect(Object.keys(checks)).toEqual(["redis", "slack", "channels", "parallel", "activity"]);
    expect(checks.activity.detail).toMatch(/last poll \d+ s ago, last delivery \d+ s ago/);
    const metrics = (await get(world, "/metrics")).body;
    expect(metrics).toMatch(/findall_deliveries_total\{kind="candidate",outcome="posted"\} 1/);
    expect(metrics).toMatch(/findall_match_to_slack_seconds_count 1/);
    expect(metrics).toMatch(/findall_ack_seconds_count/);
    expect((await get(world, "/nowhere")).status).toBe(404);
  });

  it("says that its clock is another than that of Redis, since leases are reckoned by it", async () => {
    let ahead = 0;
    await using world = await startTestWorld({ overrides: { now: () => Date.now() + ahead } });
    world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    const redisOf = async () => JSON.parse((await get(world, "/readyz")).body).checks.redis;
    expect((await redisOf()).detail).not.toContain("clock");
    ahead = -20_000;
    expect(await redisOf()).toMatchObject({
      status: "degraded",
      detail: expect.stringMatching(/clock is 20 s behind/),
    });
  });

  it("finishes what is in hand when it is told to stop, and the next one goes on without a gap or a double", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    run.matchMany(3, (index) => ({ name: `Early ${index} Ltd` }));
    await shown(world, "Early 0 Ltd");
    const began = Date.now();
    await world.service().stop();
    expect(Date.now() - began).toBeLessThan(10_000);
    run.match({ name: "While Down Ltd" });
    await world.addService();
    await shown(world, "While Down Ltd");
    run.end();
    await completed(world);
    for (const name of ["Early 0 Ltd", "Early 1 Ltd", "Early 2 Ltd", "While Down Ltd"]) {
      expect(timesShown(slack, name)).toBe(1);
    }
    expectOrderly(world);
  });

  it("shares the work between two services without a double", async () => {
    await using world = await startTestWorld();
    await world.addService();
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    await follow(world, "run_a", CHANNELS.deals);
    const names = Array.from({ length: 12 }, (_, index) => `Shared ${String(index).padStart(2, "0")} AG`);
    for (const name of names) run.match({ name });
    run.end();
    await Promise.all([completed(world), completed(world, CHANNELS.deals)]);
    for (const channel of [CHANNELS.research, CHANNELS.deals]) {
      for (const name of names) expect(timesShown(slack, name, channel)).toBe(1);
      expect(messagesOf(slack, channel).cards).toHaveLength(1);
      expectOrderly(world, channel);
    }
  });

  it("leaves the jobs of another workspace on the same Redis alone", async () => {
    await using world = await startTestWorld();
    const environment = { REDIS_URL: world.redis.url };
    await using other = await startTestWorld({ environment, slack: { teamId: "T0OTHER" } });
    const runs = [world, other].map((each) => each.findall.addRun({ id: "run_a" }));
    for (const each of [world, other]) await follow(each, "run_a");
    for (const run of runs) run.match({ name: "Same Name Oy" });
    for (const run of runs) run.end();
    for (const each of [world, other]) {
      await completed(each);
      expect(timesShown(each.slack, "Same Name Oy")).toBe(1);
      expectOrderly(each);
    }
  });

  it("waits for a Slack that is down at the start, says so, and then serves", async () => {
    await using world = await startTestWorld({ start: false });
    world.slack.faults.add({ method: "auth.test", kind: "http", status: 503, times: 2 });
    await world.addService();
    world.findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    expect(world.logLines.some((line) => line.event === "slack_refused_start")).toBe(true);
  });

  it("tells the operator which token to mend when Slack refuses it at the start", async () => {
    await using world = await startTestWorld({ start: false });
    world.slack.revokeToken("invalid_auth");
    const started = world.addService();
    await world.slack.waitFor(() => world.slack.calls("auth.test").length > 0);
    world.slack.restoreToken();
    await started;
    const line = world.logLines.find((each) => each.event === "slack_refused_start");
    expect(line).toMatchObject({ code: "invalid_auth" });
    expect(String(line?.msg)).toContain("SLACK_BOT_TOKEN");
  });

  it("names the app token and its scope, in the log and in readiness, when Slack refuses that one", async () => {
    await using world = await startTestWorld({ environment: { SLACK_APP_TOKEN: "xapp-of-somebody-else" } });
    const ready = await get(world, "/readyz");
    expect(ready.status).toBe(503);
    expect(ready.body).toMatch(/SLACK_APP_TOKEN is refused.*connections:write/);
    expect(world.logLines.some((line) => String(line.msg).includes("SLACK_APP_TOKEN is refused"))).toBe(true);
  });

  it("works over HTTP as over Socket Mode, and refuses what Slack did not sign", async () => {
    await using world = await startTestWorld({ mode: "http" });
    const { slack, findall } = world;
    const run = findall.addRun({ id: "run_a" });
    await follow(world, "run_a");
    run.match({ name: "Tern Robotics" });
    run.end();
    await completed(world);
    const post = async (seconds: number, secret: string, body = "command=%2Ffindall&text=list") => {
      const timestamp = String(Math.floor(Date.now() / 1_000) + seconds);
      const signature = `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
      const headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signature,
      };
      const url = `http://127.0.0.1:${world.service().port}/slack/events`;
      return (await fetch(url, { method: "POST", headers, body })).status;
    };
    expect(await post(0, "not the secret")).toBe(401);
    expect(await post(-400, slack.signingSecret)).toBe(401);
    expect(await post(400, slack.signingSecret)).toBe(401);
    expect(await post(0, slack.signingSecret, "x".repeat(2_000_000))).toBe(413);
  });

  it("splits bot and worker by ROLE", async () => {
    await using world = await startTestWorld({ environment: { ROLE: "bot" } });
    const { slack, findall, redis } = world;
    const run = findall.addRun({ id: "run_a" });
    const command = await slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "run_a" });
    await slack.waitFor(() => command.ephemerals().length > 0);
    expect(messagesOf(slack).cards).toHaveLength(0);
    await using worker = await startTestWorldWorker(world, redis.url);
    await slack.waitFor(() => messagesOf(slack).cards.length === 1);
    run.match({ name: "Tern Robotics" });
    await shown(world, "Tern Robotics");
    expect(worker.port).toBeGreaterThan(0);
  });

  it("never writes a token or key into its log, whatever goes wrong", async () => {
    await using world = await startTestWorld({ environment: { LOG_LEVEL: "trace" } });
    const { slack, findall } = world;
    findall.addRun({ id: "run_a" });
    slack.faults.add({ method: "chat.postMessage", kind: "lost", times: 1 });
    findall.faults.add({ path: "any", kind: "status", status: 401, times: 2 });
    await slack.command({ user: PEOPLE.ana, channel: CHANNELS.research, text: "run_a" });
    await follow(world, "run_a");
    slack.revokeToken();
    findall.run("run_a")?.match({ name: "Meanwhile" });
    await slack.waitFor(() => slack.calls("auth.test").some((call) => !call.ok));
    slack.restoreToken();
    await shown(world, "Meanwhile");
    const log = JSON.stringify(world.logLines);
    expect(world.logLines.length).toBeGreaterThan(5);
    for (const secret of [slack.botToken, slack.appToken, slack.signingSecret, findall.apiKey]) {
      expect(log).not.toContain(secret);
    }
  });
});

describe("hostile texts, from the API to the channel", () => {
  it("makes no live mention and no link but the candidates' own pages and sources", async () => {
    await using world = await startTestWorld();
    const { slack, findall } = world;
    const stage = playStoriesOnDemand(findall, { speed: 20 });
    await follow(world, "run_hostile");
    const play = stage.plays.get("run_hostile")!;
    await slack.waitFor(() => isStoryTold(slack, play, CHANNELS.research));
    expect(judgeStory(slack, play, CHANNELS.research)).toEqual([]);
    const body = JSON.stringify(play.run.resultBody());
    for (const message of messagesOf(slack).all) {
      const { mentions, links } = liveContentOf(message);
      const rung = mentions.map((mention) => mention.target);
      expect(rung.filter((target) => target !== PEOPLE.ana)).toEqual([]);
      if (message.metadata?.event_type !== "findall_completion") expect(rung).toEqual([]);
      for (const { url } of links) {
        expect(url).toMatch(/^https?:\/\//);
        expect(body).toContain(new URL(url).hostname);
        expect(new URL(url).hostname).not.toBe("evil.example");
      }
    }
    stage.stop();
  });
});

async function startTestWorldWorker(world: TestWorld, redisUrl: string) {
  const { configFrom } = await import("../../src/config.ts");
  const { startService } = await import("../../src/service.ts");
  const service = await startService(
    configFrom({
      SLACK_BOT_TOKEN: world.slack.botToken,
      SLACK_API_URL: world.slack.apiUrl,
      PARALLEL_API_KEY: world.findall.apiKey,
      PARALLEL_BASE_URL: world.findall.baseUrl,
      REDIS_URL: redisUrl,
      ROLE: "worker",
      PORT: "0",
      POLL_MIN_MS: "100",
      POLL_MAX_MS: "400",
      LOG_LEVEL: "silent",
    }),
  );
  await service.ready;
  return service;
}
