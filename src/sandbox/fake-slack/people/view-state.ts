import type { Json, StoredView } from "../model.ts";
import { isObject } from "../validate/checks.ts";

/** What was filled in, by action id: text, or the value of the chosen option (a list for checkboxes and the like). */
export type FilledIn = Readonly<Record<string, string | readonly string[] | null>>;

/** `view.state.values`: what stands in the fields of a view, with what a person filled in. */
export function stateOf(stored: StoredView, values: FilledIn): Json {
  const state: Record<string, Json> = {};
  for (const block of (stored.view.blocks ?? []) as Json[]) {
    const elements = block.type === "input" ? [block.element] : ((block.elements ?? [block.accessory]) as unknown[]);
    for (const element of elements) {
      if (!isObject(element) || element.type === "button" || element.action_id === undefined) continue;
      const entry = stateEntry(element, values[String(element.action_id)]);
      state[String(block.block_id)] = { ...state[String(block.block_id)], [String(element.action_id)]: entry };
    }
  }
  return state;
}

function stateEntry(element: Json, given: string | readonly string[] | null | undefined): Json {
  const type = String(element.type);
  // What was emptied is sent as null; what was not touched still holds its first value.
  const single = (first: unknown) => (given === undefined ? (first ?? null) : given || null);
  if (type.endsWith("_input")) return { type, value: single(element.initial_value) };
  if (type === "datepicker") return { type, selected_date: single(element.initial_date) };
  if (type === "users_select") return { type, selected_user: single(element.initial_user) };
  if (type === "checkboxes" || type === "multi_static_select") {
    const chosen =
      given === undefined
        ? (element.initial_options ?? [])
        : [given ?? []].flat().map((each) => optionOf(element, each));
    return { type, selected_options: chosen };
  }
  const chosen = typeof given === "string" ? optionOf(element, given) : (element.initial_option ?? null);
  return { type, selected_option: chosen };
}

/** The option of a menu with this value. */
export function optionOf(element: Json, value: string): Json {
  const groups = (element.option_groups ?? []) as { options: Json[] }[];
  const options = [...((element.options ?? []) as Json[]), ...groups.flatMap((group) => group.options)];
  const option = options.find((each) => each.value === value);
  if (!option) throw new Error(`No option ${value}; there are: ${options.map((each) => each.value).join(", ")}`);
  return option;
}
