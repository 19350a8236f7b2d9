import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, type Settings } from "../../src/domain/settings.ts";
import { holdsEverything, type WaitingWatch, waitOf } from "../../src/domain/waiting.ts";

const at = (time: string) => Date.parse(`2026-11-24T${time}:00Z`);
const MORNING = Date.parse("2026-11-25T07:00:00Z");
const NIGHT = { quiet: { from: "22:00", to: "07:00" } } as const;
const watch = (over: Partial<WaitingWatch> = {}): WaitingWatch => ({
  state: "active",
  pausedByName: null,
  mutedUntil: null,
  ended: false,
  ...over,
});
const wait = (settings: Partial<Settings>, over: Partial<WaitingWatch> = {}, now = at("10:05"), addedAt?: number) =>
  waitOf({ ...DEFAULT_SETTINGS, ...settings }, watch(over), now, addedAt);

describe("why something new waits", () => {
  it.each([
    ["nothing holds it", wait({}), null],
    ["a person paused it", wait({}, { state: "paused", pausedByName: "ben" }), { kind: "paused" }],
    ["Slack refuses it", wait({}, { state: "paused" }), { kind: "refused" }],
    ["it is not followed any more", wait({}, { state: "stopped" }), { kind: "stopped" }],
    ["a digest", wait({ arrives: "digest-30" }), { kind: "digest", until: at("10:30") }],
    ["only the end is wanted", wait({ arrives: "end" }), { kind: "end" }],
    ["only the end is wanted, and it is there", wait({ arrives: "end" }, { ended: true }), null],
    ["only the end is wanted of what Parallel knows no longer", wait({ arrives: "end" }, { state: "lost" }), null],
    ["a mute for a time", wait({}, { mutedUntil: at("12:00") }), { kind: "muted", until: at("12:00") }],
    ["a mute that is over", wait({}, { mutedUntil: at("10:00") }), null],
    ["a mute of a run that has ended", wait({}, { mutedUntil: at("12:00"), ended: true }), null],
    ["a mute until the end", wait({}, { mutedUntil: "end" }), { kind: "muted", until: null }],
    ["a night", wait(NIGHT, { ended: true }, at("23:00")), { kind: "quiet", until: MORNING }],
    [
      "a digest within a night",
      wait({ ...NIGHT, arrives: "digest-30" }, {}, at("23:00")),
      { kind: "quiet", until: MORNING },
    ],
    [
      "a digest at a night's beginning",
      wait({ ...NIGHT, arrives: "digest-30" }, {}, at("21:40")),
      { kind: "quiet", until: MORNING },
    ],
    ["a mute that ends in a night", wait(NIGHT, { mutedUntil: at("23:00") }), { kind: "quiet", until: MORNING }],
    [
      "a mute that outlasts a night",
      wait(NIGHT, { mutedUntil: MORNING + 1 }, at("23:00")),
      { kind: "muted", until: MORNING + 1 },
    ],
    ["a digest whose time has come", wait({ arrives: "digest-30" }, {}, at("10:31"), at("10:05")), null],
  ])("%s", (_title, found, expected) => {
    expect(found).toEqual(expected);
  });

  it("is the same from minute to minute, so that a card need not be edited for it", () => {
    expect(wait({ arrives: "digest-30" }, {}, at("10:29"))).toEqual(wait({ arrives: "digest-30" }, {}, at("10:01")));
    expect(wait(NIGHT, {}, at("23:59"))).toEqual(wait(NIGHT, {}, at("22:00")));
  });

  it("holds the alert too, but for a digest, and for the end that the alert tells of", () => {
    expect([{ kind: "paused" } as const, { kind: "quiet", until: 1 } as const].map(holdsEverything)).toEqual([
      true,
      true,
    ]);
    expect([{ kind: "end" } as const, { kind: "digest", until: 1 } as const].map(holdsEverything)).toEqual([
      false,
      false,
    ]);
  });
});
