import {
  anything,
  array,
  boolean,
  byType,
  type Check,
  integer,
  needs,
  number,
  object,
  oneOf,
  type Shape,
  string,
  typed,
} from "./checks.ts";
import { LIMITS } from "./limits.ts";
import { richText } from "./rich-text.ts";
import { anyText, id, imageUrl, plain, url } from "./text.ts";

const style = oneOf("primary", "danger");
const accessibilityLabel = string(1, LIMITS.accessibilityLabel);
const placeholder = plain(LIMITS.placeholder);

const confirm = object({
  required: { text: anyText(LIMITS.confirm.text) },
  optional: {
    title: plain(LIMITS.confirm.title),
    confirm: plain(LIMITS.confirm.confirm),
    deny: plain(LIMITS.confirm.deny),
    style,
  },
});

/** An option; only overflow menus may carry a `url`. */
function option(withUrl: boolean, text: Check = plain(LIMITS.optionText)): Check {
  return object({
    required: { text, value: string(1, LIMITS.optionValue) },
    optional: { description: anyText(LIMITS.optionDescription), ...(withUrl ? { url } : {}) },
  });
}

const boxOption = option(false, anyText(LIMITS.optionText));
const options = array(option(false), 1, LIMITS.selectOptions);
const optionGroups = array(object({ required: { label: plain(LIMITS.optionText), options } }), 1, LIMITS.selectOptions);

/** What every interactive element may have. */
function actionable(type: string, shape: Shape): Check {
  return typed(type, { ...shape, optional: { action_id: id, confirm, ...shape.optional } });
}

function select(type: string, own: Shape): Check {
  const shared = { placeholder, focus_on_load: boolean, response_url_enabled: boolean };
  const limit: Record<string, Check> = type.startsWith("multi_") ? { max_selected_items: integer(1, 1_000) } : {};
  return actionable(type, { ...own, optional: { ...shared, ...limit, ...own.optional } });
}

const staticOptions: Shape = {
  optional: { options, option_groups: optionGroups, initial_option: option(false), initial_options: options },
  also: needs(["options", "option_groups"], true),
};
const filter = object({
  optional: {
    include: array(oneOf("im", "mpim", "private", "public"), 1, 4),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
});
const ids = array(string(1, 30), 0, 1_000);

function selects(prefix: "" | "multi_"): Record<string, Check> {
  const many = prefix === "multi_";
  const initial = (name: string): Record<string, Check> =>
    many ? { [`initial_${name}s`]: ids } : { [`initial_${name}`]: string(1, 30) };
  const external = { min_query_length: integer(0, 100), initial_option: option(false), initial_options: options };
  const shapes: Record<string, Shape> = {
    static_select: staticOptions,
    external_select: { optional: external },
    users_select: { optional: initial("user") },
    conversations_select: {
      optional: { ...initial("conversation"), default_to_current_conversation: boolean, filter },
    },
    channels_select: { optional: initial("channel") },
  };
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [prefix + name, select(prefix + name, shape)]),
  );
}

/** An image, as an element or as the body of an image block. */
export const imageFields = {
  required: { alt_text: string(1, LIMITS.altText) },
  optional: { image_url: imageUrl, slack_file: object({ optional: { id: string(1, 30), url } }) },
  also: needs(["image_url", "slack_file"], true),
} satisfies Shape;

export const image: Check = typed("image", imageFields);

export const button: Check = actionable("button", {
  required: { text: plain(LIMITS.buttonText) },
  optional: {
    value: string(1, LIMITS.buttonValue),
    url,
    style,
    accessibility_label: accessibilityLabel,
  },
});

const dispatch = object({
  optional: { trigger_actions_on: array(oneOf("on_enter_pressed", "on_character_entered"), 1, 2) },
});
const inputText = { placeholder, focus_on_load: boolean, dispatch_action_config: dispatch };

const lengths: Shape["also"] = (value, at, problems) => {
  const { min_length: min, max_length: max } = value;
  if (typeof min === "number" && typeof max === "number" && min > max)
    problems.add(at, "min_length exceeds max_length");
};

