import type { Json } from "../../fake-slack/model.ts";
import { asText, isObject } from "../../fake-slack/validate/checks.ts";
import { controlData, labelled } from "./control.ts";
import { attributes, type Html, html } from "./html.ts";
import { field, listOf } from "./json.ts";
import type { Spot } from "./look.ts";
import { textHtml, textString } from "./mrkdwn.ts";
import { notShown } from "./not-shown.ts";

interface Choice {
  readonly value: string;
  readonly words: string;
}

interface Offer {
  /** Options and groups of options. */
  readonly choices: readonly (Choice | { readonly label: string; readonly choices: readonly Choice[] })[];
  readonly chosen: readonly string[];
  /** What is offered or chosen and is no option. */
  readonly odd: readonly unknown[];
}

/** A menu of the app's own options, or of groups of them. */
export function staticSelect(element: Json, spot: Spot): Html {
  const plain = choicesOf(listOf(element.options), spot);
  const groups = listOf(element.option_groups)
    .filter(isObject)
    .map((group) => ({ label: textString(group.label, spot.look), options: listOf(group.options) }));
  const initial = [...listOf(element.initial_option), ...listOf(element.initial_options)];
  const all = [...listOf(element.options), ...listOf(element.option_groups), ...groups.flatMap((each) => each.options)];
  return menu(element, spot, {
    choices: [...plain, ...groups.map(({ label, options }) => ({ label, choices: choicesOf(options, spot) }))],
    chosen: choicesOf(initial, spot).map(({ value }) => value),
    odd: [...all, ...initial].filter((each) => !isObject(each)),
  });
}

/** A menu of the people of the workspace. */
export function usersSelect(element: Json, spot: Spot): Html {
  return workspaceMenu(element, spot, named("@", spot.look.options?.users), ["initial_user", "initial_users"]);
}

/** A menu of public channels. */
export function channelsSelect(element: Json, spot: Spot): Html {
  return workspaceMenu(element, spot, named("#", spot.look.options?.channels), ["initial_channel", "initial_channels"]);
}

/** A menu of every place where one can write: channels, and people for direct messages. */
export function conversationsSelect(element: Json, spot: Spot): Html {
  const { options } = spot.look;
  const places = [...named("#", options?.channels), ...named("@", options?.users)];
  return workspaceMenu(element, spot, places, ["initial_conversation", "initial_conversations"]);
}

/** The app would be asked for the options while one types, which this page does not do. */
export function externalSelect(element: Json, spot: Spot): Html {
  const initial = [...listOf(element.initial_option), ...listOf(element.initial_options)];
  const words = [element.placeholder, ...initial.map((each) => (isObject(each) ? each.text : each))];
  return html`<span class="b-stack">${words.filter(Boolean).map((each) => html`<span class="b-note">${textHtml(each, spot.look)}</span>`)}${notShown("element type", element)}</span>`;
}

function named(sign: string, all: readonly { readonly id: string; readonly name: string }[] = []): readonly Choice[] {
  return all.map(({ id, name }) => ({ value: id, words: `${sign}${name}` }));
}

function workspaceMenu(
  element: Json,
  spot: Spot,
  offered: readonly Choice[],
  initialFields: readonly [string, string],
): Html {
  const chosen = initialFields.flatMap((name) => listOf(element[name])).map(asText);
  const missing = chosen.filter((id) => !offered.some(({ value }) => value === id));
  const added = missing.map((id) => ({ value: id, words: spot.look.nameOf(id) ?? id }));
  return menu(element, spot, { choices: [...offered, ...added], chosen, odd: [] });
}

function choicesOf(options: readonly unknown[], { look }: Spot): readonly Choice[] {
  return options.filter(isObject).map((option) => {
    const description = option.description ? ` – ${textString(option.description, look)}` : "";
    return { value: field(option, "value") ?? "", words: textString(option.text, look) + description };
  });
}

const TALLEST = 6;

function menu(element: Json, spot: Spot, { choices, chosen, odd }: Offer): Html {
  const many = asText(element.type).startsWith("multi_");
  const placeholder = textString(element.placeholder, spot.look) || (many ? "Choose options" : "Choose an option");
  const names = {
    class: "b-select",
    ...labelled(spot, placeholder),
    ...controlData(many ? "multi_select" : "select", element, spot),
    multiple: many,
    size: many ? Math.min(TALLEST, Math.max(2, choices.length)) : null,
    "data-max-selected": field(element, "max_selected_items"),
    "data-default-current": element.default_to_current_conversation === true,
  };
  const options = choices.map((each) =>
    "choices" in each
      ? html`<optgroup${attributes({ label: each.label })}>${each.choices.map((one) => option(one, chosen))}</optgroup>`
      : option(each, chosen),
  );
  const nothing = html`<option value="">${placeholder}</option>`;
  const select = html`<select${attributes(names)}>${many ? null : nothing}${options}</select>`;
  const oddities = odd.map((each) => notShown("option", each));
  // A list to choose many from has no place for its placeholder but beside it.
  if (many) return html`<span class="b-stack"><span class="b-hint">${placeholder}</span>${select}${oddities}</span>`;
  return html`${select}${oddities}`;
}

function option({ value, words }: Choice, chosen: readonly string[]): Html {
  return html`<option${attributes({ value, selected: chosen.includes(value) })}>${words}</option>`;
}
