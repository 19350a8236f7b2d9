import type { InputBlock, KnownBlock, Option, PlainTextOption } from "@slack/types";
import { ARRIVALS, CONFIDENCES, marksOf, type Settings } from "../../domain/settings.ts";
import { context, section } from "../blocks.ts";
import { FORMS } from "../controls.ts";
import { humanName, plural } from "../format.ts";
import { ARRIVAL_WORDS } from "../messages/settings-words.ts";
import { DOMAINS_LENGTH, domainLines } from "./domain-lines.ts";
import { fitView } from "./fit-view.ts";
import { type ModalView, modal, plainText } from "./modal.ts";
import { timeZoneGroups, timeZoneOption } from "./time-zones.ts";

export interface SettingsView {
  readonly channelId: string;
  readonly settings: Settings;
  /** Names of the conditions of the channel's running watches. */
  readonly conditions: readonly string[];
  /** Watches that a change applies to. */
  readonly running: number;
  /** Finished mrkdwn: what just happened; null when the window is new. */
  readonly notice: string | null;
  /** ms; decides the offsets of time zones */
  readonly now: number;
}

/** The fields of the form: each is the block's and the action's name alike, and where an error about it is shown. */
export const SETTINGS_FIELDS = {
  arrives: "settings_arrives",
  confidence: "settings_confidence",
  condition: "settings_condition",
  contains: "settings_contains",
  domains: "settings_domains",
  switches: "settings_switches",
  quietFrom: "settings_quiet_from",
  quietTo: "settings_quiet_to",
  timeZone: "settings_time_zone",
} as const;

/** Stands for no filter in the menus. */
export const ANY = "any";
/** Stands before a condition's name, which may be any word. */
export const NAMED = "is:";
export const SWITCHES = ["alertInChannel", "mention", "reminder", "fold"] as const;

/** Slack's limits: options of one menu, the value of an option, the text of a field. */
const MOST_OPTIONS = 100;
const OPTION_VALUE = 150;
export const CONTAINS_LENGTH = 200;

const SWITCH_WORDS: Readonly<Record<(typeof SWITCHES)[number], readonly [label: string, description: string]>> = {
  alertInChannel: ["Tell the end in the channel", "Otherwise it is told in the thread alone."],
  mention: ["Mention who asked, at the end", "The only mention there is."],
  reminder: ["Remind each working day", "While candidates wait for a decision."],
  fold: ["Fold what was decided before", "What this channel decided about in another run takes one line of a page."],
};

/** What a channel has set, as a form. Pure; the channel, and what is shown of it, travel in `private_metadata`. */
export function renderSettings(view: SettingsView): ModalView {
  const { settings, channelId, running, notice, now } = view;
  const { quiet, timeZone } = settings;
  const blocks: KnownBlock[] = [
    ...(notice === null ? [] : [section(notice), { type: "divider" } as const]),
    context(
      `For ${channelId.startsWith("D") ? "your messages with me" : `<#${channelId}>`}. Holds at once, also for ${running === 0 ? "runs followed later" : `the ${plural(running, "run")} followed here now`}; words behind a run’s id go before it.`,
    ),
    select(SETTINGS_FIELDS.arrives, "What arrives in the thread", arrivalOptions(), settings.arrives),
    select(SETTINGS_FIELDS.confidence, "Least confidence", confidenceOptions(), settings.minConfidence ?? ANY, {
      hint: "The weakest evidence of a candidate’s conditions counts. What is held back is counted on the card, and is in the export.",
    }),
    select(SETTINGS_FIELDS.condition, "Only candidates that pass", conditionOptions(view), conditionValue(settings), {
      hint: "Conditions of the runs that are followed here now.",
    }),
    textInput(SETTINGS_FIELDS.contains, "… with this text in it", settings.condition?.contains ?? "", {
      most: CONTAINS_LENGTH,
      hint: "Held against the value of the condition chosen above. Empty: it is enough to pass.",
    }),
    textInput(SETTINGS_FIELDS.domains, "Domains to leave out", domainLines(settings.excludedDomains), {
      most: DOMAINS_LENGTH,
      multiline: true,
      hint: "One a line, such as example.com; what is below them (shop.example.com) is left out too.",
    }),
    switches(settings),
    time(
      SETTINGS_FIELDS.quietFrom,
      "Quiet from",
      quiet?.from ?? null,
      "What is found in quiet hours is kept, and comes after them. Your own commands and clicks are always answered.",
    ),
    time(SETTINGS_FIELDS.quietTo, "Quiet to", quiet?.to ?? null, "Empty both for no quiet hours."),
    {
      ...input(SETTINGS_FIELDS.timeZone, "Time zone of quiet hours and reminders"),
      element: {
        type: "static_select",
        action_id: SETTINGS_FIELDS.timeZone,
        option_groups: timeZoneGroups(now, timeZone).map(({ label, options }) => ({ label, options })),
        initial_option: timeZoneOption(timeZone, now),
      },
    },
  ];
  const state = `${channelId} ${marksOf(settings)}`;
  return fitView(modal({ callbackId: FORMS.settings, title: "FindAll settings", submit: "Save", state, blocks }));
}