const BOXES: Readonly<Record<string, Check>> = {
  checkboxes: actionable("checkboxes", {
    required: { options: array(boxOption, 1, LIMITS.boxOptions) },
    optional: { initial_options: array(boxOption, 1, LIMITS.boxOptions), focus_on_load: boolean },
  }),
  radio_buttons: actionable("radio_buttons", {
    required: { options: array(boxOption, 1, LIMITS.boxOptions) },
    optional: { initial_option: boxOption, focus_on_load: boolean },
  }),
};

const PICKERS: Readonly<Record<string, Check>> = {
  datepicker: actionable("datepicker", {
    optional: { initial_date: string(10, 10), placeholder, focus_on_load: boolean },
  }),
  timepicker: actionable("timepicker", {
    optional: { initial_time: string(5, 5), timezone: string(1, 100), placeholder, focus_on_load: boolean },
  }),
  datetimepicker: actionable("datetimepicker", { optional: { initial_date_time: number, focus_on_load: boolean } }),
};

const INPUTS: Readonly<Record<string, Check>> = {
  plain_text_input: actionable("plain_text_input", {
    optional: {
      ...inputText,
      initial_value: string(0, LIMITS.inputLength),
      multiline: boolean,
      min_length: integer(0, LIMITS.inputLength),
      max_length: integer(1, LIMITS.inputLength),
      min_lines: integer(1, 100),
      max_lines: integer(1, 100),
    },
    also: lengths,
  }),
  email_text_input: actionable("email_text_input", {
    optional: { ...inputText, initial_value: string(0, LIMITS.inputLength) },
  }),
  url_text_input: actionable("url_text_input", {
    optional: { ...inputText, initial_value: string(0, LIMITS.inputLength) },
  }),
  number_input: actionable("number_input", {
    required: { is_decimal_allowed: boolean },
    optional: { ...inputText, initial_value: string(1, 50), min_value: string(1, 50), max_value: string(1, 50) },
  }),
  rich_text_input: actionable("rich_text_input", {
    optional: { ...inputText, initial_value: richText, min_lines: integer(1, 100), max_lines: integer(1, 100) },
  }),
  file_input: actionable("file_input", {
    optional: { filetypes: array(string(1, 20), 1, 100), max_files: integer(1, 10) },
  }),
};

const overflow = actionable("overflow", { required: { options: array(option(true), 1, LIMITS.overflowOptions) } });
const workflowButton = actionable("workflow_button", {
  required: { text: plain(LIMITS.buttonText), workflow: anything },
  optional: { style, accessibility_label: accessibilityLabel },
});

const SELECTS: Readonly<Record<string, Check>> = { ...selects(""), ...selects("multi_") };

export const sectionAccessory: Check = byType({
  button,
  image,
  overflow,
  workflow_button: workflowButton,
  ...SELECTS,
  ...BOXES,
  datepicker: PICKERS.datepicker as Check,
  timepicker: PICKERS.timepicker as Check,
});

export const actionsElement: Check = byType({
  button,
  overflow,
  workflow_button: workflowButton,
  ...SELECTS,
  ...BOXES,
  ...PICKERS,
  rich_text_input: INPUTS.rich_text_input as Check,
});

export const inputElement: Check = byType({ ...SELECTS, ...BOXES, ...PICKERS, ...INPUTS });

const feedbackButton = object({
  required: { text: plain(LIMITS.buttonText), value: string(1, LIMITS.buttonValue) },
  optional: { accessibility_label: accessibilityLabel },
});

export const contextAction: Check = byType({
  feedback_buttons: actionable("feedback_buttons", {
    required: { positive_button: feedbackButton, negative_button: feedbackButton },
  }),
  icon_button: actionable("icon_button", {
    required: { icon: oneOf("trash"), text: plain(LIMITS.buttonText) },
    optional: {
      value: string(1, LIMITS.buttonValue),
      accessibility_label: accessibilityLabel,
      visible_to_user_ids: ids,
    },
  }),
});
