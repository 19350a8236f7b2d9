import { request } from "node:http";
import { text as textOf } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { type Bot, createBot } from "../../src/bot/app.ts";
import type { BotActions } from "../../src/bot/deps.ts";
import { actions, commandBody, listen, logOf, signed } from "./support.ts";

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function httpBot(over: Partial<BotActions> = {}) {
  const log = logOf();
  const acks: [string, number][] = [];
  const answered: { url: string; body: Record<string, unknown> }[] = [];
  let refusing = false;
  // Stands for Slack: response URLs, and the Web API for the last resort.
  const slack = await listen(async (req, res) => {
    const body = await textOf(req);
    const isJson = req.headers["content-type"]?.startsWith("application/json");
    answered.push({
      url: req.url ?? "",
      body: isJson ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body)),
    });
    res.writeHead(refusing && isJson ? 404 : 200, { "content-type": "application/json" }).end('{"ok":true}');
  });
  const bot: Bot = createBot({
    config: {
      botToken: "xoxb-secret-token",
      appToken: null,
      signingSecret: "test-signing-secret",
      slackApiUrl: `${slack.url}/api/`,
      botId: "B1",
      botUserId: "UBOT",
      teamId: "T1",
    },
    actions: actions(over),
    logger: log,
    onAck: (ms, command) => acks.push([command, ms]),
    now: () => Date.now(),
  });
  const server = await listen(bot.handleHttp);
  cleanups.push(server.close, slack.close, () => bot.stop());
  await bot.start();
  const post = (body: string, headers: Record<string, string> = signed(body), path = "/slack/events") =>
    fetch(server.url + path, { method: "POST", body, headers });
  return {
    bot,
    url: server.url,
    log,
    acks,
    answered,
    post,
    responseUrl: `${slack.url}/commands/1`,
    refuse: () => {
      refusing = true;
    },
  };
}

