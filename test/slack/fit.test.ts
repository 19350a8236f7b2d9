import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { actions, button, context, fields, header, section, withAccessory } from "../../src/slack/blocks.ts";
import { fitMessage, toPlainMessage } from "../../src/slack/fit.ts";
import { checkMessage } from "./support/check-message.ts";
import { controlsIn } from "./support/controls-in.ts";
import { hostileText } from "./support/hostile.ts";

const divider = () => ({ type: "divider" });
const raw = (text: string) => ({ type: "mrkdwn", text, verbatim: true });

describe("the guard", () => {
  test("leaves a message within the limits as it is", () => {
    const message = {
      text: "Hi",
      blocks: [section("*Hi*"), divider()],
      metadata: { event_type: "x", event_payload: {} },
    };
    expect(fitMessage(message)).toEqual(message);
  });

  test("keeps a message to 50 blocks and says that the rest is missing", () => {
    const { blocks } = fitMessage({ text: "Hi", blocks: Array.from({ length: 60 }, () => divider()) });
    expect(blocks).toHaveLength(50);
    expect(JSON.stringify(blocks.at(-1))).toContain("the rest did not fit");
  });

  test("keeps a message to 11,000 characters of blocks", () => {
    const message = fitMessage({ text: "Hi", blocks: Array.from({ length: 8 }, () => section("x".repeat(2900))) });
    checkMessage(message);
    expect(message.blocks.length).toBe(4);
  });

  test("keeps a section to 3,000, a header to 150, ten fields of 2,000 and ten context elements", () => {
    const blocks = [
      { type: "section", text: raw("x".repeat(4000)) },
      { type: "header", text: { type: "plain_text", text: "y".repeat(200), emoji: false } },
      { type: "section", fields: Array.from({ length: 12 }, () => raw("z")) },
      { type: "context", elements: Array.from({ length: 12 }, () => raw("c")) },
    ];
    checkMessage(fitMessage({ text: "Hi", blocks }));
  });

  test("drops what Slack would refuse as empty", () => {
    const blocks = [{ type: "section", text: raw(" ") }, { type: "context", elements: [] }, section("kept")];
    expect(fitMessage({ text: "Hi", blocks }).blocks).toEqual([section("kept")]);
  });

  test("keeps the text to 3,900 and never empty", () => {
    expect(fitMessage({ text: "x".repeat(5000), blocks: [] }).text).toMatch(/^x+…$/);
    expect(fitMessage({ text: "x".repeat(5000), blocks: [] }).text).toHaveLength(3900);
    expect(fitMessage({ text: " ", blocks: [] }).text).not.toBe("");
  });

  test("keeps 25 buttons of 75 characters, and drops one whose value or address would have to be cut", () => {
    const buttons = Array.from({ length: 27 }, (_, i) => button("x".repeat(80), `a${i}`));
    const broken = [button("b", "value", { value: "v".repeat(2001) }), button("", "empty"), button("c", "kept")];
    const labelled = { ...button("d", "label"), accessibility_label: "l".repeat(90) };
    const message = fitMessage({
      text: "Hi",
      blocks: [
        { ...actions("one", []), elements: buttons },
        { ...actions("two", []), elements: [...broken, labelled] },
        actions("three", []),
        withAccessory(section("x".repeat(3100)), "four", button("More", "more")),
      ],
    });
    checkMessage(message);
    const found = controlsIn(message);
    expect(found.map((each) => each.block)).toEqual(["one", "two", "four"]);
    expect(found[0]?.buttons).toEqual(Array.from({ length: 25 }, () => `${"x".repeat(74)}…`));
    expect(found[1]?.actions).toEqual(["kept", "label"]);
    expect(found[1]?.labels[1]).toHaveLength(75);
  });

  const candidate = (name: string, length: number) => [
    section(`${name} ${"x".repeat(length)}`),
    actions(name, [button("Accept", "accept")]),
  ];

  test("cuts a candidate with its buttons, or not at all", () => {
    const { blocks } = fitMessage({ text: "Hi", blocks: ["a", "b", "c", "d", "e"].flatMap((n) => candidate(n, 2400)) });
    expect(blocks).toHaveLength(9);
    expect(blocks.slice(0, 8)).toEqual(["a", "b", "c", "d"].flatMap((n) => candidate(n, 2400)));
    expect(JSON.stringify(blocks[8])).toContain("the rest did not fit");
  });

  test("cuts the evidence of a single candidate, and keeps its buttons", () => {
    const evidence = Array.from({ length: 6 }, () => section("x".repeat(2400)));
    const message = fitMessage({ text: "Hi", blocks: [context("note"), ...evidence, ...candidate("a", 10)] });
    checkMessage(message);
    expect(message.blocks).toHaveLength(7);
    expect(controlsIn(message)).toMatchObject([{ block: "a" }]);
  });

  test("does not leave the buttons of what was dropped below somebody else", () => {
    const orphan = [{ type: "section", text: raw(" ") }, actions("b", [button("Accept", "accept")])];
    expect(fitMessage({ text: "Hi", blocks: [...candidate("a", 10), ...orphan] }).blocks).toEqual(candidate("a", 10));
  });

  test("makes any message of ours valid", () => {
    const block = fc.oneof(
      hostileText.map((text) => ({ type: "section", text: raw(text) })),
      fc.array(hostileText, { maxLength: 20 }).map((texts) => ({ type: "section", fields: texts.map(raw) })),
      fc.array(hostileText, { maxLength: 20 }).map((texts) => ({ type: "context", elements: texts.map(raw) })),
      hostileText.map(header),
      hostileText.map(section),
      hostileText.map(context),
      fc.array(hostileText, { minLength: 1 }).map(fields),
      hostileText.map((text) => actions("", [button(text, "a", { value: text })])),
      hostileText.map((text) => withAccessory(section(text), "", button(text, "a"))),
    );
    fc.assert(
      fc.property(hostileText, fc.array(block, { maxLength: 70 }), (text, wanted) => {
        const blocks = wanted.map((each, i) => ("block_id" in each ? { ...each, block_id: `d-${i}` } : each));
        const message = fitMessage({ text, blocks });
        // Live content is the renderers' duty; here only the form counts.
        expect(() => checkMessage({ ...message, text: "x", blocks: inert(message.blocks) })).not.toThrow();
        expect(message.text.length).toBeLessThanOrEqual(3900);
      }),
      { numRuns: 60 },
    );
  });
});

test("a plain message keeps text and metadata alone", () => {
  const metadata = { event_type: "findall_card", event_payload: { id: "d-1" } };
  expect(toPlainMessage({ text: "Hi", blocks: [section("Hi")], metadata })).toEqual({
    text: "Hi",
    blocks: [],
    metadata,
  });
});

function inert(blocks: readonly object[]): readonly object[] {
  return JSON.parse(JSON.stringify(blocks).replace(/[<@#]|:\/\/|www\.|mailto:/g, (part) => "x".repeat(part.length)));
}
