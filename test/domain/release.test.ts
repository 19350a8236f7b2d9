import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localTime, nextAt } from "../../src/domain/local-time.ts";
import {
  candidateDue,
  hasWaited,
  heldUntil,
  mayRemind,
  nextReminder,
  quietUntil,
  type ReleaseRules,
} from "../../src/domain/release.ts";
import { type Arrival, DEFAULT_SETTINGS } from "../../src/domain/settings.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const at = (iso: string) => Date.parse(iso);
const rules = (changes: Partial<ReleaseRules> = {}): ReleaseRules => ({
  ...DEFAULT_SETTINGS,
  mutedUntil: null,
  ended: false,
  ...changes,
});
const ZONES = ["UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"];
const anyTime = fc.integer({ min: at("2026-01-01T00:00:00Z"), max: at("2028-01-01T00:00:00Z") });

describe("when a candidate may be posted", () => {
  const now = at("2026-11-24T10:07:00Z");

  it("at once where each arrives", () => {
    expect(candidateDue(rules(), now, now)).toBe(now);
  });

  it("at the next boundary of a digest, which all of one interval share", () => {
    fc.assert(
      fc.property(anyTime, fc.constantFrom(5, 15, 30, 60), (time, every) => {
        const due = candidateDue(rules({ arrives: `digest-${every}` as Arrival }), time, time) ?? 0;
        expect(due).toBeGreaterThan(time);
        expect(due - time).toBeLessThanOrEqual(every * MINUTE);
        expect(due % (every * MINUTE)).toBe(0);
      }),
    );
  });

  it("at once when it was added by a clock that was an hour ahead", () => {
    for (const arrives of ["each", "digest-5", "digest-60"] as const)
      expect(candidateDue(rules({ arrives }), now + HOUR, now)).toBe(now);
  });

  it("not before the end where only the end is wanted, and then at once, as what a digest still holds", () => {
    expect(candidateDue(rules({ arrives: "end" }), now, now)).toBeNull();
    for (const arrives of ["end", "digest-60"] as const)
      expect(candidateDue(rules({ arrives, ended: true }), now, now)).toBe(now);
  });

  it("not while it is muted, until then or until the end", () => {
    expect(candidateDue(rules({ mutedUntil: now + HOUR }), now, now)).toBe(now + HOUR);
    expect(candidateDue(rules({ mutedUntil: "end" }), now, now)).toBeNull();
    expect(heldUntil(rules({ mutedUntil: "end", ended: true }), now)).toBe(0);
  });

  it("not in quiet hours, whatever else is due", () => {
    const quiet = rules({ quiet: { from: "09:00", to: "11:30" }, arrives: "digest-5" });
    expect(candidateDue(quiet, now, now)).toBe(at("2026-11-24T11:30:00Z"));
  });
});

describe("whether a candidate had to wait", () => {
  const now = at("2026-11-24T10:07:00Z");

  it("is so for a digest, quiet hours and a mute that were on when it came", () => {
    expect(hasWaited(rules(), now)).toBe(false);
    expect(hasWaited(rules({ arrives: "digest-5" }), now)).toBe(true);
    expect(hasWaited(rules({ quiet: { from: "10:00", to: "11:00" } }), now)).toBe(true);
    expect(hasWaited(rules({ quiet: { from: "11:00", to: "12:00" } }), now)).toBe(false);
    expect(hasWaited(rules({ mutedUntil: now + 1 }), now)).toBe(true);
    expect(hasWaited(rules({ mutedUntil: now - 1 }), now)).toBe(false);
  });
});

