import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { textOf } from "../../src/doctor/report.ts";
import { USED_SCOPES } from "../../src/doctor/scopes.ts";
import { MANIFEST_SCOPES } from "../../src/sandbox/fake-slack/world.ts";
import { type Clinic, linesOf, onlyFailure, openClinic } from "./support/clinic.ts";

let clinic: Clinic;
beforeEach(async () => {
  clinic = await openClinic({ signingSecret: "0123456789abcdef0123456789abcdef" });
});
afterEach(() => clinic[Symbol.asyncDispose]());

describe("the bot token", () => {
  it("is accepted, with the names of the team and the bot", async () => {
    const report = await clinic.examine();
    expect(linesOf(report, "ok", "bot token")).toEqual([
      "bot token: accepted: team Acme Research (T0FINDALL), bot @findall",
    ]);
    expect(linesOf(report, "ok", "scopes")).toEqual(["scopes: all 11 that are used are granted"]);
    expect(linesOf(report, "ok", "Socket Mode")).toHaveLength(1);
    expect(report.exitCode).toBe(0);
  });

  it.each([
    ["token_revoked", "it was revoked"],
    ["account_inactive", "the app was removed from the workspace"],
    ["invalid_auth", "Slack does not know it"],
    ["access_denied", "Slack denies the app access."],
    ["error_of_tomorrow", "refused (error_of_tomorrow) →"],
  ])("that Slack refuses with %s is told with the reason and where to get another", async (code, words) => {
    clinic.slack.faults.add({ method: "auth.test", kind: "error", error: code });
    const failure = onlyFailure(await clinic.examine());
    expect(failure).toContain(`bot token: refused (${code})`);
    expect(failure).toContain(words);
    expect(failure).toMatch(/ → \S/);
  });

  it("that was revoked fails, whatever else is right", async () => {
    clinic.slack.revokeToken();
    const report = await clinic.examine();
    expect(linesOf(report, "fail", "bot token")[0]).toMatch(
      /refused \(token_revoked\).* → copy the "Bot User OAuth Token"/,
    );
    expect(report.exitCode).toBe(1);
  });

  it("of another workspace's app is not printed when Slack does not know it", async () => {
    const report = await clinic.examine({ SLACK_BOT_TOKEN: "xoxb-9999-topsecret" });
    expect(onlyFailure(report)).toContain("invalid_auth");
    expect(textOf(report)).not.toContain("topsecret");
  });

  it("cannot be judged by a page of HTML, a broken connection or a Slack that is busy", async () => {
    const told = async (fault: Parameters<typeof clinic.slack.faults.add>[0]) => {
      const handle = clinic.slack.faults.add(fault);
      const report = await clinic.examine();
      handle.remove();
      return [...linesOf(report, "fail", "bot token"), ...linesOf(report, "warn", "bot token")].join();
    };
    expect(await told({ method: "auth.test", kind: "html" })).toContain("is not Slack's Web API → check SLACK_API_URL");
    expect(await told({ method: "auth.test", kind: "reset" })).toContain("the connection was cut (ECONNRESET)");
    expect(await told({ method: "auth.test", kind: "http", status: 503 })).toContain(
      "answered 503 → see slack-status.com",
    );
    expect(await told({ method: "auth.test", kind: "rate_limited", retryAfter: 7 })).toContain("run this again in 7 s");
  });

  it("is given up on when Slack does not answer in time", async () => {
    clinic.slack.faults.add({ method: "*", kind: "hang" });
    const started = Date.now();
    const report = await clinic.examine({}, { limitMs: 300 });
    expect(Date.now() - started).toBeLessThan(3_000);
    expect(linesOf(report, "fail", "bot token")[0]).toContain("no answer in time");
    expect(linesOf(report, "fail", "Socket Mode")[0]).toContain("no answer in time");
    clinic.slack.faults.clear();
  });
});

