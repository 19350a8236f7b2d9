import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readWish } from "../../src/bot/direct/read-direct.ts";

const LINK = "<https://platform.parallel.ai/findall/run_a?x=1>";
const LONG = "40e0ab8c10754be0b7a16477abb38a2f";
const wish = (text: string, threadTs: string | null = null) =>
  readWish({ userId: "U1", channelId: "D1", text, threadTs, deliveryId: "dm:1" });
const watch = (id = "run_a") => ({ kind: "watch", id });
const ask = { kind: "shall_follow", id: "run_a" };
const help = { kind: "help" };

describe("a direct message to the app", () => {
  it.each([
    "run_a",
    "`run_a`",
    "run_a, please",
    "run_a?",
    LINK,
    `Here is the new run: ${LINK}`,
    "run id: run_a",
    "watch run_a",
    "Watch the run run_a for me, and tell me",
    "follow run_a",
    "could you watch run_a for me",
    `could you watch ${LINK} for me`,
    "Hi! Can you please follow run_a? Thanks",
    `curl -H "x-api-key: k1" https://api.parallel.ai/v1beta/findall/runs/run_a/result`,
    '{"findall_id": "run_a", "status": {"status": "queued"}}',
  ])("follows: %s", (text) => {
    expect(wish(text)).toEqual(watch());
  });

  it.each([
    "why did run_a stop?",
    "Why did run_a end?",
    "is run_a done?",
    "will run_a end soon",
    `what happened to ${LINK}?`,
    `${LINK} looks wrong to me`,
    "I think run_a is broken",
    "watch out, run_a is slow",
    "are you following run_a?",
    "please don't follow run_a",
    "follow run_a in <#C0RESEARCH|research>",
    "how do I stop a run_a run?",
    "thanks, run_a was great",
  ])("asks whether it shall follow: %s", (text) => {
    expect(wish(text)).toEqual(ask);
  });

  it.each([
    "hi2u",
    "covid19",
    "v2",
    "2",
    "_hi_",
    "ok great2",
    "hello",
    "what can you do? 1",
    "call me at 5pm",
    "gr8 job",
  ])("is helped with: %s", (text) => {
    expect(wish(text)).toEqual(help);
  });

  it.each<[string, object]>([
    [LONG, watch(LONG)],
    ["watch hi2u", watch("hi2u")],
    ["pause run_a", { kind: "pause", id: "run_a" }],
    ["could you pause run_a please", { kind: "pause", id: "run_a" }],
    ["status of run_a?", { kind: "status", id: "run_a" }],
    ["mute run_a 2h", { kind: "mute", id: "run_a", forMs: 7_200_000 }],
    ["run_a digest 30m", { ...watch(), overrides: { arrives: "digest-30" } }],
    ["cancel run_a", { kind: "unknown", word: "cancel", suggestion: "stop run_a" }],
    ["mute run_a until 5pm", { kind: "bad_duration", word: "5pm", suggestion: "mute run_a 2h" }],
    ["list", { kind: "list", all: false, page: 1 }],
    ["please list my runs", { kind: "list", all: true, page: 1 }],
    ["list running", { kind: "unknown", word: "running", suggestion: "list" }],
    ["pause all", { kind: "missing_id", command: "pause", all: true }],
    ["settings", { kind: "settings" }],
    ["run_a and run_b", { kind: "bad_id", command: "watch", reason: "several", ids: ["run_a", "run_b"] }],
  ])("is a command: %s", (text, command) => {
    expect(wish(text)).toEqual(command);
  });

  it("is always read as something, whatever it is", () => {
    const piece = fc.constantFrom(
      "run_a",
      "watch",
      "could you ",
      "?",
      "hi",
      "<https://x.test/runs/a1>",
      " ",
      "list",
      "#",
    );
    const soup = fc.array(fc.oneof(piece, fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 12 });
    fc.assert(
      fc.property(soup, (pieces) => {
        const read = wish(pieces.join(""));
        if (read && "id" in read) expect(read.id).toMatch(/^[A-Za-z0-9_-]{1,128}$/);
        else expect(read?.kind).toBeTruthy();
      }),
      { numRuns: 300 },
    );
  });

  it("in a thread is none of ours without an id", () => {
    expect(wish("thanks, nice", "1.1")).toBeNull();
    expect(wish("why did run_a stop?", "1.1")).toEqual(ask);
  });
});
