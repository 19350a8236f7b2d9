import { innerBlocks } from "../block-ids.ts";
import type { Json } from "../model.ts";
import { isObject } from "../validate/checks.ts";

/** What is chosen or typed: text, the value of an option, an id, or several; null or empty: taken out by hand. */
export type Chosen = string | readonly string[] | null;

/** What was filled in, by action id, or by `<block id>/<action id>` where an action id occurs twice. */
export type FilledIn = Readonly<Record<string, Chosen>>;

/** How Slack reports what an element holds, without its type: `{selected_date: …}` and the like. */
type Report = (element: Json, given: Chosen | undefined) => Json;

const text: Report = (element, given) => ({ value: one(given, element.initial_value) });
const picked =
  (name: string): Report =>
  (element, given) => ({ [`selected_${name}`]: one(given, element[`initial_${name}`]) });
const pickedMany =
  (name: string): Report =>
  (element, given) => ({ [`selected_${name}s`]: checked(element, many(given, element[`initial_${name}s`])) });
const option: Report = (element, given) => ({
  selected_option: given === undefined ? (element.initial_option ?? null) : optionOrNull(element, given),
});
const options: Report = (element, given) => ({
  selected_options:
    given === undefined
      ? (element.initial_options ?? [])
      : checked(element, many(given, [])).map((each) => optionOf(element, String(each))),
});

/** Every element that holds something, and how. */
const REPORTS: Readonly<Record<string, Report>> = {
  plain_text_input: text,
  email_text_input: text,
  url_text_input: text,
  number_input: text,
  rich_text_input: (element, given) => ({
    rich_text_value: given === undefined ? (element.initial_value ?? null) : richText(one(given, null)),
  }),
  file_input: () => ({ files: [] }),
  datepicker: picked("date"),
  timepicker: (element, given) => ({
    ...picked("time")(element, given),
    ...(element.timezone ? { timezone: element.timezone } : {}),
  }),
  datetimepicker: (element, given) => {
    const seconds = one(given, element.initial_date_time);
    return { selected_date_time: seconds === null ? null : Number(seconds) };
  },
  static_select: option,
  external_select: option,
  radio_buttons: option,
  multi_static_select: options,
  multi_external_select: options,
  checkboxes: options,
  users_select: picked("user"),
  channels_select: picked("channel"),
  conversations_select: picked("conversation"),
  multi_users_select: pickedMany("user"),
  multi_channels_select: pickedMany("channel"),
  multi_conversations_select: pickedMany("conversation"),
};

/** What an element holds, as an entry of `state.values` and of `actions` has it; null where it can hold nothing. */
export function heldBy(element: Json, given: Chosen | undefined): Json | null {
  const type = String(element.type);
  const report = Object.hasOwn(REPORTS, type) ? REPORTS[type] : undefined;
  return report ? { type, ...report(element, given) } : null;
}

/** `state.values`: what stands in the fields of a view or message, with what a person filled in. */
export function stateOf(blocks: unknown, values: FilledIn): Json {
  const state: Record<string, Json> = {};
  for (const block of listOf(blocks).filter(isObject).flatMap(innerBlocks)) {
    for (const element of [block.element, block.accessory, ...listOf(block.elements)].filter(isObject)) {
      if (element.action_id === undefined) continue;
      const [blockId, actionId] = [String(block.block_id), String(element.action_id)];
      const entry = heldBy(element, values[keyOf(blockId, actionId)] ?? values[actionId]);
      if (entry) state[blockId] = { ...state[blockId], [actionId]: entry };
    }
  }
  return state;
}

/** How one element is meant where others have the same action id. */
export function keyOf(blockId: string, actionId: string): string {
  return `${blockId}/${actionId}`;
}

/** The option of a menu with this value. */
export function optionOf(element: Json, value: string): Json {
  const groups = listOf(element.option_groups) as { options: Json[] }[];
  const all = [...(listOf(element.options) as Json[]), ...groups.flatMap((group) => group.options)];
  const found = all.find((each) => each.value === value);
  if (!found) throw new Error(`No option ${value}; there are: ${all.map((each) => each.value).join(", ")}`);
  return found;
}

function optionOrNull(element: Json, given: Chosen): Json | null {
  const value = one(given, null);
  return value === null ? null : optionOf(element, String(value));
}

// What was emptied is sent as null; what was not touched still holds its first value.
function one(given: Chosen | undefined, first: unknown): unknown {
  return given === undefined ? (first ?? null) : [given ?? []].flat()[0] || null;
}

function many(given: Chosen | undefined, first: unknown): readonly unknown[] {
  return given === undefined ? listOf(first) : [given ?? []].flat().filter((each) => each !== "");
}

/** Slack's client lets nobody choose more than the app allows. */
function checked(element: Json, chosen: readonly unknown[]): readonly unknown[] {
  const most = Number(element.max_selected_items ?? Number.POSITIVE_INFINITY);
  if (chosen.length > most) throw new Error(`Not more than ${most} can be chosen`);
  return chosen;
}

function richText(words: unknown): Json | null {
  if (words === null) return null;
  const section = { type: "rich_text_section", elements: [{ type: "text", text: words }] };
  return { type: "rich_text", elements: [section] };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