describe("the scopes", () => {
  it.each(USED_SCOPES)("miss $scope with what that costs and how to add it", async ({ scope, without, costs }) => {
    clinic.slack.setScopes(MANIFEST_SCOPES.filter((each) => each !== scope));
    const report = await clinic.examine();
    const [line, ...others] = linesOf(report, without, "scopes");
    expect(line).toBe(
      `scopes: ${scope} is missing: ${costs} → add it under "OAuth & Permissions" at api.slack.com/apps, then "Reinstall to Workspace"`,
    );
    expect(others).toEqual([]);
    expect(report.exitCode).toBe(without === "fail" ? 1 : 0);
  });

  it("that are not needed are named as such", async () => {
    clinic.slack.setScopes([...MANIFEST_SCOPES, "users:read.email", "admin"]);
    const report = await clinic.examine();
    expect(linesOf(report, "warn", "scopes")).toEqual([
      "scopes: granted but not used: users:read.email, admin → take them away at api.slack.com/apps",
    ]);
    expect(linesOf(report, "ok", "scopes")).toHaveLength(1);
    expect(report.exitCode).toBe(0);
  });
});

describe("Socket Mode", () => {
  it.each([
    ["invalid_auth", "Slack does not know it"],
    ["missing_scope", "it lacks a scope"],
    ["not_allowed_token_type", "it is of another kind"],
  ])("fails when the app-level token is refused with %s, and says how to make one", async (error, words) => {
    clinic.slack.faults.add({ method: "apps.connections.open", kind: "error", error });
    const failure = onlyFailure(await clinic.examine());
    expect(failure).toContain(`Socket Mode: app-level token: refused (${error}): ${words} → generate one`);
    expect(failure).toContain("connections:write");
  });

  it("opens no connection", async () => {
    await clinic.examine();
    expect(clinic.slack.connections()).toBe(0);
  });

  it("fails when its token is of another app than the bot token", async () => {
    await using other = await openClinic({ appToken: "xapp-1-A0OTHER-1234567890-abcdef" });
    const failure = onlyFailure(await other.examine());
    expect(failure).toContain("the app-level token is of app A0OTHER, the bot token of app A0FINDALL");
  });

  it("is not asked of a worker", async () => {
    const report = await clinic.examine({
      ROLE: "worker",
      SLACK_APP_TOKEN: undefined,
      REDIS_URL: "redis://127.0.0.1:1",
    });
    expect(linesOf(report, "ok", "commands")[0]).toContain("none arrive at a worker");
    expect(clinic.slack.calls("apps.connections.open")).toEqual([]);
  });
});

describe("HTTP mode", () => {
  it("says what it did not check, and how to check it by hand", async () => {
    const { signingSecret } = clinic.slack;
    const report = await clinic.examine({ SLACK_APP_TOKEN: "", SLACK_SIGNING_SECRET: signingSecret });
    const [line] = linesOf(report, "info", "HTTP mode");
    expect(line).toContain("not checked from here: whether Slack reaches https://HOST/slack/events");
    expect(line).toContain("curl -X POST -i https://HOST/slack/events must give 401");
    expect(line).toContain("must say Verified");
    expect(linesOf(report, "ok", "HTTP mode")).toEqual([
      "HTTP mode: SLACK_SIGNING_SECRET is set and has the form of one",
    ]);
    expect(textOf(report)).toMatch(/\d ok, 1 not checked, \d warnings?, 0 failed/);
    expect(report).toMatchObject({ exitCode: 0 });
    expect(clinic.slack.calls("apps.connections.open")).toEqual([]);
    expect(textOf(report)).not.toContain(signingSecret);
  });

  it("doubts a signing secret of another form", async () => {
    const report = await clinic.examine({ SLACK_APP_TOKEN: "", SLACK_SIGNING_SECRET: "abcdefghijklmnopqrstuvwx" });
    expect(linesOf(report, "warn", "HTTP mode")[0]).toContain("does not look like a signing secret");
    expect(report.exitCode).toBe(0);
  });
});
