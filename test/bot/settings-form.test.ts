import { describe, expect, it } from "vitest";
import { readFormValues } from "../../src/bot/form-values.ts";
import type { Desk } from "../../src/bot/review/desk.ts";
import { openSettings } from "../../src/bot/settings/open-settings.ts";
import { readSettingsForm } from "../../src/bot/settings/read-settings-form.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../src/domain/settings.ts";
import { readView } from "../../src/sandbox/fake-slack/methods/views.ts";
import { type FilledIn, stateOf } from "../../src/sandbox/fake-slack/people/view-state.ts";
import { renderSettings, SETTINGS_FIELDS, type SettingsView } from "../../src/slack/views/settings.ts";
import { actions } from "./support.ts";

const NOW = Date.parse("2026-07-01T12:00:00Z");
const ANA = { id: "U0ANA", name: "ana" };
const FULL: Settings = {
  arrives: "digest-30",
  minConfidence: "medium",
  condition: { name: "founded_after_2020_check", contains: "2021" },
  excludedDomains: ["example.com", "xn--bcher-kva.de"],
  alertInChannel: false,
  mention: false,
  quiet: { from: "22:00", to: "07:30" },
  reminder: true,
  timeZone: "Asia/Kolkata",
  fold: true,
};

const view = (over: Partial<SettingsView> = {}) =>
  renderSettings({
    channelId: "C0RESEARCH",
    settings: DEFAULT_SETTINGS,
    conditions: ["founded_after_2020_check", "is_lab_check"],
    running: 2,
    notice: null,
    now: NOW,
    ...over,
  });
/** The form as it comes back after somebody filled it in. */
const sent = (filled: FilledIn = {}, over: Partial<SettingsView> = {}) =>
  readSettingsForm(readFormValues({ state: { values: stateOf(view(over).blocks, filled) } }));

