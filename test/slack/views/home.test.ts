import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Run, RunSpec } from "../../../src/domain/run.ts";
import type { Watch } from "../../../src/domain/watch.ts";
import { liveContentOf } from "../../../src/sandbox/fake-slack/live-content.ts";
import { viewToText } from "../../../src/sandbox/fake-slack/message-text.ts";
import type { Json } from "../../../src/sandbox/fake-slack/model.ts";
import { isViewTooLarge, viewProblems } from "../../../src/sandbox/fake-slack/validate/views.ts";
import { type HomeTab, type HomeView, renderHome } from "../../../src/slack/views/home.ts";
import { HOME_ACTIONS } from "../../../src/slack/views/home-actions.ts";
import type { HomeItem } from "../../../src/slack/views/home-items.ts";
import { hostileText } from "../support/hostile.ts";
import { hostileTally, LINK, NOON, TALLY, WATCH_ID } from "./support/examples.ts";

const BOT = "U0FINDALL";
const WATCH = {
  id: WATCH_ID,
  runId: "run_a",
  channel: "C0RESEARCH",
  requester: "U0ANA",
  state: "active",
  stoppedByName: null,
  pauseReason: null,
  pausedByName: null,
  mutedUntil: null,
} as Watch;
const RUN: Run = {
  id: "run_a",
  status: "running",
  isActive: true,
  terminationReason: null,
  generated: 80,
  matched: 12,
  generator: "core",
  createdAt: null,
  modifiedAt: null,
};
const SPEC: RunSpec = { objective: "Find all AI labs", entityType: "labs", matchConditions: [], matchLimit: 50 };
const ITEM: HomeItem = { watch: WATCH, run: RUN, spec: SPEC, cardLink: LINK, tally: null, trouble: null };

const item = (watch: Partial<Watch>, over: Partial<HomeItem> = {}): HomeItem => ({
  ...ITEM,
  ...over,
  watch: { ...WATCH, ...watch },
});
const home = (items: HomeView["items"], notice: string | null = null, hold: HomeView["hold"] = null) =>
  renderHome({ items, notice, hold, now: NOON, botUserId: BOT, botName: "findall" });
const textOf = (tab: HomeTab) => viewToText(tab as unknown as Json, { nameOf: () => undefined });

/** Fails unless Slack would take it and nothing is live but the cards' links, the channels, and the app itself. */
function check(tab: HomeTab): void {
  expect(viewProblems(tab, "home")).toEqual([]);
  expect(isViewTooLarge(tab)).toBe(false);
  const live = liveContentOf({
    text: "",
    blocks: tab.blocks as never,
    flags: { mrkdwn: true, linkNames: true, parse: null, unfurlLinks: false, unfurlMedia: false },
  });
  expect(live.links.filter((link) => link.auto || link.url !== LINK)).toEqual([]);
  const allowed = new Set([BOT, "C0RESEARCH"]);
  expect(live.mentions.filter(({ target }) => !allowed.has(target))).toEqual([]);
}

