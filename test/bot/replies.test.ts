import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCommand } from "../../src/bot/parse-command.ts";
import { besideSettings } from "../../src/bot/replies/beside-settings.ts";
import { directHelp, needsWindow } from "../../src/bot/replies/direct-help.ts";
import { overdue } from "../../src/bot/replies/overdue.ts";
import { shallFollow } from "../../src/bot/replies/shall-follow.ts";
import { stillWorking } from "../../src/bot/replies/still-working.ts";
import { unexpectedError } from "../../src/bot/replies/unexpected-error.ts";
import type { Message } from "../../src/domain/message.ts";
import { liveContentOf } from "../../src/sandbox/fake-slack/live-content.ts";
import { blockProblems } from "../../src/sandbox/fake-slack/validate/blocks.ts";
import type { OverviewItem } from "../../src/steps/overview-results.ts";
import type { PauseResult } from "../../src/steps/pause-results.ts";
import type {
  OutsideTrouble,
  RunStatusResult,
  StartWatchResult,
  StopWatchResult,
  WatchListItem,
} from "../../src/steps/results.ts";
import { CARD, expectToSay, NOW, said } from "./said.ts";
import { run, spec, started, watch } from "./support.ts";

const ended = run({ isActive: false, status: "completed", terminationReason: "match_limit_met" });

const start = (result: StartWatchResult) => said({ kind: "watch", id: "findall_1" }, result);
const stop = (result: StopWatchResult) => said({ kind: "stop", id: "findall_1" }, result);
const status = (over: Partial<Extract<RunStatusResult, { kind: "status" }>> = {}) =>
  said(
    { kind: "status", id: "findall_1" },
    {
      kind: "status",
      run: run(),
      spec: spec(),
      watch: null,
      cardLink: null,
      waiting: 0,
      wait: null,
      trouble: null,
      ...over,
    },
  );
const list = (items: readonly WatchListItem[]) => said({ kind: "list", all: false, page: 1 }, { kind: "list", items });
const item = (over: Partial<WatchListItem> = {}): WatchListItem => ({
  watch: watch(),
  run: run(),
  spec: spec(),
  cardLink: CARD,
  ...over,
});

const MUTE = { kind: "mute", id: "findall_1", forMs: 7_200_000 } as const;
const HERE = { watch: watch(), cardLink: CARD };
const pause = (kind: "pause" | "resume", result: PauseResult) => said({ kind, id: "findall_1" }, result);

const OUTSIDE: readonly OutsideTrouble[] = [
  { kind: "run_not_found" },
  { kind: "id_refused", detail: "Invalid run id" },
  { kind: "api_key_rejected" },
  { kind: "parallel_unavailable", detail: "timeout" },
  { kind: "answer_unreadable", detail: "not JSON" },
  { kind: "store_unavailable" },
  { kind: "slack_unavailable", detail: "http_503" },
];

