import { describe, expect, it } from "vitest";
import { liveContentOf } from "../../../src/sandbox/fake-slack/live-content.ts";
import { PLAIN_FLAGS } from "../../../src/sandbox/fake-slack/messages.ts";
import { interpretMrkdwn, type MrkdwnOptions, type Span } from "../../../src/sandbox/fake-slack/mrkdwn.ts";

/** A short notation for spans, so that the table can be read. */
function brief(span: Span): string {
  const style = Object.keys(span.style)
    .map((name) => name[0])
    .join("");
  const mark = style ? `${style}:` : "";
  switch (span.kind) {
    case "text":
      return mark + span.text;
    case "preformatted":
      return `pre(${span.text})`;
    case "user":
      return `${mark}user(${span.id})`;
    case "channel":
      return `${mark}channel(${span.id ?? span.name})`;
    case "broadcast":
      return `${mark}broadcast(${span.range})`;
    case "usergroup":
      return `${mark}group(${span.id})`;
    case "link":
      return `${mark}${span.auto ? "auto" : "link"}(${span.url},${span.label})`;
    case "date":
      return `date(${span.timestamp},${span.format},${span.fallback})`;
    case "emoji":
      return `${mark}emoji(${span.name})`;
    case "unknown":
      return `unknown(${span.raw})`;
  }
}

const verbatim = { verbatim: true };

const ROWS: readonly (readonly [string, MrkdwnOptions, readonly string[]])[] = [
  ["plain words", {}, ["plain words"]],
  ["a *bold* _it_ ~gone~ `code`", {}, ["a ", "b:bold", " ", "i:it", " ", "s:gone", " ", "c:code"]],
  ["*_both_*", {}, ["bi:both"]],
  ["2*3*4 snake_case_name", {}, ["2*3*4 snake_case_name"]],
  ["* not bold *", {}, ["* not bold *"]],
  ["*two\nlines*", {}, ["*two\nlines*"]],
  ["&lt;!here&gt; &amp;amp; &nbsp;", {}, ["<!here> &amp; &nbsp;"]],
  ["hi <@U0ANA>, <@W1|bo>", {}, ["hi ", "user(U0ANA)", ", ", "user(W1)"]],
  ["<#C1> <#C2|general> <#C3|>", {}, ["channel(C1)", " ", "channel(C2)", " ", "channel(C3)"]],
  [
    "<!here> <!channel> <!everyone|all>",
    {},
    ["broadcast(here)", " ", "broadcast(channel)", " ", "broadcast(everyone)"],
  ],
  ["<!subteam^S1|team>", {}, ["group(S1)"]],
  ["<https://a.example/x|Acme>", {}, ["link(https://a.example/x,Acme)"]],
  ["<https://a.example?a=1&amp;b=2>", {}, ["link(https://a.example?a=1&b=2,https://a.example?a=1&b=2)"]],
  ["<mailto:a@b.example|mail>", {}, ["link(mailto:a@b.example,mail)"]],
  ["*<https://a.example|Acme>*", {}, ["b:link(https://a.example,Acme)"]],
  ["*a <https://a.example/*|b>", {}, ["*a ", "link(https://a.example/*,b)"]],
  ["<!date^1700000000^{date} at {time}|then>", {}, ["date(1700000000,{date} at {time},then)"]],
  ["<nonsense> <javascript:alert(1)|x>", {}, ["unknown(<nonsense>)", " ", "unknown(<javascript:alert(1)|x>)"]],
  ["see https://a.example/x.", {}, ["see ", "auto(https://a.example/x,https://a.example/x)", "."]],
  ["see https://a.example/x.", verbatim, ["see https://a.example/x."]],
  ["www.a.example", {}, ["auto(http://www.a.example,www.a.example)"]],
  ["@here @channel #general", {}, ["broadcast(here)", " ", "broadcast(channel)", " ", "channel(general)"]],
  ["@here #general", verbatim, ["@here #general"]],
  ["<!here> <https://a.example|b>", verbatim, ["broadcast(here)", " ", "link(https://a.example,b)"]],
  ["me@here.example a#b", {}, ["me@here.example a#b"]],
  ["@here https://a.example", { linkNames: false }, ["@here ", "auto(https://a.example,https://a.example)"]],
  ["`<@U1> https://a.example`", {}, ["c:user(U1)", "c: https://a.example"]],
  ["```a\n*b*```", {}, ["pre(a\n*b*)"]],
  ["done :tada: :+1:", {}, ["done ", "emoji(tada)", " ", "emoji(+1)"]],
  ["*x*", { emphasis: false }, ["*x*"]],
  ["", {}, []],
];