function arrivalOptions(): PlainTextOption[] {
  return ARRIVALS.map((each) => option(capitalized(ARRIVAL_WORDS[each]), each));
}

function confidenceOptions(): PlainTextOption[] {
  return [
    option("Any", ANY),
    ...CONFIDENCES.map((each) => option(each === "high" ? "High" : `${capitalized(each)} or better`, each)),
  ];
}

/** The one that is set is there also when no run has it any more. */
function conditionOptions({ conditions, settings }: SettingsView): PlainTextOption[] {
  const own = settings.condition?.name;
  const names = [...new Set([...(own === undefined ? [] : [own]), ...conditions])];
  const choosable = names.filter((name) => NAMED.length + name.length <= OPTION_VALUE).slice(0, MOST_OPTIONS - 1);
  return [option("Any", ANY), ...choosable.map((name) => option(humanName(name), NAMED + name))];
}

function conditionValue({ condition }: Settings): string {
  return condition === null ? ANY : NAMED + condition.name;
}

function switches(settings: Settings): InputBlock {
  const options = SWITCHES.map((name) => {
    const [label, description] = SWITCH_WORDS[name];
    return { ...option(label, name), description: plainText(description, 75) };
  });
  const on = options.filter(({ value }) => SWITCHES.some((name) => name === value && settings[name]));
  return {
    ...input(SETTINGS_FIELDS.switches, "Also"),
    optional: true,
    element: {
      type: "checkboxes",
      action_id: SETTINGS_FIELDS.switches,
      options: options as Option[],
      ...(on.length > 0 ? { initial_options: on as Option[] } : {}),
    },
  };
}

function select(
  name: string,
  label: string,
  options: PlainTextOption[],
  chosen: string,
  more: { hint?: string } = {},
): InputBlock {
  const initial = options.find(({ value }) => value === chosen) ?? options[0];
  return {
    ...input(name, label, more.hint),
    element: { type: "static_select", action_id: name, options, ...(initial ? { initial_option: initial } : {}) },
  };
}

function textInput(
  name: string,
  label: string,
  initial: string,
  more: { most: number; hint: string; multiline?: boolean },
): InputBlock {
  return {
    ...input(name, label, more.hint),
    optional: true,
    element: {
      type: "plain_text_input",
      action_id: name,
      max_length: more.most,
      ...(more.multiline ? { multiline: true } : {}),
      ...(initial === "" ? {} : { initial_value: initial.slice(0, more.most) }),
    },
  };
}

function time(name: string, label: string, initial: string | null, hint: string): InputBlock {
  return {
    ...input(name, label, hint),
    optional: true,
    element: { type: "timepicker", action_id: name, ...(initial === null ? {} : { initial_time: initial }) },
  };
}

function input(name: string, label: string, hint?: string): Omit<InputBlock, "element"> {
  return {
    type: "input",
    block_id: name,
    label: plainText(label, 100),
    ...(hint === undefined ? {} : { hint: plainText(hint, 300) }),
  };
}

function option(text: string, value: string): PlainTextOption {
  return { text: plainText(text, 75), value };
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