describe("the bot over HTTP", () => {
  it("answers a command in the acknowledgement, to the asker alone", async () => {
    const { post, acks } = await httpBot();
    const response = await post(commandBody("findall_1"));
    expect(response.status).toBe(200);
    const body = (await response.json()) as { response_type: string; text: string; blocks: unknown[] };
    expect(body.response_type).toBe("ephemeral");
    expect(body.text).toContain("Following *Find all AI labs*");
    expect(body.blocks.length).toBeGreaterThan(0);
    expect(acks).toEqual([["watch", expect.any(Number)]]);
  });

  it("tells the steps who asked, where, and how to answer", async () => {
    const asked: unknown[] = [];
    const { post } = await httpBot({
      stopWatch: async (...args) => {
        asked.push(args);
        return { kind: "not_watched" };
      },
    });
    await post(commandBody("stop `findall_1`", { response_url: "https://hooks.slack.com/commands/T1/2/3" }));
    expect(asked).toEqual([
      [
        "findall_1",
        {
          userId: "U1",
          userName: "ann",
          channelId: "C1",
          channelName: "research",
          responseUrl: "https://hooks.slack.com/commands/T1/2/3",
        },
      ],
    ]);
  });

  it("acknowledges a slow command before it is done, and answers it through its response URL", async () => {
    let finish: () => void = () => {};
    const { post, answered, responseUrl } = await httpBot({
      runStatus: () =>
        new Promise((resolve) => {
          finish = () => resolve({ kind: "run_not_found" });
        }),
    });
    const response = await post(commandBody("status findall_1", { response_url: responseUrl }));
    expect(await response.text()).toBe("");
    finish();
    await expect.poll(() => answered, { timeout: 3_000 }).toHaveLength(1);
    expect(answered[0]?.body).toMatchObject({ response_type: "ephemeral", replace_original: false });
    expect(answered[0]?.body.text).toContain("Parallel does not know");
  });

  it("posts an ephemeral message when the response URL is refused", async () => {
    const { post, answered, responseUrl, refuse, log } = await httpBot({
      runStatus: () => new Promise((resolve) => setTimeout(() => resolve({ kind: "run_not_found" }), 300)),
    });
    refuse();
    await post(commandBody("status findall_1", { response_url: responseUrl }));
    await expect.poll(() => answered.map(({ url }) => url)).toEqual(["/commands/1", "/api/chat.postEphemeral"]);
    expect(answered[1]?.body).toMatchObject({ channel: "C1", user: "U1" });
    expect(log.lines.join("\n")).toContain("respond_failed");
  });

  it("makes one watch of a command that is delivered twice, and answers once", async () => {
    const seen = new Set<string>();
    let started = 0;
    const base = actions();
    const { post } = await httpBot({
      firstDelivery: async (key) => !seen.has(key) && Boolean(seen.add(key)),
      startWatch: async (...args) => {
        started += 1;
        return base.startWatch(...args);
      },
    });
    const body = commandBody("findall_1");
    const answers = [await (await post(body)).text(), await (await post(body)).text()];
    expect(started).toBe(1);
    expect(answers[0]).toContain("Following");
    expect(answers[1]).toBe("");
  });

  it("answers although the store cannot say whether a delivery is new", async () => {
    const { post } = await httpBot({ firstDelivery: () => Promise.reject(new Error("no Redis")) });
    expect(await (await post(commandBody("findall_1"))).text()).toContain("Following");
  });

  it("says a reference when a step throws, and logs it", async () => {
    const { post, log } = await httpBot({ startWatch: () => Promise.reject(new Error("a bug with xoxb-1-secret")) });
    const { text } = (await (await post(commandBody("findall_1"))).json()) as { text: string };
    const reference = /reference `([0-9a-f]{8})`/.exec(text)?.[1];
    expect(reference).toBeDefined();
    expect(log.lines.join("\n")).toContain(`"reference":"${reference}"`);
    expect(log.lines.join("\n")).not.toContain("xoxb-1-secret");
  });

  it("keeps what was typed out of the log", async () => {
    const { post, log } = await httpBot();
    await post(commandBody(`curl https://api.parallel.ai/v1beta/findall/runs/r_1 -H "x-api-key: very-secret"`));
    expect(log.lines.join("\n")).not.toContain("very-secret");
  });

  it.each([
    ["a forged signature", signed("x", 0, "another secret")],
    ["no signature", { "content-type": "application/x-www-form-urlencoded" }],
  ])("refuses %s", async (_title, headers) => {
    const { post } = await httpBot({ startWatch: () => Promise.reject(new Error("must not run")) });
    expect((await post(commandBody("findall_1"), headers)).status).toBe(401);
  });

  it("refuses a request that was signed more than five minutes ago, or is from the future", async () => {
    const { post } = await httpBot();
    const body = commandBody("findall_1");
    expect((await post(body, signed(body, 301))).status).toBe(401);
    expect((await post(body, signed(body, -400))).status).toBe(401);
    expect((await post(body, signed(body, -60))).status).toBe(200);
  });

  it.each([
    ["null", "application/json"],
    ["7", "application/json"],
    ["payload=null", "application/x-www-form-urlencoded"],
  ])("refuses the signed body %s, which is no payload, and goes on serving", async (body, type) => {
    const { post } = await httpBot();
    expect((await post(body, { ...signed(body), "content-type": type })).status).toBe(400);
    expect((await post(commandBody("help"))).status).toBe(200);
  });

  it("refuses an oversized body, announced or not, and goes on serving", async () => {
    const { post, url } = await httpBot();
    const huge = "x".repeat(1024 * 1024 + 1);
    const announced = await post(huge)
      .then((response) => response.status)
      .catch(() => 413); // may be cut off while sending
    expect(announced).toBe(413);
    const chunked = await new Promise<number>((resolve, reject) => {
      const req = request(`${url}/slack/events`, { method: "POST", headers: { ...signed(huge) } });
      req.on("response", (response) => resolve(response.resume().statusCode ?? 0)).on("error", reject);
      req.write(huge.slice(0, 600_000));
      req.end(huge.slice(600_000));
    });
    expect(chunked).toBe(413);
    expect((await post(commandBody("help"))).status).toBe(200);
  });

  it("answers Slack's certificate check and address verification", async () => {
    const { post } = await httpBot();
    expect((await post("ssl_check=1&token=x", { "content-type": "application/x-www-form-urlencoded" })).status).toBe(
      200,
    );
    const body = JSON.stringify({ type: "url_verification", challenge: "abc" });
    const response = await post(body, { ...signed(body), "content-type": "application/json" });
    expect(await response.json()).toEqual({ challenge: "abc" });
  });

  it("acknowledges clicks, shortcuts and modals that nobody handles", async () => {
    const { post } = await httpBot();
    const user = { id: "U1", team_id: "T1" };
    const team = { id: "T1" };
    const payloads = [
      {
        type: "block_actions",
        user,
        team,
        actions: [{ type: "button", action_id: "open", block_id: "b", url: "https://x" }],
      },
      { type: "message_action", user, team, callback_id: "nobody", message: {}, channel: { id: "C1" } },
      { type: "shortcut", user, team, callback_id: "nobody" },
      { type: "view_submission", user, team, view: { callback_id: "nobody", team_id: "T1" } },
      { type: "something_new", user, team },
    ];
    for (const payload of payloads) {
      const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
      const start = Date.now();
      expect((await post(body)).status, payload.type).toBe(200);
      expect(Date.now() - start, payload.type).toBeLessThan(1_000);
    }
  });

  it("hears that it was invited to a channel, and only itself", async () => {
    const joined: string[] = [];
    const { post } = await httpBot({ botJoined: async (channel) => void joined.push(channel) });
    for (const user of ["UBOT", "U1"]) {
      const event = { type: "member_joined_channel", user, channel: `C-${user}`, channel_type: "C", team: "T1" };
      const body = JSON.stringify({ type: "event_callback", team_id: "T1", event_id: `Ev${user}`, event });
      expect((await post(body, { ...signed(body), "content-type": "application/json" })).status).toBe(200);
    }
    await expect.poll(() => joined).toEqual(["C-UBOT"]);
  });

  it("serves nothing else, and nothing while it is not started or already stopped", async () => {
    const { bot, post, url } = await httpBot();
    expect((await fetch(`${url}/slack/events`)).status).toBe(405);
    expect((await post("x", signed("x"), "/elsewhere")).status).toBe(404);
    expect(bot.connected()).toBe(true);
    await bot.stop();
    expect(bot.connected()).toBe(false);
    expect((await post(commandBody("help"))).status).toBe(503);
  });

  it("answers what is in hand before it has stopped", async () => {
    const { bot, post, answered, responseUrl } = await httpBot({
      runStatus: () => new Promise((resolve) => setTimeout(() => resolve({ kind: "run_not_found" }), 700)),
    });
    await post(commandBody("status findall_1", { response_url: responseUrl }));
    await bot.stop();
    expect(answered).toHaveLength(1);
  });
});