describe("interpretMrkdwn", () => {
  it.each(ROWS)("reads %j with %j", (text, options, spans) => {
    expect(interpretMrkdwn(text, options).map(brief)).toEqual(spans);
  });

  it("reads a long hostile text to its end", () => {
    expect(interpretMrkdwn("*a_b~c`<".repeat(375))).not.toEqual([]);
    expect(interpretMrkdwn("<@U1>".repeat(8_000))).toHaveLength(8_000);
  });
});

describe("liveContentOf", () => {
  const rich = (...elements: object[]) => ({ type: "rich_text", elements: [{ type: "rich_text_section", elements }] });

  it("finds nothing in escaped, plain and rich text", () => {
    const live = liveContentOf({
      text: "&lt;!here&gt; @here",
      blocks: [
        { type: "header", text: { type: "plain_text", text: "<!here> https://a.example" } },
        { type: "section", text: { type: "mrkdwn", text: "@here https://a.example", verbatim: true } },
        rich({ type: "text", text: "<@U1> https://a.example @channel" }),
      ],
    });
    expect(live).toEqual({ mentions: [], links: [] });
  });

  it("finds mentions and links wherever they hide, with a pointer to each", () => {
    const live = liveContentOf({
      text: "<@U1> https://top.example",
      blocks: [
        {
          type: "section",
          text: { type: "mrkdwn", text: "@here" },
          fields: [{ type: "mrkdwn", text: "<https://f.example|f>" }],
        },
        {
          type: "actions",
          elements: [{ type: "button", text: { type: "plain_text", text: "Open" }, url: "https://b.example" }],
        },
        rich(
          { type: "user", user_id: "U2" },
          { type: "link", url: "https://r.example", text: "r" },
          { type: "broadcast", range: "channel" },
        ),
        { type: "container", child_blocks: [{ type: "context", elements: [{ type: "mrkdwn", text: "<#C1>" }] }] },
        { type: "markdown", text: "[m](https://m.example) <!here>" },
        { type: "block_of_the_future", inner: { type: "mrkdwn", text: "<!subteam^S1>" } },
      ],
      attachments: [{ blocks: [{ type: "section", text: { type: "mrkdwn", text: "<!everyone>" } }] }],
    });
    expect(live.mentions.map(({ kind, target, where }) => [kind, target, where])).toEqual([
      ["user", "U1", "/text"],
      ["broadcast", "here", "/blocks/0/text/text"],
      ["user", "U2", "/blocks/2/elements/0/elements/0"],
      ["broadcast", "channel", "/blocks/2/elements/0/elements/2"],
      ["channel", "C1", "/blocks/3/child_blocks/0/elements/0/text"],
      ["broadcast", "here", "/blocks/4/text"],
      ["usergroup", "S1", "/blocks/5/inner/text"],
      ["broadcast", "everyone", "/attachments/0/blocks/0/text/text"],
    ]);
    expect(live.links.map(({ url, label, auto }) => [url, label, auto])).toEqual([
      ["https://top.example", "https://top.example", true],
      ["https://f.example", "f", false],
      ["https://b.example", "Open", false],
      ["https://r.example", "r", false],
      ["https://m.example", "m", false],
    ]);
  });

  it("reads the top-level text by the flags of the call", () => {
    const read = (flags: object) =>
      liveContentOf({ text: "@here https://a.example", flags: { ...PLAIN_FLAGS, ...flags } });
    expect(read({ parse: "none" })).toEqual({ mentions: [], links: [] });
    expect(read({ linkNames: true }).mentions).toHaveLength(1);
    expect(read({ parse: "full" }).mentions).toHaveLength(1);
  });
});
