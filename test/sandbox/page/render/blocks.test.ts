import { describe, expect, it } from "vitest";
import { blockProblems, type Surface } from "../../../../src/sandbox/fake-slack/validate/blocks.ts";
import { renderBlocks } from "../../../../src/sandbox/page/render/blocks.ts";
import { BLOCKS, block, ELEMENTS, element, plain, textsOf } from "./examples.ts";
import { LOOK } from "./look.ts";
import { readMarkup, seenIn, type Tag } from "./read-markup.ts";

type Attributes = Tag["attributes"];

const NOT_SHOWN = /is not shown here/;
/** What the page names instead of showing it. */
const NAMED = ["external_select", "multi_external_select", "rich_text_input", "file_input"];

const controlsIn = (markup: string): readonly Attributes[] =>
  readMarkup(markup)
    .tags.map(({ attributes }) => attributes)
    .filter((attributes) => attributes["data-kind"] !== undefined);

const only = (markup: string): Attributes => {
  const [control, ...others] = controlsIn(markup);
  if (!control || others.length > 0) throw new Error(`${others.length + 1} controls in ${markup}`);
  return control;
};

const tagsOf = (markup: string, name: string) => readMarkup(markup).tags.filter((tag) => tag.name === name);
const inActions = (type: string, more = {}) =>
  renderBlocks([block("actions", { elements: [element(type, more)] })], LOOK);
const inInput = (type: string, more = {}) => renderBlocks([block("input", { element: element(type), ...more })], LOOK);

// Plain strings: what a person reads is Slack's short form of a template, of an emoji, of a markdown text.
const READS: Readonly<Record<string, string>> = {
  "see {date_num}": "see 2023-11-14",
  "# see heading\n- see item\n\nsee bold [see label](https://m.example)": "see heading",
};

describe("every block of the reference", () => {
  it.each(Object.keys(BLOCKS))("%s shows all of its texts", (type) => {
    const seen = seenIn(renderBlocks([block(type)], LOOK));
    for (const text of textsOf(BLOCKS[type])) expect(seen).toContain(READS[text] ?? text);
    if (type !== "file") expect(seen).not.toMatch(NOT_SHOWN);
  });

  it("is one that the fake takes on some surface, so that the examples stay true", () => {
    const surfaces: readonly Surface[] = ["message", "modal", "home"];
    const refused = Object.keys(BLOCKS).filter((type) =>
      surfaces.every((surface) => blockProblems([block(type)], surface).length > 0),
    );
    // Video needs a scope that the app has not; a file cannot be posted.
    expect(refused).toEqual(["video", "file"]);
  });
});

describe("every element of the reference", () => {
  it.each(Object.keys(ELEMENTS))("%s shows all of its texts", (type) => {
    const seen = seenIn(inActions(type));
    for (const text of textsOf(ELEMENTS[type])) expect(seen).toContain(text);
    if (NAMED.includes(type)) expect(seen).toContain(`element type “${type}” is not shown here`);
    else expect(seen).not.toMatch(NOT_SHOWN);
  });

  it.each(Object.keys(ELEMENTS))("%s can be told apart by the client", (type) => {
    const controls = controlsIn(inActions(type));
    const count = NAMED.includes(type) || type === "workflow_button" ? 0 : type === "feedback_buttons" ? 2 : 1;
    expect(controls).toHaveLength(count);
    for (const control of controls) {
      expect(control).toMatchObject({ "data-action-id": "act", "data-block-id": "blk", "data-element": type });
    }
  });

  it.each(Object.keys(ELEMENTS))("%s cannot be used where nothing can be clicked", (type) => {
    const still = { ...LOOK, interactive: false };
    const { tags } = readMarkup(renderBlocks([block("actions", { elements: [element(type)] })], still));
    const inFieldset = tags.some(({ name, attributes }) => name === "fieldset" && "disabled" in attributes);
    const usable = tags.filter(
      ({ name, attributes }) =>
        ["button", "select", "input", "textarea", "a"].includes(name) && !("disabled" in attributes) && !inFieldset,
    );
    expect(usable).toEqual([]);
  });
});