describe("the form of a channel's settings", () => {
  it.each([
    ["as they are at first", DEFAULT_SETTINGS],
    ["with everything set", FULL],
    ["with a time zone by an old name", { ...FULL, timeZone: "US/Pacific" }],
    ["with a condition that no run has now", { ...FULL, condition: { name: "gone_check", contains: null } }],
  ])("is one that Slack takes, and gives back what is set: %s", (_title, settings) => {
    readView(JSON.parse(JSON.stringify(view({ settings }))), "modal");
    expect(sent({}, { settings })).toEqual({ settings });
  });

  it("offers every time zone with its offset, in groups of at most a hundred", () => {
    const block = view().blocks.find((each) => each.block_id === SETTINGS_FIELDS.timeZone);
    const text = JSON.stringify(block);
    for (const label of [
      "Europe/Berlin (UTC+2)",
      "Asia/Kolkata (UTC+5:30)",
      "America/New York (UTC-4)",
      "UTC (UTC+0)",
    ]) {
      expect(text.replace("Asia/Calcutta", "Asia/Kolkata")).toContain(label);
    }
    const groups = (block as unknown as { element: { option_groups: { options: unknown[] }[] } }).element.option_groups;
    expect(Math.max(...groups.map(({ options }) => options.length))).toBeLessThanOrEqual(100);
  });

  it("takes what is chosen and typed", () => {
    const filled = {
      [SETTINGS_FIELDS.arrives]: "end",
      [SETTINGS_FIELDS.confidence]: "high",
      [SETTINGS_FIELDS.condition]: "is:is_lab_check",
      [SETTINGS_FIELDS.contains]: " yes ",
      [SETTINGS_FIELDS.domains]: "https://www.Example.com/x, b.org\n*.c.net example.com",
      [SETTINGS_FIELDS.switches]: ["reminder"],
      [SETTINGS_FIELDS.quietFrom]: "20:00",
      [SETTINGS_FIELDS.quietTo]: "06:00",
      [SETTINGS_FIELDS.timeZone]: "Europe/Berlin",
    };
    expect(sent(filled)).toEqual({
      settings: {
        arrives: "end",
        minConfidence: "high",
        condition: { name: "is_lab_check", contains: "yes" },
        excludedDomains: ["example.com", "b.org", "c.net"],
        alertInChannel: false,
        mention: false,
        reminder: true,
        fold: false,
        quiet: { from: "20:00", to: "06:00" },
        timeZone: "Europe/Berlin",
      },
    });
  });

  it.each<[string, FilledIn, string, RegExp]>([
    [
      "a domain that is none",
      { [SETTINGS_FIELDS.domains]: "a.com nonsense" },
      SETTINGS_FIELDS.domains,
      /“nonsense” is no domain/,
    ],
    ["quiet hours without an end", { [SETTINGS_FIELDS.quietFrom]: "20:00" }, SETTINGS_FIELDS.quietTo, /choose both/],
    [
      "quiet hours without a beginning",
      { [SETTINGS_FIELDS.quietTo]: "20:00" },
      SETTINGS_FIELDS.quietFrom,
      /choose both/,
    ],
    [
      "quiet hours of no length",
      { [SETTINGS_FIELDS.quietFrom]: "20:00", [SETTINGS_FIELDS.quietTo]: "20:00" },
      SETTINGS_FIELDS.quietTo,
      /pause the run/,
    ],
    [
      "a text without its condition",
      { [SETTINGS_FIELDS.contains]: "yes" },
      SETTINGS_FIELDS.contains,
      /which condition/,
    ],
  ])("says below the field what is wrong: %s", (_title, filled, field, words) => {
    const form = sent(filled);
    expect(form).toEqual({ errors: { [field]: expect.stringMatching(words) } });
  });

  const domainsOf = (settings: Settings) => {
    const block = view({ settings }).blocks.find((each) => each.block_id === SETTINGS_FIELDS.domains);
    return String((block as unknown as { element: { initial_value: string } }).element.initial_value);
  };
  const numbered = (count: number, name: (i: number) => string) => Array.from({ length: count }, (_, i) => name(i));

  it("shows domains as people write them, so that what was saved can be saved again", () => {
    const typed = numbered(95, (i) => `日本語の例え名${i}.jp`).join("\n");
    const first = sent({ [SETTINGS_FIELDS.domains]: typed });
    if (!("settings" in first)) throw new Error(JSON.stringify(first));
    expect(first.settings.excludedDomains.join("\n").length).toBeGreaterThan(3_000);
    expect(domainsOf(first.settings)).toBe(typed);
    expect(sent({}, { settings: first.settings })).toEqual(first);
  });

  it("never cuts inside a name, says how many more there are, and does not save without them", () => {
    const excludedDomains = numbered(90, (i) => `${"long-".repeat(10)}${i}.example.com`);
    const settings = { ...DEFAULT_SETTINGS, excludedDomains };
    readView(JSON.parse(JSON.stringify(view({ settings }))), "modal");
    const lines = domainsOf(settings).split("\n");
    expect(domainsOf(settings).length).toBeLessThanOrEqual(3_000);
    expect(lines.slice(0, -1)).toEqual(excludedDomains.slice(0, lines.length - 1));
    const left = 90 - (lines.length - 1);
    expect(lines.at(-1)).toBe(`… and ${left} more`);
    expect(sent({}, { settings })).toEqual({
      errors: { [SETTINGS_FIELDS.domains]: expect.stringContaining(`${left} more of your domains did not fit`) },
    });
    const given = { [SETTINGS_FIELDS.domains]: lines.slice(0, -1).join("\n") };
    expect(sent(given, { settings })).toMatchObject({ settings: { excludedDomains: excludedDomains.slice(0, -left) } });
  });

  it("refuses domains that it could not show again", () => {
    const typed = numbered(90, (i) => `${"㍿".repeat(8)}${i}.jp`).join("\n");
    expect(sent({ [SETTINGS_FIELDS.domains]: typed })).toEqual({
      errors: { [SETTINGS_FIELDS.domains]: expect.stringContaining("more than the 3,000 characters") },
    });
  });

  it("takes nothing that it does not offer", () => {
    expect(readSettingsForm(readFormValues({ state: { values: {} } }))).toHaveProperty("errors");
    expect(readSettingsForm(readFormValues({}))).toHaveProperty("errors");
  });
});

describe("/findall settings", () => {
  const desk = (over: Partial<Desk> = {}): Desk => ({
    actions: actions(),
    windows: {
      open: async () => ({ kind: "opened", viewId: "V1" }),
      push: async () => ({ kind: "already" }),
      update: async () => "updated",
    },
    botUserId: "UBOT",
    receivedAt: 0,
    now: () => 0,
    newReference: () => "ref1",
    onTrouble: () => {},
    ...over,
  });

  it("says in a line what is set, beside the window", async () => {
    const { isOpen, words } = await openSettings(desk(), "C1", ANA, "t");
    expect(isOpen).toBe(true);
    expect(words.text).toMatch(/Set here: each match as it comes · any confidence.*no quiet hours.*no reminder/);
    expect(words.text).toContain("The window changes it");
  });

  it("says so when the window cannot open", async () => {
    const windows = { ...desk().windows, open: () => Promise.reject(new Error("expired_trigger_id")) };
    const { isOpen, words } = await openSettings(desk({ windows }), "C1", ANA, "t");
    expect(isOpen).toBe(false);
    expect(words.text).toMatch(/Set here: each match.*\n.*did not open the window.*`\/findall settings`/);
  });

  it.each([
    [{ kind: "not_member", channel: "C1" }, /Only people in <#C1>/],
    [{ kind: "membership_unknown" }, /does not tell me/],
    [{ kind: "store_unavailable" }, /storage/],
  ] as const)("opens nothing for one who may not see it: %j", async (refusal, expected) => {
    const { isOpen, words } = await openSettings(
      desk({ actions: actions({ readSettings: async () => refusal }) }),
      "C1",
      ANA,
      "t",
    );
    expect(isOpen).toBe(false);
    expect(words.text).toMatch(expected);
    expect(words.text).toContain("/findall settings");
  });
});
