import { describe, expect, it } from "vitest";
import { bounded } from "../../src/doctor/bounded.ts";
import { fail, ok, warn } from "../../src/doctor/finding.ts";
import { jsonOf, reportOf, textOf } from "../../src/doctor/report.ts";
import { readWish } from "../../src/doctor/usage.ts";

const plain = (text: string) => text;

describe("the report", () => {
  it("has a line for each check, what to do below it, and a sum", () => {
    const report = reportOf([ok("Node", "version 24.0.0"), warn("Redis", "old", "install a newer one")], plain);
    expect(textOf(report)).toBe(
      [
        "ok    Node   version 24.0.0",
        "warn  Redis  old",
        "             → install a newer one",
        "",
        "1 ok, 1 warning, 0 failed: nothing stands in the way.",
        "",
      ].join("\n"),
    );
  });

  it("gives the same as JSON", () => {
    const report = reportOf([ok("Node", "good"), fail("Redis", "away", "start it")], plain);
    expect(JSON.parse(jsonOf(report))).toEqual({
      status: "fail",
      exitCode: 1,
      checks: [
        { level: "ok", subject: "Node", text: "good", mend: null },
        { level: "fail", subject: "Redis", text: "away", mend: "start it" },
      ],
    });
  });

  it("fails exactly when a check failed: warnings are no failure", () => {
    const exitCodeOf = (...levels: ("ok" | "warn" | "fail")[]) =>
      reportOf(
        levels.map((level) => ({ level, subject: "a", text: "b", mend: null })),
        plain,
      ).exitCode;
    expect([exitCodeOf("ok"), exitCodeOf("ok", "warn"), exitCodeOf("warn", "fail", "ok")]).toEqual([0, 0, 1]);
  });

  it("keeps secrets out of every text, and a foreign text on its line", () => {
    const report = reportOf([warn("a\u001b", "team \u001b[2J\nfail  x\u202e secret", "secret")], (text) =>
      text.replaceAll("secret", "[secret]"),
    );
    expect(report.checks[0]).toMatchObject({ text: "team [2J fail x [secret]", mend: "[secret]" });
    expect(reportOf([ok("a", "x".repeat(10_000))], plain).checks[0]?.text.length).toBeLessThanOrEqual(400);
  });
});

describe("a check", () => {
  it("that never ends, or breaks, has a line all the same", async () => {
    const [late] = await bounded("Redis", 10, () => new Promise(() => {}));
    expect(late).toMatchObject({ level: "fail", subject: "Redis", text: "not finished within 0.01 s" });
    const [broken] = await bounded("Redis", 1_000, () => Promise.reject(new TypeError("oh")));
    expect(broken).toMatchObject({ level: "fail", text: "could not be checked (TypeError: oh)" });
  });
});

describe("the words behind the command", () => {
  it.each([
    [[], "text"],
    [["--json"], "json"],
    [["--json", "--json"], "json"],
    [["-h"], "help"],
    [["--json", "--help"], "help"],
    [["--jsno"], "wrong"],
    [["run_1"], "wrong"],
  ] as const)("%j ask for %s", (words, wish) => {
    expect(readWish(words)).toBe(wish);
  });
});
