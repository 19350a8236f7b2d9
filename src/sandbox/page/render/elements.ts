import type { Json } from "../../fake-slack/model.ts";
import { checkboxes, radioButtons } from "./boxes.ts";
import { button, feedbackButtons, iconButton, workflowButton } from "./buttons.ts";
import {
  datepicker,
  datetimepicker,
  emailInput,
  namedField,
  numberInput,
  plainTextInput,
  timepicker,
  urlInput,
} from "./fields.ts";
import type { Html } from "./html.ts";
import { imageHtml } from "./images.ts";
import { byTypeOf } from "./json.ts";
import type { Spot } from "./look.ts";
import { textHtml } from "./mrkdwn.ts";
import { notShown } from "./not-shown.ts";
import { overflow } from "./overflow.ts";
import { channelsSelect, conversationsSelect, externalSelect, staticSelect, usersSelect } from "./selects.ts";

type Element = (element: Json, spot: Spot) => Html;

const ELEMENTS: Readonly<Record<string, Element>> = {
  button,
  workflow_button: workflowButton,
  feedback_buttons: feedbackButtons,
  icon_button: iconButton,
  overflow,
  static_select: staticSelect,
  multi_static_select: staticSelect,
  users_select: usersSelect,
  multi_users_select: usersSelect,
  channels_select: channelsSelect,
  multi_channels_select: channelsSelect,
  conversations_select: conversationsSelect,
  multi_conversations_select: conversationsSelect,
  external_select: externalSelect,
  multi_external_select: externalSelect,
  checkboxes,
  radio_buttons: radioButtons,
  datepicker,
  timepicker,
  datetimepicker,
  plain_text_input: plainTextInput,
  email_text_input: emailInput,
  url_text_input: urlInput,
  number_input: numberInput,
  rich_text_input: namedField,
  file_input: namedField,
  image: (element) => imageHtml(element),
  mrkdwn: (element, spot) => textHtml(element, spot.look),
  plain_text: (element, spot) => textHtml(element, spot.look),
};

/** An element of a block, or a text in place of one. One that is not known here is named. */
export function elementHtml(element: unknown, spot: Spot): Html {
  const render = byTypeOf(ELEMENTS, element);
  return render ? render(element as Json, spot) : notShown("element type", element);
}