/** Every reply there is: its title, how to get it, and what it must say (a mend, a next command). */
const REPLIES: readonly (readonly [string, () => Promise<Message> | Message, readonly string[]])[] = [
  [
    "help",
    () => said({ kind: "help" }, null),
    ["/findall list", "/findall status", "/findall stop", "/findall review", "/findall export", "/findall fold on"],
  ],
  [
    "watch without id",
    () => said({ kind: "missing_id", command: "watch" }, null),
    ["/findall &lt;run id&gt;", "/findall list"],
  ],
  [
    "status without id",
    () => said({ kind: "missing_id", command: "status" }, null),
    ["/findall status &lt;run id&gt;"],
  ],
  ["stop without id", () => said({ kind: "missing_id", command: "stop" }, null), ["/findall stop &lt;run id&gt;"]],
  [
    "a typo",
    () => said({ kind: "unknown", word: "sotp", suggestion: "stop findall_1" }, null),
    ["Did you mean `/findall stop findall_1`?"],
  ],
  [
    "a lone typo, that may be a run after all",
    () => said({ kind: "unknown", word: "stpo", suggestion: "stop <run id>" }, null),
    ["Did you mean `/findall stop &lt;run id&gt;`?", "/findall watch stpo"],
  ],
  ["an unknown word", () => said({ kind: "unknown", word: "@ann", suggestion: null }, null), ["/findall help"]],
  [
    "two ids",
    () => said({ kind: "bad_id", command: "stop", reason: "several", ids: ["a1", "b2"] }, null),
    ["one at a time", "/findall stop a1"],
  ],
  [
    "two things that are no ids",
    () => said({ kind: "bad_id", command: "watch", reason: "several", ids: [] }, null),
    ["/findall &lt;run id&gt;"],
  ],
  [
    "a link without id",
    () => said({ kind: "bad_id", command: "watch", reason: "no_id_in_link", ids: [] }, null),
    ["link"],
  ],
  ["a long id", () => said({ kind: "bad_id", command: "watch", reason: "too_long", ids: [] }, null), ["128"]],
  [
    "odd characters",
    () => said({ kind: "bad_id", command: "status", reason: "not_an_id", ids: [] }, null),
    ["letters"],
  ],
  [
    "a new watch",
    () => start({ kind: "watching", ...started() }),
    ["Following *Find all AI labs*", "/findall stop findall_1"],
  ],
  [
    "a new watch of an ended run",
    () => start({ kind: "watching", ...started({ run: ended, spec: null }) }),
    ["already ended", "12 matches", "/findall status findall_1"],
  ],
  [
    "a watch that was there",
    () => start({ kind: "already_watching", ...started({ cardLink: CARD }) }),
    ["already follows", CARD, "/findall status findall_1"],
  ],
  [
    "a watch that was there, its card not yet",
    () => start({ kind: "already_watching", ...started() }),
    ["its card is on its way"],
  ],
  [
    "a re-opened watch",
    () => start({ kind: "reopened", ...started({ cardLink: CARD }) }),
    ["again", "nothing is posted twice", CARD],
  ],
  [
    "a re-opened watch of an ended run",
    () => start({ kind: "reopened", ...started({ run: ended }) }),
    ["has ended", "/findall status findall_1"],
  ],
  [
    "a channel the bot is not in",
    () => start({ kind: "channel_refused", refusal: "not_in_channel" }),
    ["/invite <@UBOT>", "/findall findall_1"],
  ],
  [
    "a private channel",
    () => start({ kind: "channel_refused", refusal: "private_channel" }),
    ["private", "/invite <@UBOT>", "/findall findall_1"],
  ],
  [
    "a direct message of others",
    () => start({ kind: "channel_refused", refusal: "direct_message" }),
    ["direct message to <@UBOT>", "/findall findall_1"],
  ],
  [
    "an archived channel",
    () => start({ kind: "channel_refused", refusal: "archived" }),
    ["archived", "Unarchive", "/findall findall_1"],
  ],
  ["an unknown run", () => start({ kind: "run_not_found" }), ["another Parallel account", "/findall list"]],
  ["a refused id", () => start({ kind: "id_refused", detail: "Invalid run id" }), ["“Invalid run id”"]],
  ["a rejected key", () => start({ kind: "api_key_rejected" }), ["PARALLEL_API_KEY", "/findall findall_1"]],
  [
    "Parallel down",
    () => start({ kind: "parallel_unavailable", detail: "timeout" }),
    ["Nothing was changed", "/findall findall_1"],
  ],
  [
    "an answer that is no run",
    () => start({ kind: "answer_unreadable", detail: "not JSON" }),
    ["Parallel answered", "not JSON", "Nothing was changed", "/findall findall_1"],
  ],
  ["Redis down", () => start({ kind: "store_unavailable" }), ["Nothing was changed", "again", "/findall findall_1"]],
  [
    "Slack down",
    () => start({ kind: "slack_unavailable", detail: "http_503" }),
    ["Nothing was changed", "/findall findall_1"],
  ],
  [
    "a stopped watch",
    () => stop({ kind: "stopped", watch: watch(), cardLink: CARD }),
    ["goes on", CARD, "/findall findall_1"],
  ],
  [
    "a watch that was stopped before",
    () => stop({ kind: "already_over", watch: watch({ state: "stopped" }), cardLink: CARD }),
    ["stopped before", "/findall findall_1"],
  ],
  [
    "a watch whose run has ended",
    () => stop({ kind: "already_over", watch: watch({ state: "resting" }), cardLink: null }),
    ["has ended", "/findall review findall_1", "/findall export findall_1"],
  ],
  [
    "a watch whose run is lost",
    () => stop({ kind: "already_over", watch: watch({ state: "lost" }), cardLink: null }),
    ["no longer knows", "/findall findall_1"],
  ],
  ["a run that is not followed", () => stop({ kind: "not_watched" }), ["does not follow `findall_1`", "/findall list"]],
  ["Redis down at stop", () => stop({ kind: "store_unavailable" }), ["/findall stop findall_1"]],
  ["an empty list", () => list([]), ["/findall &lt;run id&gt;"]],
  [
    "a list",
    () =>
      list([
        item(),
        item({
          watch: watch({ runId: "findall_2", state: "paused", pausedByName: "ben" }),
          run: null,
          spec: null,
          cardLink: null,
        }),
      ]),
    ["2 runs", "Find all AI labs", "🔎 Running", "12 of 50 matched", "paused", "not read yet", "`findall_2`"],
  ],
  [
    "Redis down at list",
    () => said({ kind: "list", all: false, page: 1 }, { kind: "store_unavailable" }),
    ["/findall list"],
  ],
  [
    "the status of a run not followed here",
    () => status(),
    ["*Find all AI labs*", "🔎 Running", "12 of 50 matched", "80 generated", "`/findall findall_1` follows it"],
  ],
  [
    "the status of a followed run in trouble",
    () =>
      status({
        watch: watch(),
        cardLink: CARD,
        waiting: 3,
        trouble: { kind: "unreachable", since: 1_764_000_000_000, detail: "timeout" },
      }),
    ["could not be reached since <!date^1764000000^", "3 messages are on their way", CARD, "/findall stop findall_1"],
  ],
  [
    "the status of a stopped watch",
    () => status({ watch: watch({ state: "stopped" }), run: ended }),
    ["✅ Completed", "as many matches as it was asked for", "no longer followed", "/findall findall_1"],
  ],
  [
    "the status of a run that says running but is not active",
    () => status({ run: run({ isActive: false }), spec: null }),
    ["Running (ended)", "12 matched"],
  ],
  ["a status nobody knows yet", () => status({ run: run({ status: "waiting_for_moon" }) }), ["“waiting_for_moon”"]],
  [
    "the status of a paused watch",
    () => status({ watch: watch({ state: "paused", pausedByName: "ben" }), cardLink: CARD }),
    ["paused by ben", CARD, "/findall resume findall_1"],
  ],
  ["paused", () => pause("pause", { kind: "paused", ...HERE }), ["kept", CARD, "/findall resume findall_1"]],
  [
    "paused before, by a person",
    () => pause("pause", { kind: "already_paused", ...HERE, watch: watch({ pausedByName: "ben" }) }),
    ["by ben", "/findall resume findall_1"],
  ],
  [
    "held up by Slack",
    () =>
      pause("pause", {
        kind: "already_paused",
        ...HERE,
        watch: watch({ pausedByName: null, pauseReason: "is_archived" }),
      }),
    ["archived", "/findall resume findall_1"],
  ],
  [
    "resumed",
    () => pause("resume", { kind: "resumed", ...HERE, waiting: 3, wait: null, isTry: false }),
    ["3 messages that waited", CARD, "/findall status findall_1"],
  ],
  [
    "resumed with nothing missed",
    () => pause("resume", { kind: "resumed", ...HERE, waiting: 0, wait: null, isTry: false }),
    ["Nothing was missed"],
  ],
  [
    "nothing to resume",
    () => pause("resume", { kind: "not_paused", ...HERE }),
    ["neither paused nor muted", "/findall status findall_1"],
  ],
  ["pause of what is over", () => pause("pause", { kind: "already_over", ...HERE }), ["/findall findall_1"]],
  [
    "pause of what is not followed",
    () => pause("pause", { kind: "not_watched" }),
    ["/findall list", "/findall findall_1"],
  ],
  ["pause without store", () => pause("pause", { kind: "store_unavailable" }), ["/findall pause findall_1"]],
  [
    "muted for a time",
    () => said(MUTE, { kind: "muted", ...HERE, watch: watch({ mutedUntil: 1_764_000_000_000 }) }),
    ["until <!date^1764000000^", "/findall resume findall_1"],
  ],
  [
    "muted until the end",
    () => said({ ...MUTE, forMs: null }, { kind: "muted", ...HERE, watch: watch({ mutedUntil: "end" }) }),
    ["until the run has ended", "/findall mute findall_1 2h"],
  ],
  ["mute without store", () => said(MUTE, { kind: "store_unavailable" }), ["/findall mute findall_1 2h"]],
  [
    "words for one watch",
    () =>
      said(
        { kind: "watch", id: "findall_1", overrides: { arrives: "digest-30", excludedDomains: ["example.com"] } },
        { kind: "watching", ...started() },
      ),
    ["For this run alone: a digest every 30 minutes", "counted on the card", "`default`"],
  ],
  [
    "a condition that the run does not have",
    () =>
      said(
        { kind: "watch", id: "findall_1", overrides: { condition: { name: "founded", contains: null } } },
        {
          kind: "watching",
          ...started({ spec: spec({ matchConditions: [{ name: "is_lab_check", description: "" }] }) }),
        },
      ),
    ["no condition “founded”", "“is lab”"],
  ],
  [
    "words taken back",
    () =>
      said(
        { kind: "watch", id: "findall_1", overrides: {} },
        { kind: "already_watching", ...started({ cardLink: CARD }) },
      ),
    ["taken back", "/findall settings"],
  ],
  [
    "a digest of another length",
    () => said(parseCommand("findall_1 digest 20m"), null),
    ["every 5, 15, 30 or 60 minutes", "“20m”", "Did you mean `/findall findall_1 digest 15m`?", "/findall settings"],
  ],
  ...["confidence>=hihg", "domain:example.com", 'condition:""', "mention", "digset 30m"].map(
    (words) =>
      [
        `words that cannot be obeyed: ${words}`,
        () => said(parseCommand(`findall_1 ${words}`), null),
        ["Did you mean `/findall findall_1"],
      ] as const,
  ),
  [
    "a time that is none",
    () => said(parseCommand("mute findall_1 tomorrow"), null),
    ["“tomorrow”", "/findall mute findall_1 2h", "30 days"],
  ],
  [
    "a time of day",
    () => said(parseCommand("mute findall_1 until 5pm"), null),
    ["“5pm” is a time of day", "/findall mute findall_1 2h"],
  ],
  [
    "pause of all",
    () => said(parseCommand("pause all"), null),
    ["I pause one run at a time", "/findall pause &lt;run id&gt;", "/findall list"],
  ],
  [
    "quiet hours for one run",
    () => said(parseCommand("findall_1 quiet 22-7"), null),
    ["for the whole channel", "/findall settings", "/findall mute"],
  ],
  [
    "default beside other words",
    () => said(parseCommand("findall_1 default digest 30m"), null),
    ["stands alone", "“digest 30m”", "Did you mean `/findall findall_1 default`?"],
  ],
  ["a list of something", () => said(parseCommand("list foo"), null), ["“foo”", "Did you mean `/findall list`?"]],
  ["mute without id", () => said({ kind: "missing_id", command: "mute" }, null), ["/findall mute &lt;run id&gt;"]],
  ["talk about a run", () => shallFollow("run_a"), ["Shall I follow `run_a`", "Send `run_a` alone", "status run_a"]],
  [
    "words behind settings",
    () => besideSettings(needsWindow("/findall settings"), "digest 30m <!channel>"),
    ["“digest 30m", "changed nothing", "in the window", "/findall &lt;run id&gt; digest 30m", "Please type"],
  ],
  ["a pasted talk", () => directHelp("UBOT"), ["/findall help", "<@UBOT>"]],
  ["a window by message", () => needsWindow("/findall settings"), ["/findall settings"]],
  ["still working", () => stillWorking({ kind: "watch", id: "findall_1" })!, ["findall_1"]],
  ["overdue", () => overdue({ kind: "stop", id: "findall_1" }), ["/findall list", "/findall stop findall_1"]],
  ["an unexpected error", () => unexpectedError("ab12"), ["`ab12`", "/findall list"]],
];