describe("a control", () => {
  it("carries the value and the words that ask before it is sent", () => {
    const button = only(inActions("button"));
    expect(button).toMatchObject({ "data-kind": "button", "data-value": "v1", class: "b-button b-primary" });
    expect(JSON.parse(button["data-confirm"]!)).toEqual({
      title: "Sure?",
      text: "Really?",
      confirm: "Do it",
      deny: "Stop",
      style: "primary",
    });
  });

  it("opens an address in a tab of its own, and still says what was pressed", () => {
    const markup = inActions("button", { url: "https://a.example/?a=1&b=2", accessibility_label: "Open Acme" });
    expect(tagsOf(markup, "a")).toHaveLength(1);
    expect(only(markup)).toMatchObject({
      href: "https://a.example/?a=1&b=2",
      "data-action-id": "act",
      "aria-label": "Open Acme",
    });
  });

  it("does not open an address of another kind, and says so", () => {
    const markup = inActions("button", { url: "javascript:alert(1)" });
    expect(tagsOf(markup, "a")).toEqual([]);
    expect(seenIn(markup)).toContain("address not opened here: javascript:alert(1)");
  });

  it("offers the options of an overflow menu by their values, links among them", () => {
    const { tags } = readMarkup(inActions("overflow"));
    const options = tags.filter(({ attributes }) => "data-option-value" in attributes);
    expect(options.map(({ name, attributes }) => [name, attributes["data-option-value"], attributes.href])).toEqual([
      ["button", "o1", undefined],
      ["a", "o2", "https://o.example"],
    ]);
  });

  it.each([
    ["static_select", "select", ["g1"]],
    ["multi_static_select", "multi_select", ["m2"]],
    ["users_select", "select", ["U2"]],
    ["multi_users_select", "multi_select", ["U1", "U9"]],
    ["channels_select", "select", ["C1"]],
    ["multi_conversations_select", "multi_select", ["C1", "U1"]],
  ])("has what %s was chosen before", (type, kind, chosen) => {
    const markup = inActions(type);
    expect(only(markup)["data-kind"]).toBe(kind);
    const selected = tagsOf(markup, "option").filter(({ attributes }) => "selected" in attributes);
    expect(selected.map(({ attributes }) => attributes.value)).toEqual(chosen);
  });

  it.each([
    ["checkboxes", "checkboxes", ["b1"]],
    ["radio_buttons", "radio", ["r2"]],
  ])("has ticked what %s was ticked before", (type, kind, ticked) => {
    const markup = inActions(type);
    expect(only(markup)["data-kind"]).toBe(kind);
    const boxes = tagsOf(markup, "input").filter(({ attributes }) => "checked" in attributes);
    expect(boxes.map(({ attributes }) => attributes.value)).toEqual(ticked);
  });

  it.each([
    ["datepicker", "datepicker", "date", "2026-10-03"],
    ["timepicker", "timepicker", "time", "14:05"],
    ["datetimepicker", "datetimepicker", "datetime-local", "2023-11-14T22:13"],
    ["email_text_input", "input", "email", "see@a.example"],
    ["url_text_input", "input", "url", "https://see.example"],
    ["number_input", "input", "number", "7"],
  ])("is, for %s, of the kind that browsers have", (type, kind, native, value) => {
    expect(only(inActions(type))).toMatchObject({ "data-kind": kind, type: native, value });
  });
});

describe("an input block", () => {
  it.each(Object.keys(ELEMENTS).filter((type) => /select$|picker$|_input$/.test(type) && !NAMED.includes(type)))(
    "names its %s by a label",
    (type) => {
      const markup = inInput(type);
      const control = only(markup);
      const [label] = tagsOf(markup, "label");
      expect(label?.attributes.for).toBe(control.id);
      expect(control["aria-label"]).toBeUndefined();
      expect(control).toMatchObject({ "data-input": "", "data-dispatch": "on_enter_pressed" });
    },
  );

  it("names a group of boxes by its legend", () => {
    const markup = inInput("checkboxes");
    expect(tagsOf(markup, "legend")).toHaveLength(1);
    expect(readMarkup(markup).text).toContain("see label (optional)");
  });

  it("asks for an answer unless it is optional, and has a place for what is wrong with it", () => {
    const asked = inInput("plain_text_input", { optional: false });
    expect(only(asked)).toMatchObject({ required: "", "data-required": "", maxlength: "300", minlength: "2" });
    expect("required" in only(inInput("plain_text_input"))).toBe(false);
    const error = readMarkup(asked).tags.find(({ attributes }) => attributes["data-error-for"] === "blk");
    expect(only(asked)["aria-describedby"]?.split(" ")).toContain(error?.attributes.id);
  });

  it("sends while one types when it is told to", () => {
    const typing = { dispatch_action_config: { trigger_actions_on: ["on_character_entered"] } };
    const markup = renderBlocks([block("input", { element: element("plain_text_input", typing) })], LOOK);
    expect(only(markup)["data-dispatch"]).toBe("on_character_entered");
  });
});