describe("quiet hours", () => {
  const night = { from: "22:00", to: "07:00" };

  it("go over midnight, in the time zone of the channel", () => {
    const berlin = { quiet: night, timeZone: "Europe/Berlin" };
    expect(quietUntil(berlin, at("2026-11-24T20:59:00Z"))).toBeNull();
    expect(quietUntil(berlin, at("2026-11-24T21:00:00Z"))).toBe(at("2026-11-25T06:00:00Z"));
    expect(quietUntil(berlin, at("2026-11-25T05:59:30Z"))).toBe(at("2026-11-25T06:00:00Z"));
    expect(quietUntil(berlin, at("2026-11-25T06:00:00Z"))).toBeNull();
  });

  it("end at the hour on the wall, also in the night in which the clocks are set", () => {
    const berlin = { quiet: night, timeZone: "Europe/Berlin" };
    expect(quietUntil(berlin, at("2027-03-27T22:00:00Z"))).toBe(at("2027-03-28T05:00:00Z"));
    expect(quietUntil(berlin, at("2026-10-24T21:00:00Z"))).toBe(at("2026-10-25T06:00:00Z"));
  });

  it("are none when they have no length, or are no hours", () => {
    expect(quietUntil({ quiet: { from: "08:00", to: "08:00" }, timeZone: "UTC" }, 0)).toBeNull();
    expect(quietUntil({ quiet: { from: "8", to: "midnight" }, timeZone: "UTC" }, 0)).toBeNull();
  });

  it("are over after a day at the latest, at any time in any zone", () => {
    const clock = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
    fc.assert(
      fc.property(anyTime, clock, clock, fc.constantFrom(...ZONES), (now, from, to, timeZone) => {
        const until = quietUntil({ quiet: { from, to }, timeZone }, now);
        if (until === null) return;
        expect(until).toBeGreaterThanOrEqual(now);
        expect(until - now).toBeLessThanOrEqual(25 * HOUR);
      }),
    );
  });
});

describe("the next time at which the clocks show an hour", () => {
  it("shows it, within a day, unless the clocks leave it out", () => {
    fc.assert(
      fc.property(
        anyTime,
        fc.integer({ min: 4 * 60, max: 24 * 60 - 1 }),
        fc.constantFrom(...ZONES),
        (now, minutes, zone) => {
          const next = nextAt(minutes, zone, now);
          expect(localTime(next, zone).minutes).toBe(minutes);
          expect(next - now).toBeGreaterThanOrEqual(0);
          expect(next - now).toBeLessThanOrEqual(25 * HOUR);
        },
      ),
    );
  });
});

describe("reminders", () => {
  it("come at nine on working days alone", () => {
    const friday = at("2026-11-27T09:00:00Z");
    expect(nextReminder(rules(), at("2026-11-27T08:00:00Z"))).toBe(friday);
    expect(nextReminder(rules(), friday)).toBe(at("2026-11-30T09:00:00Z"));
  });

  it("come only where they may, whatever the hour, the zone and the quiet hours", () => {
    const clock = fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, "0")}:30`);
    fc.assert(
      fc.property(anyTime, clock, clock, fc.constantFrom(...ZONES), (now, from, to, timeZone) => {
        // Quiet from nine until midnight leaves no hour of the day.
        fc.pre(from <= to || from > "09:00");
        const settings = { quiet: { from, to }, timeZone };
        const next = nextReminder(settings, now);
        expect(next).toBeGreaterThan(now);
        expect(next - now).toBeLessThanOrEqual(4 * 24 * HOUR);
        expect(mayRemind(settings, next)).toBe(true);
      }),
    );
  });

  it("are left out when they are so late that it is night, or the week is over", () => {
    expect(mayRemind(rules(), at("2026-11-27T18:00:00Z"))).toBe(true);
    expect(mayRemind(rules(), at("2026-11-27T08:59:00Z"))).toBe(false);
    expect(mayRemind(rules(), at("2026-11-28T10:00:00Z"))).toBe(false);
    expect(mayRemind(rules({ quiet: { from: "18:00", to: "08:00" } }), at("2026-11-27T18:00:00Z"))).toBe(false);
  });

  it("wait for the end of quiet hours", () => {
    const late = rules({ quiet: { from: "20:00", to: "10:30" } });
    expect(nextReminder(late, at("2026-11-24T23:00:00Z"))).toBe(at("2026-11-25T10:30:00Z"));
  });
});
