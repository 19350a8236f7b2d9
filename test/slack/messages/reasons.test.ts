import { describe, expect, test } from "vitest";
import { endWords, statusWords } from "../../../src/slack/messages/reasons.ts";
import { ended, RUN } from "../support/examples.ts";

const words = (run: ReturnType<typeof ended>, failed = 0) => {
  const failures = failed === 0 ? [] : [{ name: "in_europe_check", failed, judged: 100 }];
  const { reason, next } = endWords({ run, spec: null, failures });
  return `${reason} ${next}`;
};

describe("why a run ended, and what to do", () => {
  test.each([
    ["match_limit_met", "completed", "as many matches as it was asked for", "It can be extended"],
    ["candidates_exhausted", "completed", "no more candidates", "broaden the objective"],
    ["low_match_rate", "completed", "Too few", "stronger generator"],
    ["insufficient_funds", "completed", "ran out of funds", "Add funds"],
    ["timeout", "failed", "time limit", "To try again"],
    ["error_occurred", "failed", "An error happened", "To try again"],
    ["user_cancelled", "cancelled", "Somebody cancelled", "start a new run"],
    ["quota_exceeded", "failed", "Parallel's reason: “quota_exceeded”", "To try again"],
    ["brand new <!here>", "completed", "“brand new &lt;!here&gt;”", "start a new run"],
    [null, "completed", "Parallel gave no reason", "start a new run"],
    [null, "failed", "Parallel gave no reason", "To try again"],
    [null, "cancelled", "Parallel gave no reason", "To go on"],
    [null, "action_required", "Parallel has halted the run", "Look at the run"],
    [null, "half_done", "Parallel gave no reason", "start a new run"],
  ])("%s with status %s", (reason, status, why, next) => {
    const text = words(ended(status, reason));
    expect(text).toContain(why);
    expect(text).toContain(next);
  });

  test("a preview run cannot be extended", () => {
    expect(words(ended("completed", "match_limit_met", { generator: "preview" }))).toContain("cannot be extended");
  });

  test("failed and cancelled runs keep their matches, and say so when there are any", () => {
    expect(words(ended("failed", "timeout"))).toContain("Its 12 matches are kept.");
    expect(words(ended("cancelled", null, { matched: 1 }))).toContain("Its match is kept.");
    expect(words(ended("failed", "timeout", { matched: 0 }))).not.toContain("kept");
  });

  test("a low match rate names the condition that most candidates failed", () => {
    const run = ended("completed", "low_match_rate");
    expect(words(run, 80)).toContain("Most candidates failed *in europe* (80 of 100 candidates).");
    expect(words(run, 30)).toContain("The condition failed most often was *in europe* (30 of 100 candidates).");
    expect(words(run, 0)).not.toContain("in europe");
  });

  test("a name out of JavaScript is no status and no reason", () => {
    expect(words(ended("constructor", "toString"))).toContain("Parallel's reason: “toString”.");
    expect(statusWords({ ...RUN, status: "constructor" }).words).toContain("“constructor”");
  });
});
