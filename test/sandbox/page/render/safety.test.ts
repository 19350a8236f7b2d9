import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../../../src/sandbox/fake-slack/model.ts";
import { renderBlocks } from "../../../../src/sandbox/page/render/blocks.ts";
import { escapeHtml } from "../../../../src/sandbox/page/render/html.ts";
import { renderMrkdwn, renderPlain } from "../../../../src/sandbox/page/render/mrkdwn.ts";
import { BLOCKS, block, ELEMENTS, element } from "./examples.ts";
import { LOOK } from "./look.ts";
import { readMarkup } from "./read-markup.ts";

const FRAGMENTS = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  '" onmouseover="alert(1)',
  "' onfocus='alert(1)' autofocus='",
  "javascript:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,<script>",
  'https://a.example/"onclick="x',
  '<https://a.example/\'|"b">',
  "<javascript:alert(1)|b>",
  "<mailto:a@b.example|c>",
  "<!date^1700000000^{date}^javascript:alert(1)|x>",
  '<!date^1700000000^"><b>{time}|y>',
  "<!subteam^S1|<b>>",
  '<@U1|"x">',
  "</code></pre></details></textarea></option></select>",
  "<!--",
  "-->",
  "]]>",
  "&lt;script&gt;",
  "&#60;b&#62;",
  "[a](javascript:alert(1))",
  '![a](https://a.example/"x)',
  "```",
  "`",
  "*",
  "_",
  "~",
  ">",
  "\n> ",
  "|",
  ":tada:",
  "\u0000",
  "\ud800",
  "\u2028",
  "\n",
  " ",
];

const foreign = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...FRAGMENTS) },
      { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 8 }) },
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(""));

const everything: readonly Json[] = [
  ...Object.keys(BLOCKS).map((type) => block(type)),
  ...Object.keys(ELEMENTS).flatMap((type) => [
    block("actions", { elements: [element(type)] }),
    block("input", { element: element(type) }),
    block("section", { accessory: element(type) }),
  ]),
];

/** A value with its texts, or all but the types of things, put in place by foreign ones. */
function spoilt(value: unknown, text: string, name = ""): unknown {
  if (typeof value === "string") return name === "type" ? value : text;
  if (Array.isArray(value)) return value.map((each) => spoilt(each, text, name));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, spoilt(each, text, key)]));
}

/** Any JSON in the place of any field. */
const anything = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);

function broken(value: Json, field: number, other: unknown): Json {
  const names = Object.keys(value).filter((name) => name !== "type");
  const name = names[field % Math.max(1, names.length)];
  return name === undefined ? value : { ...value, [name]: other };
}

describe("whatever a text says", () => {
  it("never becomes markup in mrkdwn or in plain text", () => {
    fc.assert(
      fc.property(foreign, fc.boolean(), (text, verbatim) => {
        readMarkup(renderMrkdwn(text, LOOK, { verbatim }));
        readMarkup(renderPlain(text, { emoji: verbatim }));
        expect(readMarkup(escapeHtml(text)).text).toBe(text);
      }),
      { numRuns: 400 },
    );
  });

  it("never becomes markup in any place of any block, where nothing can be clicked either", () => {
    fc.assert(
      fc.property(foreign, fc.constantFrom(...everything), fc.boolean(), (text, value, interactive) => {
        const look = { ...LOOK, interactive, nameOf: () => text, idPrefix: text };
        readMarkup(renderBlocks([spoilt(value, text) as Json], look));
      }),
      { numRuns: 400 },
    );
  });

  it("is all there in the end: no character of a plain text is lost", () => {
    fc.assert(
      fc.property(foreign, (text) => {
        const shown = renderBlocks([{ type: "header", text: { type: "plain_text", text, emoji: false } }], LOOK);
        expect(readMarkup(shown).text).toBe(text.replace(/\r\n|\r/g, "\n"));
      }),
    );
  });
});

describe("whatever a block is made of", () => {
  it("is shown or named, and nothing breaks", () => {
    fc.assert(
      fc.property(fc.constantFrom(...everything), fc.nat(20), anything, (value, field, other) => {
        readMarkup(renderBlocks([broken(value, field, other)], LOOK));
      }),
      { numRuns: 400 },
    );
  });
});
