import { describe, expect, it } from "vitest";
import { blockProblems } from "../../../src/sandbox/fake-slack/validate/blocks.ts";
import { viewProblems } from "../../../src/sandbox/fake-slack/validate/views.ts";

const x = (length: number) => "x".repeat(length);
const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const section = (text: string) => ({ type: "section", text: mrkdwn(text) });
const button = (more: object = {}) => ({ type: "button", text: plain("Go"), action_id: "go", ...more });
const actions = (...elements: object[]) => ({ type: "actions", elements });
const option = (n: number | string, more: object = {}) => ({ text: plain(`o${n}`), value: `v${n}`, ...more });
const options = (count: number) => Array.from({ length: count }, (_each, n) => option(n));
const select = (more: object = {}) => ({ type: "static_select", action_id: "s", options: options(2), ...more });
const rich = (...elements: object[]) => ({ type: "rich_text", elements });
const richSection = (...elements: object[]) => ({ type: "rich_text_section", elements });
const text = (value: string, more: object = {}) => ({ type: "text", text: value, ...more });
const image = (more: object = {}) => ({
  type: "image",
  alt_text: "logo",
  image_url: "https://a.example/x.png",
  ...more,
});
const raw = (value: string) => ({ type: "raw_text", text: value });
const many = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);

type Row = readonly [string, object | readonly object[], string | null];