describe("the Home tab", () => {
  it("says how far a run is, where, and offers what can be done with it", () => {
    const tab = home([item({}, { tally: TALLY })]);
    check(tab);
    const text = textOf(tab);
    for (const words of ["Find all AI labs", "12 of 50 matched", "24%", "5 to review", "Review 5", "Pause", "Stop"]) {
      expect(text).toContain(words);
    }
    expect(JSON.stringify(tab)).toContain(LINK);
  });

  it.each([
    ["who paused it", item({ state: "paused", pausedByName: "ben" }), /Paused.* by ben/],
    ["what Slack refuses and the mend", item({ state: "paused", pauseReason: "not_in_channel" }), /invite @findall/],
    ["until when it is muted", item({ mutedUntil: NOON + 1 }), /Muted.* until 20/],
    ["that it is muted to the end", item({ mutedUntil: "end" }), /Muted.* until the run ends/],
    [
      "what keeps it from being read",
      item({}, { trouble: { kind: "unauthorized", since: NOON, detail: "" } }),
      /refuses the app’s API key/,
    ],
  ])("says of a run that is held up %s", (_, held, words) => {
    const tab = home([held]);
    check(tab);
    expect(textOf(tab)).toMatch(words);
  });

  it("offers to resume what is held back, and nothing of the kind when a mute is over", () => {
    const idsOf = (tab: HomeTab) => JSON.stringify(tab);
    expect(idsOf(home([item({ mutedUntil: "end" })]))).toContain(HOME_ACTIONS.resume);
    expect(idsOf(home([item({ state: "paused", pausedByName: "ben" })]))).toContain(HOME_ACTIONS.resume);
    expect(idsOf(home([item({ mutedUntil: NOON - 1 })]))).not.toContain(HOME_ACTIONS.resume);
  });

  it.each([
    ["ended", item({ state: "resting" }, { run: { ...RUN, isActive: false, status: "completed" } }), /Completed/],
    ["was stopped", item({ state: "stopped", stoppedByName: "ben" }), /stopped by ben/],
    ["is known no longer", item({ state: "lost" }), /no longer knows/],
  ])("lists a run that %s as finished, without buttons that do nothing", (_, over, words) => {
    const tab = home([over]);
    check(tab);
    expect(textOf(tab)).toMatch(words);
    expect(textOf(tab)).toContain("Recently finished");
    expect(JSON.stringify(tab)).not.toContain(HOME_ACTIONS.stop);
  });

  it("is within Slack's limits with a thousand runs, and counts what it leaves out", () => {
    const many = Array.from({ length: 1_000 }, (_, index) =>
      item(
        { id: `w-${String(index).padStart(32, "0")}`, channel: `C${index}`, state: index % 2 ? "active" : "stopped" },
        { tally: TALLY, spec: { ...SPEC, objective: "A very long objective ".repeat(300) } },
      ),
    );
    const tab = home(many);
    expect(viewProblems(tab, "home")).toEqual([]);
    expect(tab.blocks.length).toBeLessThanOrEqual(100);
    expect(textOf(tab)).toContain("and 988 more: `/findall list all`");
    expect(textOf(tab)).toContain("/findall help");
  });

  it("teaches who follows nothing, and says why it shows nothing", () => {
    for (const items of [[], "membership_unknown", "store_unavailable"] as const) check(home(items));
    expect(textOf(home([]))).toContain("/findall <id>");
    expect(textOf(home("membership_unknown"))).toContain("cannot tell");
    expect(textOf(home("store_unavailable"))).toContain("storage");
  });

  it("says first that nothing can be posted, why, and who can mend it", () => {
    const tab = home([ITEM], "Paused.", { reason: "missing_scope", needed: "chat:write" });
    check(tab);
    expect(textOf(tab)).toMatch(/^⏸ .*Nothing can be posted.*chat:write.*install the app again/);
  });

  it("lets no foreign text ring, link or break it", () => {
    const watch = fc.record({
      state: fc.constantFrom("active" as const, "paused" as const, "stopped" as const, "resting" as const),
      runId: hostileText,
      stoppedByName: fc.option(hostileText),
      pausedByName: fc.option(hostileText),
      pauseReason: fc.option(hostileText),
      mutedUntil: fc.constantFrom(null, "end" as const, NOON + 1, Number.NaN),
    });
    const run = fc.record({ status: hostileText, isActive: fc.boolean(), terminationReason: fc.option(hostileText) });
    const any = fc.tuple(watch, run, hostileText, fc.option(hostileTally), fc.option(fc.constant(LINK)));
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 4 }), (all) => {
        const items = all.map(([given, state, objective, tally, cardLink]) =>
          item(given, { run: { ...RUN, ...state }, spec: { ...SPEC, objective }, tally, cardLink }),
        );
        check(home(items));
      }),
      { numRuns: 150 },
    );
  });
});