describe("what is said to one person", () => {
  it.each(REPLIES)("%s: names what is and what to do, in text and in blocks", async (_title, reply, expected) => {
    expectToSay(await reply(), expected);
  });

  it.each(OUTSIDE)("has its own sentence for $kind, also for a status", async (trouble) => {
    const answers = await Promise.all(OUTSIDE.map(async (one) => (await said({ kind: "status", id: "x1" }, one)).text));
    const own = (await said({ kind: "status", id: "x1" }, trouble)).text;
    expect(answers.filter((answer) => answer === own)).toHaveLength(1);
  });

  const many = Array.from({ length: 47 }, (_, i) =>
    item({
      watch: watch({ runId: `findall_${"a".repeat(100)}${i}` }),
      spec: spec({ objective: `${i} ${"very long objective ".repeat(50)}` }),
    }),
  );

  it.each([
    { page: 1, first: "a0", last: "a9", offered: ["list_older=2"] },
    { page: 3, first: "a20", last: "a29", offered: ["list_newer=2", "list_older=4"] },
    { page: 5, first: "a40", last: "a46", offered: ["list_newer=4"] },
    { page: 99, first: "a40", last: "a46", offered: ["list_newer=4"] },
  ])("lists ten runs a page within one message, with the ways to the others: page $page", async (expected) => {
    const message = await said({ kind: "list", all: false, page: expected.page }, { kind: "list", items: many });
    const shown = JSON.stringify(message.blocks);
    expect(shown).toContain(`of 5`);
    for (const id of [expected.first, expected.last]) expect(shown).toContain(`${id}\``);
    expect(shown.match(/findall_a+\d+`/g)).toHaveLength(expected.page >= 5 ? 7 : 10);
    const buttons = [...shown.matchAll(/"action_id":"(list_\w+)","value":"(\d+)"/g)].map(
      ([, id, page]) => `${id}=${page}`,
    );
    expect(buttons).toEqual(expected.offered);
    expect(message.text.length).toBeLessThanOrEqual(4_000);
    expect(shown.length).toBeLessThanOrEqual(11_000);
  });

  it("says of every run how it stands here", async () => {
    const states = [
      item({ watch: watch({ state: "paused", pauseReason: null, pausedByName: "ben" }) }),
      item({ watch: watch({ state: "paused", pauseReason: "is_archived", pausedByName: null }) }),
      item({ watch: watch({ state: "stopped", stoppedByName: "cai" }) }),
      item({ watch: watch({ mutedUntil: NOW + 1 }) }),
      item({ watch: watch({ mutedUntil: NOW - 1 }) }),
      item({ watch: watch({ mutedUntil: "end" }) }),
    ];
    const { text } = await list(states);
    const lines = text.split("\n").filter((line) => line.startsWith("•"));
    expect(lines[0]).toContain("⏸ paused by ben");
    expect(lines[1]).toMatch(/held up: .*archived/);
    expect(lines[2]).toContain("stopped by cai");
    expect(lines[3]).toContain("muted until <!date");
    expect(lines[4]).not.toContain("muted");
    expect(lines[5]).toContain("muted until its end");
    expect(lines[0]).toMatch(/12 of 50 matched.*24%/);
  });

  it("lists the runs of all channels with their channel and what waits for review, or says why it cannot", async () => {
    const all = { kind: "list", all: true, page: 1 } as const;
    const tally = { toReview: 3, accepted: 0, rejected: 0, maybe: 0 } as OverviewItem["tally"];
    const items = [{ ...item({ watch: watch({ channel: "C9" }) }), tally }];
    const message = await said(all, { kind: "overview", items, channels: ["C9"] });
    expectToSay(message, ["in your channels", "<#C9>", "3 to review", "/findall status"]);
    expectToSay(await said(all, { kind: "overview", items: [], channels: [] }), ["None of the channels"]);
    expectToSay(await said(all, { kind: "membership_unknown" }), ["/findall list all", "/findall list"]);
    expectToSay(await said(all, { kind: "store_unavailable" }), ["/findall list all"]);
  });

  it("helps as the moment asks for", async () => {
    const helped = (items: readonly WatchListItem[]) => said({ kind: "help" }, { kind: "list", items });
    expectToSay(await helped([]), ["To begin", "/invite", "/findall &lt;run id&gt;"]);
    expectToSay(await helped([item()]), [
      "is running",
      "/findall review findall_1",
      "/findall mute findall_1 2h",
      CARD,
    ]);
    expectToSay(await helped([item({ run: ended })]), ["is done", "/findall export findall_1"]);
    const held = item({ watch: watch({ state: "paused", runId: "findall_2", pausedByName: "ben" }) });
    expectToSay(await helped([item(), held]), ["/findall resume findall_2", "is running", "/findall list"]);
    const still = await said({ kind: "help" }, { kind: "store_unavailable" });
    expectToSay(still, ["/findall settings", "/findall pause", "/findall mute", "list all"]);
    expect(still.text).not.toContain("Here and now");
  });

  it("never lets foreign text mention, link or break anything", async () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary", maxLength: 400 }),
      fc.constantFrom(
        "<!channel> @here",
        "<https://evil.test|x>",
        "https://evil.test `",
        "*_~`|>",
        "&lt;!here&gt;",
        "#general",
      ),
    );
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (foreign, other) => {
        const dirty = spec({ objective: foreign });
        const messages = await Promise.all([
          start({ kind: "watching", ...started({ run: run({ status: other }), spec: dirty }) }),
          start({ kind: "id_refused", detail: foreign }),
          status({ spec: dirty, run: run({ status: other }), watch: watch(), cardLink: CARD }),
          list([item({ spec: dirty, run: run({ status: other }) })]),
          said({ kind: "unknown", word: foreign, suggestion: null }, null),
          said({ kind: "bad_duration", word: foreign, suggestion: "mute findall_1 2h" }, null),
          said({ kind: "bad_override", trouble: { kind: "word", typed: foreign }, suggestion: foreign }, null),
          said(
            { kind: "watch", id: "a1", overrides: { condition: { name: foreign, contains: other } } },
            { kind: "watching", ...started({ spec: spec({ objective: "x" }) }) },
          ),
          said(
            { kind: "watch", id: "a1", overrides: { condition: { name: foreign, contains: other } } },
            { kind: "store_unavailable" },
          ),
          list([item({ watch: watch({ state: "paused", pausedByName: foreign }) })]),
          pause("pause", { kind: "already_paused", watch: watch({ pausedByName: other }), cardLink: null }),
        ]);
        for (const message of messages) {
          const live = liveContentOf(message);
          expect(live.mentions).toEqual([]);
          expect(live.links.every(({ url }) => url === CARD)).toBe(true);
          expect(blockProblems([...message.blocks], "message")).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });
});