/** Name, block or blocks, and the JSON pointer of the one problem, or null when Slack would take it. */
const MESSAGE_ROWS: readonly Row[] = [
  ["50 blocks", many(50, { type: "divider" }), null],
  ["51 blocks", many(51, { type: "divider" }), "/blocks"],
  ["a block of unknown type", { type: "sektion" }, "/blocks/0/type"],
  ["a type that objects have by nature", { type: "constructor" }, "/blocks/0/type"],
  ["an alert, which is for modals", { type: "alert", text: mrkdwn("x") }, "/blocks/0/type"],
  ["a file, which is read only", { type: "file", external_id: "x", source: "remote" }, "/blocks/0/type"],
  ["a misspelt property", { ...section("x"), acessory: button() }, "/blocks/0"],
  ["a text of 3000", section(x(3000)), null],
  ["a text of 3001", section(x(3001)), "/blocks/0/text/text"],
  ["an empty text", section(""), "/blocks/0/text/text"],
  ["half an emoji", section("a\ud83d"), "/blocks/0/text/text"],
  ["a whole emoji", section("a😀"), null],
  ["a section with nothing", { type: "section" }, "/blocks/0"],
  ["ten fields of 2000", { type: "section", fields: many(10, mrkdwn(x(2000))) }, null],
  ["eleven fields", { type: "section", fields: many(11, mrkdwn("x")) }, "/blocks/0/fields"],
  ["a field of 2001", { type: "section", fields: [mrkdwn(x(2001))] }, "/blocks/0/fields/0/text"],
  ["emoji on mrkdwn", { type: "section", text: { ...mrkdwn("x"), emoji: true } }, "/blocks/0/text"],
  ["verbatim on mrkdwn", { type: "section", text: { ...mrkdwn("x"), verbatim: true } }, null],
  ["verbatim on plain text", { type: "section", text: { ...plain("x"), verbatim: true } }, "/blocks/0/text"],
  ["a header of 150", { type: "header", text: plain(x(150)) }, null],
  ["a header of 151", { type: "header", text: plain(x(151)) }, "/blocks/0/text/text"],
  ["a header in mrkdwn", { type: "header", text: mrkdwn("x") }, "/blocks/0/text/type"],
  ["ten context elements", { type: "context", elements: many(10, mrkdwn("x")) }, null],
  ["eleven context elements", { type: "context", elements: many(11, mrkdwn("x")) }, "/blocks/0/elements"],
  ["no context elements", { type: "context", elements: [] }, "/blocks/0/elements"],
  ["a button among context", { type: "context", elements: [button()] }, "/blocks/0/elements/0/type"],
  ["25 buttons", actions(...Array.from({ length: 25 }, (_e, n) => button({ action_id: `a${n}` }))), null],
  [
    "26 buttons",
    actions(...Array.from({ length: 26 }, (_e, n) => button({ action_id: `a${n}` }))),
    "/blocks/0/elements",
  ],
  ["a button text of 76", actions(button({ text: plain(x(76)) })), "/blocks/0/elements/0/text/text"],
  ["a button value of 2000", actions(button({ value: x(2000) })), null],
  ["a button value of 2001", actions(button({ value: x(2001) })), "/blocks/0/elements/0/value"],
  ["a button value that is a number", actions(button({ value: 7 })), "/blocks/0/elements/0/value"],
  ["a button url of 3001", actions(button({ url: `https://a.example/${x(2983)}` })), "/blocks/0/elements/0/url"],
  ["a button url without scheme", actions(button({ url: "a.example" })), "/blocks/0/elements/0/url"],
  ["a javascript url", actions(button({ url: "javascript:alert(1)" })), "/blocks/0/elements/0/url"],
  ["a style of its own", actions(button({ style: "default" })), "/blocks/0/elements/0/style"],
  [
    "an accessibility label of 76",
    actions(button({ accessibility_label: x(76) })),
    "/blocks/0/elements/0/accessibility_label",
  ],
  ["an action id of 255", actions(button({ action_id: x(255) })), null],
  ["an action id of 256", actions(button({ action_id: x(256) })), "/blocks/0/elements/0/action_id"],
  ["an action id twice in a block", actions(button(), button()), "/blocks/0"],
  ["an action id twice in different blocks", [actions(button()), actions(button())], null],
  ["a block id of 256", { ...section("x"), block_id: x(256) }, "/blocks/0/block_id"],
  ["a block id twice", many(2, { ...section("x"), block_id: "b" }), "/blocks/1/block_id"],
  [
    "a confirm title of 101",
    actions(button({ confirm: { title: plain(x(101)), text: plain("sure?") } })),
    "/blocks/0/elements/0/confirm/title/text",
  ],
  ["an image", image(), null],
  ["an image without alt text", { type: "image", image_url: "https://a.example/x.png" }, "/blocks/0"],
  ["an image without address", { type: "image", alt_text: "x" }, "/blocks/0"],
  ["an image with two addresses", image({ slack_file: { id: "F1" } }), "/blocks/0"],
  ["an alt text of 2001", image({ alt_text: x(2001) }), "/blocks/0/alt_text"],
  ["an overflow with 5 options", actions({ type: "overflow", options: options(5) }), null],
  ["an overflow with 6 options", actions({ type: "overflow", options: options(6) }), "/blocks/0/elements/0/options"],
  [
    "an overflow option with a url",
    actions({ type: "overflow", options: [option(1, { url: "https://a.example" })] }),
    null,
  ],
  [
    "a select option with a url",
    actions(select({ options: [option(1, { url: "https://a.example" })] })),
    "/blocks/0/elements/0/options/0",
  ],
  ["a select with 100 options", actions(select({ options: options(100) })), null],
  ["a select with 101 options", actions(select({ options: options(101) })), "/blocks/0/elements/0/options"],
  [
    "a select with options and groups",
    actions(select({ option_groups: [{ label: plain("g"), options: options(1) }] })),
    "/blocks/0/elements/0",
  ],
  [
    "an option value of 151",
    actions(select({ options: [option(1, { value: x(151) })] })),
    "/blocks/0/elements/0/options/0/value",
  ],
  [
    "an option text of 76",
    actions(select({ options: [option(1, { text: plain(x(76)) })] })),
    "/blocks/0/elements/0/options/0/text/text",
  ],
  ["a placeholder of 151", actions(select({ placeholder: plain(x(151)) })), "/blocks/0/elements/0/placeholder/text"],
  ["eleven radio buttons", actions({ type: "radio_buttons", options: options(11) }), "/blocks/0/elements/0/options"],
  ["a text input among actions", actions({ type: "plain_text_input" }), "/blocks/0/elements/0/type"],
  ["an input in a message", { type: "input", label: plain("Note"), element: { type: "plain_text_input" } }, null],
  [
    "an input label in mrkdwn",
    { type: "input", label: mrkdwn("Note"), element: { type: "plain_text_input" } },
    "/blocks/0/label/type",
  ],
  [
    "rich text",
    rich(richSection(text("a", { style: { bold: true } }), { type: "link", url: "https://a.example" })),
    null,
  ],
  ["rich text with an empty leaf", rich(richSection(text(""))), "/blocks/0/elements/0/elements/0/text"],
  ["rich text without a section", rich(text("x")), "/blocks/0/elements/0/type"],
  [
    "rich text with an unknown leaf",
    rich(richSection({ type: "mrkdwn", text: "x" })),
    "/blocks/0/elements/0/elements/0/type",
  ],
  [
    "rich text with an unknown style",
    rich(richSection(text("x", { style: { loud: true } }))),
    "/blocks/0/elements/0/elements/0/style",
  ],
  [
    "a rich list",
    rich({ type: "rich_text_list", style: "bullet", indent: 1, elements: [richSection(text("x"))] }),
    null,
  ],
  [
    "a rich list of leaves",
    rich({ type: "rich_text_list", style: "bullet", elements: [text("x")] }),
    "/blocks/0/elements/0/elements/0/type",
  ],
  [
    "a mention in preformatted",
    rich({ type: "rich_text_preformatted", elements: [{ type: "user", user_id: "U1" }] }),
    "/blocks/0/elements/0/elements/0/type",
  ],
  ["markdown of 12,000", { type: "markdown", text: x(12_000) }, null],
  [
    "markdown of 12,001 in two blocks",
    [
      { type: "markdown", text: x(12_000) },
      { type: "markdown", text: "x" },
    ],
    "/blocks",
  ],
  [
    "a table",
    {
      type: "table",
      rows: [[raw("a"), { type: "raw_number", value: 1, text: "1" }]],
      column_settings: [null, { align: "right" }],
    },
    null,
  ],
  ["two tables", many(2, { type: "table", rows: [[raw("a")]] }), "/blocks"],
  ["a table of 101 rows", { type: "table", rows: many(101, [raw("a")]) }, "/blocks/0/rows"],
  [
    "a data table with uneven rows",
    { type: "data_table", caption: "c", rows: [[raw("a")], [raw("a"), raw("b")]] },
    "/blocks/0/rows",
  ],
  ["a data table without caption", { type: "data_table", rows: many(2, [raw("a")]) }, "/blocks/0"],
  [
    "three charts",
    many(3, { type: "data_visualization", title: "t", chart: { type: "pie", segments: [{ label: "a", value: 1 }] } }),
    "/blocks",
  ],
  [
    "a pie with an empty segment",
    { type: "data_visualization", title: "t", chart: { type: "pie", segments: [{ label: "a", value: 0 }] } },
    "/blocks/0/chart/segments/0/value",
  ],
  ["a card", { type: "card", title: mrkdwn("t"), body: mrkdwn(x(200)), actions: [button()] }, null],
  ["a card body of 201", { type: "card", body: mrkdwn(x(201)) }, "/blocks/0/body/text"],
  ["a card with nothing", { type: "card" }, "/blocks/0"],
  ["a card title as a bare string", { type: "card", title: "t" }, "/blocks/0/title"],
  [
    "a carousel of 11",
    { type: "carousel", elements: many(11, { type: "card", title: mrkdwn("t") }) },
    "/blocks/0/elements",
  ],
  ["a container", { type: "container", title: plain("t"), child_blocks: [section("x")], is_collapsible: true }, null],
  [
    "a container with 11 children",
    { type: "container", title: plain("t"), child_blocks: many(11, section("x")) },
    "/blocks/0/child_blocks",
  ],
  [
    "a container in a container",
    { type: "container", title: plain("t"), child_blocks: [{ type: "container" }] },
    "/blocks/0/child_blocks/0/type",
  ],
  [
    "a plan with a pending task",
    { type: "plan", title: "p", tasks: [{ type: "task_card", task_id: "1", title: "t", status: "pending" }] },
    null,
  ],
  ["a plan title as an object", { type: "plan", title: plain("p") }, "/blocks/0/title"],
  ["a pending task by itself", { type: "task_card", task_id: "1", title: "t", status: "pending" }, "/blocks/0/status"],
  ["a list that holds no objects", [null as unknown as object], "/blocks/0"],
];

