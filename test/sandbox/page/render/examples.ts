import type { Json } from "../../../../src/sandbox/fake-slack/model.ts";

/*
 * One of every block and every element of the reference (slack-platform 2.2 and 2.3). Every text that a person must find
 * again begins with "see", and no two are alike.
 */

export const plain = (text: string): Json => ({ type: "plain_text", text });
export const mrkdwn = (text: string): Json => ({ type: "mrkdwn", text, verbatim: true });
const option = (text: string, value: string): Json => ({ text: plain(text), value, description: plain(`${text} why`) });
const richSection = (text: string): Json => ({ type: "rich_text_section", elements: [{ type: "text", text }] });
const rich = (text: string): Json => ({ type: "rich_text", elements: [richSection(text)] });
const image = (name: string): Json => ({
  type: "image",
  image_url: `https://see-${name}.example/a.png`,
  alt_text: `see alt ${name}`,
});
const confirm: Json = {
  title: plain("Sure?"),
  text: mrkdwn("*Really*?"),
  confirm: plain("Do it"),
  deny: plain("Stop"),
};

/** Elements that stand in `actions`, in sections and in inputs; by type. */
export const ELEMENTS: Readonly<Record<string, Json>> = {
  button: { text: plain("see button"), value: "v1", style: "primary", confirm },
  workflow_button: {
    text: plain("see workflow button"),
    workflow: { trigger: { url: "https://slack.com/see-trigger" } },
  },
  overflow: {
    options: [option("see overflow option", "o1"), { ...option("see overflow link", "o2"), url: "https://o.example" }],
  },
  static_select: {
    placeholder: plain("see static placeholder"),
    option_groups: [{ label: plain("see group"), options: [option("see grouped option", "g1")] }],
    initial_option: option("see grouped option", "g1"),
  },
  multi_static_select: {
    placeholder: plain("see multi placeholder"),
    options: [option("see multi one", "m1"), option("see multi two", "m2")],
    initial_options: [option("see multi two", "m2")],
    max_selected_items: 2,
  },
  users_select: { placeholder: plain("see users"), initial_user: "U2" },
  multi_users_select: { placeholder: plain("see many users"), initial_users: ["U1", "U9"] },
  channels_select: { placeholder: plain("see channels"), initial_channel: "C1" },
  multi_channels_select: { placeholder: plain("see many channels"), initial_channels: ["C1"] },
  conversations_select: { placeholder: plain("see conversations"), default_to_current_conversation: true },
  multi_conversations_select: { placeholder: plain("see many conversations"), initial_conversations: ["U1", "C1"] },
  external_select: { placeholder: plain("see external"), initial_option: option("see external choice", "e1") },
  multi_external_select: { placeholder: plain("see many external"), initial_options: [option("see chosen", "e2")] },
  checkboxes: {
    options: [option("see box one", "b1"), { text: mrkdwn("see *box two*"), value: "b2" }],
    initial_options: [option("see box one", "b1")],
  },
  radio_buttons: {
    options: [option("see radio one", "r1"), option("see radio two", "r2")],
    initial_option: option("see radio two", "r2"),
  },
  datepicker: { placeholder: plain("see a day"), initial_date: "2026-10-03" },
  timepicker: { placeholder: plain("see a time"), initial_time: "14:05", timezone: "Europe/Berlin" },
  datetimepicker: { initial_date_time: 1_700_000_000 },
  plain_text_input: {
    placeholder: plain("see text placeholder"),
    initial_value: "see text\nof two lines",
    multiline: true,
    min_length: 2,
    max_length: 300,
  },
  email_text_input: { placeholder: plain("see mail placeholder"), initial_value: "see@a.example" },
  url_text_input: { placeholder: plain("see url placeholder"), initial_value: "https://see.example" },
  number_input: {
    is_decimal_allowed: false,
    placeholder: plain("see number placeholder"),
    initial_value: "7",
    min_value: "1",
    max_value: "9",
  },
  rich_text_input: { placeholder: plain("see rich placeholder"), initial_value: rich("see rich initial value") },
  file_input: { filetypes: ["csv"], max_files: 1 },
  feedback_buttons: {
    positive_button: { text: plain("see good"), value: "good" },
    negative_button: { text: plain("see bad"), value: "bad", accessibility_label: "see bad aloud" },
  },
  icon_button: { icon: "trash", text: plain("see remove"), value: "gone" },
};

/** An element of a type, with the action id `act`. */
export function element(type: string, more: Json = {}): Json {
  return { type, action_id: "act", ...ELEMENTS[type], ...more };
}

