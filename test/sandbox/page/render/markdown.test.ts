import { describe, expect, it } from "vitest";
import { markdown } from "../../../../src/sandbox/page/render/markdown.ts";
import { LOOK } from "./look.ts";
import { readMarkup } from "./read-markup.ts";

const inner = (text: string) => {
  const { markup } = markdown({ type: "markdown", text }, LOOK);
  readMarkup(markup);
  return markup.replace(/^<div class="b-markdown">|<\/div>$/g, "");
};

const ROWS: readonly (readonly [string, string])[] = [
  ["one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"],
  ["**b** __b__ *i* _i_ ~~s~~", "<p><strong>b</strong> <strong>b</strong> <em>i</em> <em>i</em> <s>s</s></p>"],
  ["**_both_**", "<p><strong><em>both</em></strong></p>"],
  [
    "`a *b* <c>` 2*3*4 snake_case_name",
    '<p><code class="b-code">a *b* &lt;c&gt;</code> 2<em>3</em>4 snake_case_name</p>',
  ],
  ["\\*not\\*", "<p>*not*</p>"],
  ["## Two", '<div class="b-header b-header-2" role="heading" aria-level="4">Two</div>'],
  ["---", '<hr class="b-divider">'],
  ["> a\n> b", '<blockquote class="b-quote"><p>a<br>b</p></blockquote>'],
  ["```ts\na < b\n```", '<pre class="b-pre" data-language="ts"><code>a &lt; b</code></pre>'],
  [
    "- a\n  - [x] b",
    '<ul class="b-list b-indent-0 b-marks-0"><li>a</li></ul><ul class="b-list b-indent-1 b-marks-1"><li>☑ b</li></ul>',
  ],
  ["3. c", '<ol class="b-list b-indent-0 b-marks-0" start="3"><li>c</li></ol>'],
  ["text\n- a", '<p>text</p><ul class="b-list b-indent-0 b-marks-0"><li>a</li></ul>'],
  [
    "![alt](https://i.example/a.png)",
    '<p><a class="b-link" href="https://i.example/a.png" target="_blank" rel="noopener noreferrer">alt</a></p>',
  ],
  [
    "[*a*](javascript:x)",
    '<p><span class="b-dead-link"><em>a</em></span> <span class="b-note">(address not opened here: javascript:x)</span></p>',
  ],
  ["<@U1>", '<p><span class="b-mention b-mention-user" data-mention="U1">@Ana</span></p>'],
];

describe("a markdown block", () => {
  it.each(ROWS)("shows %j", (text, markup) => {
    expect(inner(text)).toBe(markup);
  });

  it("shows a table, also right after a text", () => {
    const { tags, text } = readMarkup(inner("intro\n| a | b |\n|---|:-:|\n| 1 | **2** |\n\nafter"));
    expect(tags.filter(({ name }) => name === "th")).toHaveLength(2);
    expect(tags.filter(({ name }) => name === "td")).toHaveLength(2);
    expect(text).toBe("introab12after");
  });

  it.each(["[", "`", "**a ", "`a` [b](c ", "> ", ">", "- ", "|", "~~a __b ", "\\", "*a* **b "])(
    "is read to its end when it is nothing but %j",
    (part) => expect(inner(part.repeat(12_000 / part.length))).toEqual(expect.any(String)),
  );
});
