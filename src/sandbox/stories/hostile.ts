import type { FakeCandidate } from "../fake-findall/candidate.ts";

const RTL_OVERRIDE = "\u202e";
const ZERO_WIDTH = "\u200b";

/** Harmless to people, hostile to renderers: one trick per candidate, in every field a renderer might trust. */
const TRICKS: readonly { readonly slug: string; readonly text: string; readonly url?: string }[] = [
  { slug: "channel-ping", text: "<!channel> <!here> <!everyone> please look" },
  { slug: "user-ping", text: "<@U0FAKE001> and <@W0FAKE002> and <!subteam^S0FAKE003|@team>" },
  { slug: "bare-ping", text: "@here @channel @everyone" },
  { slug: "fake-link", text: "<http://evil.example|Approve> or [Approve](http://evil.example)" },
  { slug: "script-url", text: "Click my homepage", url: "javascript:alert(document.domain)" },
  { slug: "data-url", text: "Data is a scheme too", url: "data:text/html,<script>alert(1)</script>" },
  { slug: "pipe-url", text: "The pipe ends a link early", url: "https://good.example/|https://evil.example/>" },
  { slug: "empty-url", text: "No page at all", url: "" },
  { slug: "bare-url", text: "A page without a scheme", url: "bare-url.example/path?a=1&b=2" },
  { slug: "rtl", text: `Invoice${RTL_OVERRIDE}fdp.exe${RTL_OVERRIDE} and ${"\u2066"}isolated` },
  { slug: "zero-width", text: `<${ZERO_WIDTH}!channel> @${ZERO_WIDTH}here p${ZERO_WIDTH}aypal` },
  { slug: "code", text: "``` unclosed code block ` and ~strike *bold _italic" },
  { slug: "buttons", text: "Nice company.\n\n[ ✅ Accept ]  [ ❌ Reject ]\n\n*Reviewed by:* the whole team" },
  { slug: "quote", text: "> quoted\n>>> everything after this is quoted\n# Heading\n- list\n| a | table |" },
  { slug: "entities", text: "&lt;!channel&gt; &amp;lt; &#60;!here&#62; AT&T" },
  { slug: "dates", text: "<!date^1392734382^{date_long}|yesterday> :tada: :rotating_light:" },
  { slug: "control", text: "bell \u0007 null \u0000 vertical \u000b line \u2028 paragraph \u2029 end" },
  { slug: "combining", text: `Z${"\u0301\u0302\u0303\u0304".repeat(60)}algo` },
  { slug: "surrogates", text: "half an emoji \ud83d and a whole one 🦩" },
  { slug: "long", text: "A very long sentence that goes on and on. ".repeat(240).slice(0, 10_000) },
  { slug: "long-word", text: "x".repeat(10_000) },
  { slug: "long-url", text: "A URL over every limit", url: `https://long.example/${"a".repeat(4000)}` },
  { slug: "csv", text: '=HYPERLINK("http://evil.example","Open") , "quoted"\r\n+1' },
  { slug: "blank", text: " \u00a0 \u3000 " },
];

/** One candidate per trick. */
export function hostileCandidates(): FakeCandidate[] {
  return TRICKS.map(({ slug, text, url }) => ({
    id: `candidate_hostile-${slug}`,
    name: text,
    url: url ?? `https://${slug}.example`,
    description: text,
    conditions: {
      greenhouse_robots_check: {
        value: text,
        reasoning: text,
        confidence: text.slice(0, 40),
        citations: [{ url: url ?? `https://${slug}.example/source`, title: text, excerpts: [text, text] }],
      },
    },
  }));
}