const leaves: readonly Json[] = [
  {
    type: "text",
    text: "see leaf",
    style: { bold: true, italic: true, strike: true, underline: true, highlight: true },
  },
  { type: "text", text: "see code leaf", style: { code: true } },
  { type: "link", url: "https://l.example", text: "see link leaf" },
  { type: "user", user_id: "U1" },
  { type: "channel", channel_id: "C1" },
  { type: "usergroup", usergroup_id: "S1" },
  { type: "team", team_id: "T1" },
  { type: "broadcast", range: "channel" },
  { type: "emoji", name: "wave", skin_tone: 3 },
  { type: "emoji", name: "see_custom" },
  { type: "color", value: "#ff8800" },
  { type: "date", timestamp: 1_700_000_000, format: "see {date_num}", fallback: "then" },
];

const cell = (text: string): Json => ({ type: "raw_text", text });

/** Blocks by type. */
export const BLOCKS: Readonly<Record<string, Json>> = {
  header: { text: plain("see header"), level: 2 },
  section: {
    text: mrkdwn("see *section*"),
    fields: [mrkdwn("see field"), plain("see plain field")],
    accessory: element("button"),
    expand: true,
  },
  context: { elements: [mrkdwn("see context"), plain("see plain context"), image("context")] },
  actions: { elements: [element("button")] },
  divider: {},
  image: { ...image("block"), title: plain("see image title") },
  rich_text: {
    elements: [
      { type: "rich_text_section", elements: leaves },
      { type: "rich_text_list", style: "bullet", elements: [richSection("see bullet")] },
      {
        type: "rich_text_list",
        style: "ordered",
        indent: 1,
        offset: 2,
        border: 1,
        elements: [richSection("see third")],
      },
      { type: "rich_text_quote", elements: [{ type: "text", text: "see quote" }] },
      { type: "rich_text_preformatted", border: 1, elements: [{ type: "text", text: "see preformatted" }] },
    ],
  },
  markdown: { text: "# see heading\n- see item\n\n**see bold** [see label](https://m.example)" },
  input: {
    label: plain("see label"),
    hint: plain("see hint"),
    optional: true,
    dispatch_action: true,
    element: element("plain_text_input"),
  },
  table: {
    rows: [
      [cell("see head"), cell("see other head")],
      [{ type: "raw_number", value: 12.5, text: "see 12.5" }, rich("see rich cell")],
    ],
    column_settings: [{ align: "right" }, null],
  },
  data_table: {
    caption: "see caption",
    page_size: 1,
    row_header_column_index: 0,
    rows: [[cell("see column")], [cell("see row one")], [cell("see row two")]],
  },
  data_visualization: {
    title: "see chart",
    chart: {
      type: "bar",
      series: [{ name: "see series", data: [{ label: "see label", value: 3 }] }],
      axis_config: { categories: ["see label"], x_label: "see x", y_label: "see y" },
    },
  },
  context_actions: { elements: [element("feedback_buttons"), element("icon_button", { action_id: "remove" })] },
  card: {
    hero_image: image("hero"),
    slack_icon: { type: "icon", name: "see-icon" },
    title: mrkdwn("see card title"),
    subtitle: plain("see card subtitle"),
    body: mrkdwn("see card body"),
    subtext: mrkdwn("see card subtext"),
    actions: [element("button")],
  },
  carousel: {
    elements: [
      { type: "card", title: plain("see first card") },
      { type: "card", title: plain("see last card") },
    ],
  },
  container: {
    title: plain("see container"),
    subtitle: plain("see container subtitle"),
    icon: image("container"),
    is_collapsible: true,
    default_collapsed: true,
    has_header_divider: true,
    width: "wide",
    child_blocks: [{ type: "section", text: mrkdwn("see child"), accessory: element("button") }],
  },
  alert: { text: mrkdwn("see alert"), level: "warning" },
  plan: {
    title: "see plan",
    tasks: [{ type: "task_card", task_id: "t1", title: "see pending task", status: "pending" }],
  },
  task_card: {
    task_id: "t2",
    title: "see task",
    status: "in_progress",
    details: rich("see details"),
    output: rich("see output"),
    sources: [{ type: "url", url: "https://s.example", text: "see source" }],
  },
  video: {
    title: plain("see video"),
    title_url: "https://v.example",
    video_url: "https://see-video.example/embed",
    thumbnail_url: "https://t.example/t.png",
    alt_text: "see video alt",
    author_name: "see author",
    provider_name: "see provider",
    description: plain("see video description"),
  },
  file: { external_id: "see-file-id", source: "remote" },
};

/** A block of a type, with the id `blk`. */
export function block(type: string, more: Json = {}): Json {
  return { type, block_id: "blk", ...BLOCKS[type], ...more };
}

/** Every text of a value that is to be found again. */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return value.startsWith("see") ? [value.replace(/[*]/g, "")] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