const modal = (more: object = {}) => ({ type: "modal", title: plain("Note"), blocks: [section("x")], ...more });
const input = {
  type: "input",
  block_id: "i",
  label: plain("Note"),
  element: { type: "plain_text_input", action_id: "n" },
};

const VIEW_ROWS: readonly (readonly [string, object, string | null])[] = [
  ["a modal", modal(), null],
  ["a title of 25", modal({ title: plain(x(25)) }), "/view/title/text"],
  ["a submit of 25", modal({ submit: plain(x(25)) }), "/view/submit/text"],
  ["private metadata of 3001", modal({ private_metadata: x(3001) }), "/view/private_metadata"],
  ["a callback id of 256", modal({ callback_id: x(256) }), "/view/callback_id"],
  ["100 blocks", modal({ blocks: many(100, { type: "divider" }) }), null],
  ["101 blocks", modal({ blocks: many(101, { type: "divider" }) }), "/view/blocks"],
  ["an input without submit", modal({ blocks: [input] }), "/view/submit"],
  ["an input with submit", modal({ blocks: [input], submit: plain("Save") }), null],
  ["an alert", modal({ blocks: [{ type: "alert", text: mrkdwn("x"), level: "warning" }] }), null],
  ["markdown, which is for messages", modal({ blocks: [{ type: "markdown", text: "x" }] }), "/view/blocks/0/type"],
  ["a misspelt property", modal({ notify_on_closed: true }), "/view"],
];

function pointers(problems: readonly string[]): (string | undefined)[] {
  return problems.map((problem) => /\[json-pointer:(.*)\]$/.exec(problem)?.[1]);
}

describe("block validation", () => {
  it.each(MESSAGE_ROWS)("judges %s as Slack does in a message", (_name, blocks, pointer) => {
    const found = pointers(blockProblems(Array.isArray(blocks) ? blocks : [blocks], "message"));
    expect(found).toEqual(pointer === null ? [] : [pointer]);
  });

  it.each(VIEW_ROWS)("judges %s as Slack does in a view", (_name, view, pointer) => {
    expect(pointers(viewProblems(view, "modal"))).toEqual(pointer === null ? [] : [pointer]);
  });

  it("allows tables at home but no alert", () => {
    expect(viewProblems({ type: "home", blocks: [{ type: "table", rows: [[raw("a")]] }] }, "home")).toEqual([]);
    expect(viewProblems({ type: "home", blocks: [{ type: "alert", text: mrkdwn("x") }] }, "home")).toHaveLength(1);
    expect(viewProblems(modal(), "home").length).toBeGreaterThan(0);
  });
});
