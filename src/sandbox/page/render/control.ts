import type { Json } from "../../fake-slack/model.ts";
import { asText, isObject } from "../../fake-slack/validate/checks.ts";
import type { AttributeValue } from "./html.ts";
import { field, listOf } from "./json.ts";
import type { Look, Spot } from "./look.ts";
import { textString } from "./mrkdwn.ts";

/** How the client of the page handles a control. */
export type Kind =
  | "button"
  | "overflow"
  | "select"
  | "multi_select"
  | "checkboxes"
  | "radio"
  | "datepicker"
  | "timepicker"
  | "datetimepicker"
  | "input";

type Attributes = Readonly<Record<string, AttributeValue>>;

/** What the client needs to send what a person does with an element; the same for every kind of control. */
export function controlData(kind: Kind, element: Json, spot: Spot): Attributes {
  return {
    "data-kind": kind,
    "data-element": asText(element.type ?? ""),
    "data-action-id": field(element, "action_id"),
    "data-block-id": spot.blockId,
    "data-confirm": element.confirm === undefined ? null : confirmOf(element.confirm, spot.look),
    "data-input": spot.field !== undefined,
    "data-required": spot.field?.required === true,
    "data-dispatch": spot.field?.dispatch === true ? triggersOf(element) : null,
    "data-focus": element.focus_on_load === true,
  };
}

/** Id, label and state of a native control. Inside an `input` block its `<label>` names it, elsewhere its own words. */
export function labelled(spot: Spot, ownWords: string): Attributes {
  return {
    id: spot.id,
    "aria-label": spot.field ? null : ownWords,
    "aria-describedby": spot.field?.describedBy,
    required: spot.field?.required === true,
    disabled: !spot.look.interactive,
  };
}

/** The words of the dialog that asks before an action is sent, Slack's own where the app has none. */
function confirmOf(confirm: unknown, look: Look): string {
  const dialog = isObject(confirm) ? confirm : {};
  return JSON.stringify({
    title: textString(dialog.title, look) || "Are you sure?",
    text: textString(dialog.text, look),
    confirm: textString(dialog.confirm, look) || "Yes",
    deny: textString(dialog.deny, look) || "Cancel",
    style: field(dialog, "style") ?? "primary",
  });
}

/** When a field sends an action at once: on Enter, unless it says otherwise. */
function triggersOf(element: Json): string {
  const config = isObject(element.dispatch_action_config) ? element.dispatch_action_config : {};
  return listOf(config.trigger_actions_on).map(asText).join(" ") || "on_enter_pressed";
}
