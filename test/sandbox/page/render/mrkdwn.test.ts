import { describe, expect, it } from "vitest";
import { renderMrkdwn, renderPlain } from "../../../../src/sandbox/page/render/mrkdwn.ts";
import { LOOK } from "./look.ts";
import { readMarkup } from "./read-markup.ts";

const EXTERNAL = 'target="_blank" rel="noopener noreferrer"';

const ROWS: readonly (readonly [string, string])[] = [
  ["plain", "plain"],
  ["*b* _i_ ~s~ `c`", '<strong>b</strong> <em>i</em> <s>s</s> <code class="b-code">c</code>'],
  ["*_both_*", "<strong><em>both</em></strong>"],
  ["one\ntwo", "one<br>two"],
  ["• one\n  ◦ two\n1. three", "• one<br>  ◦ two<br>1. three"],
  ["&lt;b&gt; &amp;amp; \"q\" 'q'", "&lt;b&gt; &amp;amp; &quot;q&quot; &#39;q&#39;"],
  [
    "<https://a.example/?a=1&amp;b=2|Acme>",
    `<a class="b-link" href="https://a.example/?a=1&amp;b=2" ${EXTERNAL}>Acme</a>`,
  ],
  ["<mailto:a@b.example|write>", `<a class="b-link" href="mailto:a@b.example" ${EXTERNAL}>write</a>`],
  [
    "<@U1> <@U9>",
    '<span class="b-mention b-mention-user" data-mention="U1">@Ana</span> <span class="b-mention b-mention-user" data-mention="U9">@U9</span>',
  ],
  ["<#C1>", '<span class="b-mention b-mention-channel" data-mention="C1">#research</span>'],
  [
    "<!subteam^S1> <!subteam^S2|@ops>",
    '<span class="b-mention b-mention-usergroup" data-mention="S1">@sales</span> <span class="b-mention b-mention-usergroup" data-mention="S2">@ops</span>',
  ],
  ["<!here>", '<span class="b-mention b-mention-broadcast" data-mention="here">@here</span>'],
  [
    "<tel:123|call>",
    '<span class="b-dead-link">call</span> <span class="b-note">(address not opened here: tel:123)</span>',
  ],
  ["done :tada:", 'done <span class="b-emoji" role="img" aria-label="tada" title=":tada:">🎉</span>'],
  [":parrot: `:tada:`", ':parrot: <code class="b-code">:tada:</code>'],
  ["> one\n> *two*\nthree", '<blockquote class="b-quote">one<br><strong>two</strong></blockquote>three'],
  ["&gt; as escaped", '<blockquote class="b-quote">as escaped</blockquote>'],
  ["before\n>>> one\n\ntwo", 'before<blockquote class="b-quote">one<br><br>two</blockquote>'],
  ["1 > 0", "1 &gt; 0"],
  [
    "a\n```\nb <@U1>\n  c\n```\nd",
    'a<pre class="b-pre"><code>b <span class="b-mention b-mention-user" data-mention="U1">@Ana</span>\n  c</code></pre>d',
  ],
  ["`<@U1>`", '<code class="b-code"><span class="b-mention b-mention-user" data-mention="U1">@Ana</span></code>'],
];

describe("renderMrkdwn", () => {
  it.each(ROWS)("shows %j as Slack does", (text, markup) => {
    expect(renderMrkdwn(text, LOOK, { verbatim: true })).toBe(markup);
    expect(() => readMarkup(markup)).not.toThrow();
  });

  it("makes links and mentions of bare addresses and names, unless the text is verbatim", () => {
    const text = "see https://a.example and @here in #general";
    const hrefs = (verbatim: boolean) =>
      readMarkup(renderMrkdwn(text, LOOK, { verbatim })).tags.map(
        ({ attributes }) => attributes.href ?? attributes["data-mention"],
      );
    expect(hrefs(false)).toEqual(["https://a.example", "here", "general"]);
    expect(hrefs(true)).toEqual([]);
  });

  it("tells a date in UTC and says so, or in the zone of who looks", () => {
    const markup = renderMrkdwn("<!date^1700000000^{date_short_pretty} at {time}|long ago>", LOOK);
    expect(markup).toBe(
      '<time class="b-date" datetime="2023-11-14T22:13:20.000Z" data-timestamp="1700000000" ' +
        'data-format="{date_short_pretty} at {time}" title="long ago">Nov 14, 2023 at 22:13 UTC</time>',
    );
    const inTokyo = renderMrkdwn("<!date^1700000000^{date_num} {time}|x>", { ...LOOK, timeZone: "Asia/Tokyo" });
    expect(inTokyo).toContain(">2023-11-15 07:13</time>");
  });

  it("falls back to the words that come with a date that is none", () => {
    expect(renderMrkdwn("<!date^99999999999999^{date}|some day>", LOOK)).toBe("some day");
  });

  it("makes a date with an address a link", () => {
    const { tags } = readMarkup(renderMrkdwn("<!date^1700000000^{date}^https://a.example|then>", LOOK));
    expect(tags.map(({ name }) => name)).toEqual(["a", "time"]);
  });

  it("names what Slack would not understand", () => {
    expect(readMarkup(renderMrkdwn("a <javascript:alert(1)|b>", LOOK)).text).toContain(
      "Slack does not understand <javascript:alert(1)|b>",
    );
  });
});

describe("renderPlain", () => {
  it("shows characters as they are, emoji only where asked for", () => {
    expect(renderPlain("<!here> *a* &amp; :x:", { emoji: false })).toBe("&lt;!here&gt; *a* &amp;amp; :x:");
    expect(renderPlain(":x: a\nb", { emoji: true })).toBe(
      '<span class="b-emoji" role="img" aria-label="x" title=":x:">❌</span> a<br>b',
    );
  });

  it("keeps the skin of a hand", () => {
    expect(readMarkup(renderPlain(":wave::skin-tone-3:", { emoji: true })).text).toBe("👋🏼");
  });
});
