import { type Html, html } from "./html.ts";
import { type Emphasis, emphasised } from "./inline.ts";
import { link } from "./links.ts";
import type { Look } from "./look.ts";
import { inlineMrkdwn } from "./spans.ts";

type Make = (match: RegExpExecArray, look: Look) => Html;

/** What has a meaning in a line of markdown. Of two at the same place the first one wins. */
const MARKS: readonly (readonly [RegExp, Make])[] = [
  [/\\([\\`*_{}[\]()#+\-.!~|>])/, (match) => html`${match[1]}`],
  [/(`+)(?!`)([^\n]+?)(?<!`)\1(?!`)/, (match) => emphasised(html`${match[2]}`, { code: true })],
  // An image becomes a link, as in Slack.
  [/!\[([^\][\n]*)\]\(([^)\s]+)[^)\n]*\)/, (match) => link(match[2] ?? "", match[1] || match[2])],
  [/\[([^\][\n]+)\]\(([^)\s]+)[^)\n]*\)/, (match, look) => link(match[2] ?? "", markdownInline(match[1] ?? "", look))],
  [/\*\*(?=\S)([^\n]+?)(?<=\S)\*\*/, styled({ bold: true })],
  [/(?<!\w)__(?=\S)([^\n]+?)(?<=\S)__(?!\w)/, styled({ bold: true })],
  [/\*(?=[^\s*])([^\n*]+?)(?<=\S)\*/, styled({ italic: true })],
  [/(?<!\w)_(?=[^\s_])([^\n]+?)(?<=\S)_(?!\w)/, styled({ italic: true })],
  [/~~(?=\S)([^\n]+?)(?<=\S)~~/, styled({ strike: true })],
];

function styled(style: Emphasis): Make {
  return (match, look) => emphasised(markdownInline(match[1] ?? "", look), style);
}

/** Emphasis, code and links of markdown; mentions, dates and bare addresses as everywhere in Slack. */
export function markdownInline(text: string, look: Look): Html {
  const parts: Html[] = [];
  const next = searches(text);
  let at = 0;
  while (at < text.length) {
    const found = next(at);
    const end = found ? found.match.index : text.length;
    parts.push(inlineMrkdwn(text.slice(at, end), look, { emphasis: false }));
    if (found) parts.push(found.make(found.match, look));
    at = found ? end + found.match[0].length : end;
  }
  return html`${parts}`;
}

interface Found {
  readonly match: RegExpExecArray;
  readonly make: Make;
}

/** Gives the first mark from a place on. Each pattern goes over the text once only, however many marks there are. */
function searches(text: string): (from: number) => Found | null {
  const ahead = MARKS.map(([pattern, make]) => {
    let match: RegExpExecArray | null | undefined;
    return (from: number): Found | null => {
      if (match === undefined || (match !== null && match.index < from)) {
        const search = new RegExp(pattern, "g");
        search.lastIndex = from;
        match = search.exec(text);
      }
      return match && { match, make };
    };
  });
  return (from) =>
    ahead.reduce<Found | null>((first, search) => {
      const found = search(from);
      return found && (first === null || found.match.index < first.match.index) ? found : first;
    }, null);
}
