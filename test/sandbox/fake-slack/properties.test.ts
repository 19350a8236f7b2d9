import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { liveContentOf } from "../../../src/sandbox/fake-slack/live-content.ts";
import { messageToText } from "../../../src/sandbox/fake-slack/message-text.ts";
import { interpretMrkdwn } from "../../../src/sandbox/fake-slack/mrkdwn.ts";
import { blockProblems } from "../../../src/sandbox/fake-slack/validate/blocks.ts";
import { viewProblems } from "../../../src/sandbox/fake-slack/validate/views.ts";

const types = [
  "section",
  "actions",
  "context",
  "rich_text",
  "card",
  "container",
  "table",
  "input",
  "header",
  "markdown",
  "plan",
];
const names = [
  "type",
  "text",
  "elements",
  "accessory",
  "rows",
  "title",
  "child_blocks",
  "element",
  "options",
  "fields",
  "toString",
];

/** JSON that looks like blocks now and then. */
const blockish = fc
  .letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.jsonValue({ maxDepth: 1 }),
      fc.constantFrom(...types),
      fc.array(tie("value"), { maxLength: 3 }),
      tie("object"),
    ),
    object: fc.dictionary(fc.constantFrom(...names), tie("value"), { maxKeys: 4 }),
  }))
  .value.map((value) => JSON.parse(JSON.stringify(value)));

const markup = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "*",
        "_",
        "~",
        "`",
        "```",
        "<",
        ">",
        "|",
        "!here",
        "@here",
        "#a",
        "@U1",
        "https://a.example",
        "\n",
        " ",
        ":a:",
      ),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(""));

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

describe("whatever is sent", () => {
  it("is judged, not choked on", () => {
    fc.assert(
      fc.property(fc.array(blockish, { maxLength: 3 }), (blocks) => {
        expect(Array.isArray(blockProblems(blocks, "message"))).toBe(true);
        expect(Array.isArray(viewProblems({ type: "modal", blocks }, "modal"))).toBe(true);
      }),
    );
  });

  it("can be read as text and searched for what is live", () => {
    fc.assert(
      fc.property(fc.array(blockish, { maxLength: 3 }), (blocks) => {
        expect(typeof messageToText({ text: "x", blocks })).toBe("string");
        expect(Array.isArray(liveContentOf({ text: "x", blocks }).links)).toBe(true);
      }),
    );
  });

  it("is dead once it is escaped and verbatim, whatever it was", () => {
    fc.assert(
      fc.property(markup, (text) => {
        const block = { type: "section", text: { type: "mrkdwn", text: escaped(text), verbatim: true } };
        expect(liveContentOf({ blocks: [block] })).toEqual({ mentions: [], links: [] });
      }),
    );
  });

  it("never hides a mention that stands in angle brackets, whatever is around it", () => {
    fc.assert(
      fc.property(markup, markup, (before, after) => {
        const text = `${escaped(before)}<!here>${escaped(after)}`;
        const found = interpretMrkdwn(text, { verbatim: true });
        expect(found.some((span) => span.kind === "broadcast")).toBe(true);
      }),
    );
  });
});
