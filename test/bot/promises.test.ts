import { describe, expect, it } from "vitest";
import { parseCommand } from "../../src/bot/parse-command.ts";
import { savedWords, settingsRefused } from "../../src/bot/replies/settings-words.ts";
import type { Message } from "../../src/domain/message.ts";
import { DEFAULT_SETTINGS, type Overrides, type Settings } from "../../src/domain/settings.ts";
import type { Wait } from "../../src/domain/waiting.ts";
import type { Watch } from "../../src/domain/watch.ts";
import type { PauseResult } from "../../src/steps/pause-results.ts";
import type { StartWatchResult, WatchListItem } from "../../src/steps/results.ts";
import { CARD, expectToSay, said } from "./said.ts";
import { run, spec, started, watch } from "./support.ts";

const UNTIL = 1_764_000_000_000;
const NIGHT: Wait = { kind: "quiet", until: UNTIL };
const SHOWN = `<!date^${UNTIL / 1_000}^`;
const over = (matched = 3) => run({ isActive: false, status: "completed", matched });
const outlook = (wait: Wait | null, settings: Partial<Settings> = {}) => ({
  settings: { ...DEFAULT_SETTINGS, ...settings },
  wait,
});
const follow = (result: StartWatchResult, overrides?: Overrides) =>
  said({ kind: "watch", id: "findall_1", ...(overrides && { overrides }) }, result);
const HERE = { watch: watch(), cardLink: CARD };
const pause = (result: PauseResult) => said({ kind: "pause", id: "findall_1" }, result);
const resume = (result: PauseResult) => said({ kind: "resume", id: "findall_1" }, result);
const resumed = (more: Partial<Extract<PauseResult, { kind: "resumed" }>>) =>
  resume({ kind: "resumed", ...HERE, waiting: 3, wait: null, isTry: false, ...more });
const mute = (more: Partial<Watch>) =>
  said(
    { kind: "mute", id: "findall_1", forMs: 7_200_000 },
    { kind: "muted", ...HERE, watch: watch({ mutedUntil: UNTIL, ...more }) },
  );
const status = (wait: Wait | null, waiting: number) =>
  said(
    { kind: "status", id: "findall_1" },
    { kind: "status", run: over(), spec: spec(), ...HERE, waiting, wait, trouble: null },
  );
const item = (more: Partial<Watch>, isActive = true): WatchListItem => ({
  watch: watch(more),
  run: run({ isActive }),
  spec: spec(),
  cardLink: CARD,
});
const help = (items: readonly WatchListItem[]) => said({ kind: "help" }, { kind: "list", items });
const named = (...names: readonly string[]) =>
  spec({ matchConditions: names.map((name) => ({ name, description: "" })) });