describe("what is inside other blocks", () => {
  it("is found under the id of the block around it, or its own where it has one", () => {
    const own = { type: "section", block_id: "own", text: plain("x"), accessory: element("button") };
    const markup = renderBlocks([block("container"), block("container", { child_blocks: [own] })], LOOK);
    expect(controlsIn(markup).map((control) => control["data-block-id"])).toEqual(["blk", "own"]);
  });

  it("has an id of its own on the page", () => {
    const all = Object.keys(ELEMENTS).map((type) => block("actions", { elements: [element(type), element(type)] }));
    const container = block("container", { child_blocks: all });
    const { tags } = readMarkup(renderBlocks([...all, container], LOOK));
    const ids = tags.flatMap(({ attributes }) => attributes.id ?? []);
    expect(ids.length).toBeGreaterThan(80);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => id.startsWith("m1-"))).toBe(true);
  });
});

describe("what is not known here", () => {
  const inner = { type: "type_of_the_future", text: "see inner" };

  it.each([
    ["a block", { ...inner, block_id: "b" }, "block type “type_of_the_future”"],
    ["an element", block("actions", { elements: [inner] }), "element type “type_of_the_future”"],
    ["an accessory", block("section", { accessory: inner }), "element type “type_of_the_future”"],
    ["the element of an input", block("input", { element: inner }), "element type “type_of_the_future”"],
    ["a part of rich text", block("rich_text", { elements: [inner] }), "rich text part “type_of_the_future”"],
    [
      "a leaf of rich text",
      block("rich_text", { elements: [{ type: "rich_text_section", elements: [inner] }] }),
      "rich text part “type_of_the_future”",
    ],
    ["a text", block("header", { text: inner }), "text type “type_of_the_future”"],
    ["a cell", block("table", { rows: [[inner]] }), "table cell “type_of_the_future”"],
    ["a task", block("plan", { tasks: [inner] }), "block type “type_of_the_future”"],
    ["a chart", block("data_visualization", { chart: inner }), "chart “type_of_the_future”"],
    ["a source", block("task_card", { sources: [inner] }), "source “type_of_the_future”"],
    ["a child", block("container", { child_blocks: [inner] }), "block type “type_of_the_future”"],
  ])("is named with all that it says: %s", (_what, value, name) => {
    const seen = seenIn(renderBlocks([value], LOOK));
    expect(seen).toContain(`${name} is not shown here`);
    expect(seen).toContain("see inner");
  });

  it("is named when it is no block at all", () => {
    const seen = seenIn(renderBlocks([7, null, ["see list"], { text: "see typeless" }] as never, LOOK));
    expect(seen.match(/is not shown here/g)).toHaveLength(4);
    expect(seen).toContain("see list");
    expect(seen).toContain("see typeless");
  });

  it("does not take a name that every object has for a type", () => {
    expect(seenIn(renderBlocks([{ type: "toString" }, { type: "__proto__" }], LOOK))).toContain("“toString”");
  });
});

describe("an image", () => {
  it("is named by its description and its host, and never loaded", () => {
    const markup = renderBlocks(
      [block("image"), block("image", { image_url: undefined, slack_file: { id: "F1" } })],
      LOOK,
    );
    expect(markup).not.toMatch(/<img|src=/);
    expect(seenIn(markup)).toContain("see-block.example");
    expect(seenIn(markup)).toContain("Slack file F1");
  });
});
