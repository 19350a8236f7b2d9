import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configVariables } from "../../src/config.ts";
import { textOf } from "../../src/doctor/report.ts";
import { readSettings } from "../../src/doctor/settings.ts";
import { type Clinic, linesOf, onlyFailure, openClinic } from "./support/clinic.ts";

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic[Symbol.asyncDispose]());

describe("the settings", () => {
  it("are told in one line when they are all usable", async () => {
    const report = await clinic.examine();
    expect(linesOf(report, "ok", "settings")).toEqual([
      "settings: all good; 6 of 18 variables are set, the others have their defaults; role all, Socket Mode",
    ]);
  });

  it("are told with every problem at once, each with what to do", async () => {
    const report = await clinic.examine({
      SLACK_BOT_TOKEN: undefined,
      SLACK_APP_TOKEN: undefined,
      PARALLEL_API_KEY: "",
      PORT: "http",
      ROLE: "queen",
      REDIS_URL: "localhost",
      HTTPS_PROXY: "proxy:8080",
      POLL_MAX_MS: "100",
    });
    const failures = linesOf(report, "fail");
    const names = failures.map((line) => /^settings: (\w+)/.exec(line)?.[1]);
    expect(names.sort()).toEqual([
      "HTTPS_PROXY",
      "PARALLEL_API_KEY",
      "POLL_MAX_MS",
      "PORT",
      "REDIS_URL",
      "ROLE",
      "SLACK_APP_TOKEN",
      "SLACK_BOT_TOKEN",
    ]);
    for (const line of failures) expect(line).toMatch(/ → \S/);
    expect(report.exitCode).toBe(1);
  });

  it("that are missing keep nothing else from being checked", async () => {
    const report = await clinic.examine({ PARALLEL_API_KEY: undefined });
    expect(onlyFailure(report)).toMatch(/^settings: PARALLEL_API_KEY: is required → copy the API key/);
    expect(linesOf(report, "ok", "bot token")).toHaveLength(1);
    expect(linesOf(report, "ok", "Socket Mode")).toHaveLength(1);
    expect(linesOf(report, "ok", "clock")).toEqual(["clock: agrees with Slack"]);
  });

  it.each([
    [{ ROLE: "bot" }, "REDIS_URL"],
    [{ ROLE: "worker", SLACK_APP_TOKEN: undefined }, "REDIS_URL"],
    [{ SLACK_APP_TOKEN: undefined }, "SLACK_APP_TOKEN"],
    [{ POLL_MIN_MS: "60000" }, "POLL_MAX_MS"],
    [{ http_proxy: "nonsense" }, "HTTP_PROXY"],
  ])("that contradict each other are told once: %j", async (changes, name) => {
    expect(onlyFailure(await clinic.examine(changes))).toContain(`settings: ${name}: `);
  });

  it("can be read whatever is in any of them", () => {
    const names = [...configVariables, "HTTPS_PROXY", "http_proxy"];
    for (const rubbish of ["", "x", "-1", "redis://", "xoxb-1", "xapp-1", '"quoted"', "worker", "bot"])
      for (const name of names)
        for (const other of names) {
          const environment = { ...clinic.environment, [name]: rubbish, [other]: rubbish };
          expect(readSettings(environment).findings.length).toBeGreaterThan(0);
        }
  });
});

describe("a secret in the wrong place", () => {
  const BOT = "xoxb-1234567890-topsecret";
  const APP = "xapp-1-A0OTHER-1234-topsecret";

  it("is told as what it is, where it belongs and what to put there, for both of two that were swapped", async () => {
    const report = await clinic.examine({ SLACK_BOT_TOKEN: APP, SLACK_APP_TOKEN: BOT });
    const failures = linesOf(report, "fail");
    expect(failures).toHaveLength(2);
    expect(failures[0]).toContain(
      "SLACK_BOT_TOKEN holds an app-level token (xapp-…) → it belongs into SLACK_APP_TOKEN",
    );
    expect(failures[1]).toContain("SLACK_APP_TOKEN holds a bot token (xoxb-…) → it belongs into SLACK_BOT_TOKEN");
    expect(clinic.slack.calls("apps.connections.open").every((call) => call.ok)).toBe(true);
  });

  it.each([
    ["SLACK_BOT_TOKEN", "xoxp-1234567890-topsecret", "holds a user token (xoxp-…) → it is of no use here"],
    ["SLACK_BOT_TOKEN", "xoxe.xoxb-1-topsecret", "holds a token of an app with token rotation"],
    ["SLACK_BOT_TOKEN", "https://hooks.slack.com/services/T0/B0/topsecret", "holds the address of an incoming webhook"],
    ["SLACK_BOT_TOKEN", "0123456789abcdef0123456789abcdef", "holds what looks like a signing or client secret"],
    ["SLACK_BOT_TOKEN", `"${BOT}"`, "stands in quotation marks"],
    ["SLACK_BOT_TOKEN", "topsecret", 'must start with "xoxb-"'],
    ["SLACK_APP_TOKEN", "xoxp-1234567890-topsecret", "holds a user token"],
    ["SLACK_SIGNING_SECRET", BOT, "holds a bot token (xoxb-…) → it belongs into SLACK_BOT_TOKEN"],
    ["PARALLEL_API_KEY", BOT, "holds a bot token (xoxb-…) → it belongs into SLACK_BOT_TOKEN"],
    ["PARALLEL_API_KEY", "'topsecret'", "stands in quotation marks"],
  ])("%s=%s is found out by its look, and never printed", async (name, value, words) => {
    const report = await clinic.examine({ [name]: value });
    expect(onlyFailure(report)).toContain(words);
    expect(textOf(report)).not.toContain(value);
    expect(textOf(report)).not.toContain("topsecret");
  });

  it("is not sent to anyone", async () => {
    const calls = clinic.slack.calls().length;
    await clinic.examine({ SLACK_BOT_TOKEN: APP, SLACK_APP_TOKEN: BOT });
    expect(clinic.slack.calls()).toHaveLength(calls);
  });
});

describe("settings that are allowed but unwise", () => {
  it.each([
    ["SLACK_TIMEOUT_MS", "200"],
    ["SLACK_TIMEOUT_MS", "120000"],
    ["PARALLEL_TIMEOUT_MS", "1000"],
    ["MAX_RESULT_BYTES", "1000000"],
    ["POLL_MIN_MS", "100"],
    ["POLL_MAX_MS", "3600000"],
    ["LOG_LEVEL", "silent"],
  ])("%s=%s is a warning with the default as the mend", async (name, value) => {
    const report = await clinic.examine({ [name]: value });
    expect(linesOf(report, "warn", "time-outs")).toEqual([
      expect.stringMatching(new RegExp(`^time-outs: ${name}=${value}: .* → \\S+ is the default$`)),
    ]);
    expect(report.exitCode).toBe(0);
  });

  it.each([
    ["18.20.4", "fail"],
    ["20.18.3", "fail"],
    ["20.19.0", "ok"],
    ["23.1.0", "warn"],
    ["24.0.0", "ok"],
  ] as const)("Node %s is %s", async (nodeVersion, level) => {
    const report = await clinic.examine({}, { nodeVersion });
    expect(linesOf(report, level, "Node")).toHaveLength(1);
  });
});