/** What is asked, how, what must be said, and what must not be. */
const ROWS: readonly (readonly [string, () => Promise<Message>, readonly string[], RegExp?])[] = [
  [
    "an ended run in quiet hours",
    () => follow({ kind: "watching", ...started({ run: over(), outlook: outlook(NIGHT) }) }),
    [`its 3 matches wait until ${SHOWN}`, "(quiet hours)"],
    /in the thread/,
  ],
  [
    "an ended run of one match, where only what passes a filter comes",
    () => follow({ kind: "watching", ...started({ run: over(1), outlook: outlook(null, { minConfidence: "high" }) }) }),
    ["with its match, if it passes the filter here, in the thread"],
  ],
  [
    "an ended run under a filter",
    () => follow({ kind: "watching", ...started({ run: over(), outlook: outlook(null, { minConfidence: "high" }) }) }),
    ["with those of its 3 matches that pass the filter here in the thread"],
  ],
  [
    "a running run where only the end is wanted",
    () => follow({ kind: "watching", ...started({ outlook: outlook({ kind: "end" }, { arrives: "end" }) }) }),
    ["its matches come into the card’s thread at the end"],
  ],
  [
    "a running run under a digest",
    () => follow({ kind: "watching", ...started({ outlook: outlook(null, { arrives: "digest-60" }) }) }),
    ["come into the card’s thread in a digest every hour"],
  ],
  [
    "a running run in quiet hours",
    () => follow({ kind: "watching", ...started({ outlook: outlook(NIGHT) }) }),
    [`What is new of it waits until ${SHOWN}`],
  ],
  [
    "a run followed already that is muted",
    () =>
      follow({
        kind: "already_watching",
        ...started({ cardLink: CARD, outlook: outlook({ kind: "muted", until: UNTIL }) }),
      }),
    ["already follows", `waits until ${SHOWN}`, "(muted)", "/findall resume findall_1"],
  ],
  [
    "a condition unknown to a run that is followed already",
    () =>
      follow(
        { kind: "already_watching", ...started({ spec: named("is_lab_check") }) },
        { condition: { name: "nope", contains: null } },
      ),
    ["no condition “nope”", "“is lab”"],
  ],
  [
    "a condition unknown to a run that is followed again",
    () =>
      follow(
        { kind: "reopened", ...started({ spec: named("is_lab_check") }) },
        { condition: { name: "nope", contains: null } },
      ),
    ["no condition “nope”"],
  ],
  [
    "words from before a stop, which hold again",
    () => follow({ kind: "reopened", ...started({ watch: watch({ overrides: { arrives: "digest-30" } }) }) }),
    ["Set before for this run alone: a digest every 30 minutes", "`default`"],
  ],
  [
    "status in quiet hours",
    () => status(NIGHT, 3),
    [`3 messages wait until ${SHOWN}`, "(quiet hours)"],
    /on (its|their) way/,
  ],
  ["status with one message", () => status(NIGHT, 1), ["One message waits until"], /on (its|their) way/],
  ["resumed in quiet hours", () => resumed({ wait: NIGHT }), [`3 messages still wait until ${SHOWN}`], /on the way/],
  [
    "resumed where Slack refused, and may still",
    () => resumed({ isTry: true }),
    ["I try again now: 3 messages that waited go on their way if Slack takes them", "if Slack lets it"],
    /on the way/,
  ],
  [
    "resumed where Slack refused, with nothing waiting",
    () => resumed({ isTry: true, waiting: 0 }),
    ["I try again now"],
  ],
  [
    "resumed in a channel that the bot is not in",
    () => resume({ kind: "channel_refused", refusal: "not_in_channel" }),
    ["/invite <@UBOT>", "/findall resume findall_1", "Nothing was changed"],
  ],
  [
    "resumed in an archived channel",
    () => resume({ kind: "channel_refused", refusal: "archived" }),
    ["Unarchive it, then type `/findall resume findall_1`", "`/findall findall_1` in another channel"],
  ],
  [
    "pause of a run that has ended",
    () => pause({ kind: "paused", ...HERE, watch: watch({ ended: true }) }),
    ["has ended", "kept", "/findall resume findall_1"],
    /goes on at Parallel/,
  ],
  [
    "pause of what Slack holds up names the bot",
    () =>
      pause({ kind: "already_paused", ...HERE, watch: watch({ pausedByName: null, pauseReason: "not_in_channel" }) }),
    ["/invite <@UBOT>"],
    /the name of this app/,
  ],
  [
    "mute of a paused run",
    () => mute({ state: "paused", pausedByName: "ben" }),
    ["paused besides, by ben", "outlasts", "/findall resume findall_1` takes both back"],
    /comes then/,
  ],
  [
    "a digest for no run",
    () => said(parseCommand("digest 30m"), null),
    ["`/findall &lt;run id&gt; digest 30m`", "for the whole channel, `/findall settings`"],
  ],
  [
    "a list with something paused",
    () => said({ kind: "list", all: false, page: 1 }, { kind: "list", items: [item({ state: "paused" })] }),
    ["/findall resume &lt;run id&gt;"],
  ],
  [
    "a list with nothing paused",
    () => said({ kind: "list", all: false, page: 1 }, { kind: "list", items: [item({})] }),
    ["/findall status"],
    /resume/,
  ],
  [
    "help where the only run was stopped while it ran",
    () => help([item({ state: "stopped", stoppedByName: "ben" })]),
    ["stopped by ben", "`/findall findall_1` follows it again"],
    /is done/,
  ],
  [
    "help where a run was stopped and another is done",
    () => help([item({ state: "stopped", runId: "findall_2" }), item({ state: "resting" }, false)]),
    ["is done", "/findall export findall_1"],
  ],
];

describe("what is promised to one person", () => {
  const rows = ROWS.map(([title, reply, expected, untrue = null]) => ({ title, reply, expected, untrue }));

  it.each(rows)("is true: $title", async ({ reply, expected, untrue }) => {
    const message = await reply();
    expectToSay(message, expected);
    if (untrue) expect(message.text).not.toMatch(untrue);
  });

  const saved = (released: number, ...waiting: readonly { candidates: number; wait: Wait }[]) =>
    savedWords({
      kind: "saved",
      channelId: "C1",
      settings: DEFAULT_SETTINGS,
      before: DEFAULT_SETTINGS,
      running: 2,
      released,
      waiting,
    });

  it("says of what a changed filter lets go which goes now, and what the rest waits for", () => {
    expect(saved(1)).toMatch(/1 candidate that the filter held back is now on the way\.$/);
    const night = { candidates: 2, wait: NIGHT };
    expect(saved(5, night, { ...night, candidates: 1 })).toMatch(
      /2 candidates that the filter held back are now on the way\. 3 candidates that the filter held back now wait until .*\(quiet hours\)\.$/,
    );
    expect(saved(2, night)).not.toContain("on the way");
  });

  it("names the bot to who must invite it before settings can be shown", () => {
    expect(settingsRefused({ kind: "membership_unknown" }, "UBOT").refused).toContain("*/invite <@UBOT>*");
  });
});
