import { interpretMrkdwn, type MrkdwnOptions, type Span } from "../../fake-slack/mrkdwn.ts";
import { emojiHtml, emojiOf } from "./emoji.ts";
import { type Html, html, isEmpty, withBreaks } from "./html.ts";
import { emphasised, mention, moment } from "./inline.ts";
import { link } from "./links.ts";
import type { Look } from "./look.ts";
import { namedBox } from "./not-shown.ts";

/** One span of mrkdwn, where blocks (quotes, preformatted text) play no part. */
export function spanHtml(span: Span, look: Look): Html {
  return emphasised(bareSpan(span, look), span.style);
}

function bareSpan(span: Span, look: Look): Html {
  switch (span.kind) {
    case "text":
    case "preformatted":
      return withBreaks(span.text);
    case "user":
      return mention("user", span.id, look.nameOf(span.id) ?? span.label ?? span.id);
    case "channel":
      return channelMention(span.id, span.name, look);
    case "broadcast":
      return mention("broadcast", span.range, span.range);
    case "usergroup":
      return mention("usergroup", span.id ?? "", groupName(span.id, span.label, look));
    case "link":
      return link(span.url, span.label);
    case "date":
      return moment(span, look);
    case "emoji":
      // In code a shortcode stays what was typed.
      return emojiHtml(span.name, span.style.code ? undefined : emojiOf(span.name));
    case "unknown":
      return namedBox(`Slack does not understand ${span.raw}`, span.raw);
  }
}

function channelMention(id: string | null, name: string | null, look: Look): Html {
  const known = id === null ? undefined : look.nameOf(id);
  return mention("channel", id ?? name ?? "", known ?? name ?? id ?? "");
}

// Slack's own labels of groups begin with the sign already.
function groupName(id: string | null, label: string | null, look: Look): string {
  const known = id === null ? undefined : look.nameOf(id);
  return known ?? label?.replace(/^@/, "") ?? id ?? "";
}

/** A text's mentions, links, dates and emoji, without emphasis and without blocks. */
export function inlineMrkdwn(text: string, look: Look, options: MrkdwnOptions): Html {
  return html`${interpretMrkdwn(text, options).map((span) => spanHtml(span, look))}`;
}

/** A piece of a mrkdwn text, cut so that lines and blocks can be told apart. */
export type Piece =
  | { readonly kind: "inline"; readonly content: Html }
  | { readonly kind: "break" }
  | { readonly kind: "pre"; readonly content: Html }
  /** A quote begins here: to the end of the line, or to the end of the text. */
  | { readonly kind: "quote"; readonly toTheEnd: boolean };

/** Cuts spans at line breaks, finds the quotes and puts together what is preformatted. */
export function piecesOf(spans: readonly Span[], look: Look): readonly Piece[] {
  const pieces: Piece[] = [];
  let rest = spans;
  while (rest[0] !== undefined) {
    const run = preformattedRun(rest);
    if (run.length > 0) pieces.push({ kind: "pre", content: preformattedHtml(run, look) });
    else pieces.push(...spanPieces(rest[0], isLineStart(pieces), look));
    rest = rest.slice(Math.max(run.length, 1));
  }
  return pieces;
}

// A mention in preformatted text is a span of its own, marked as code.
function preformattedRun(spans: readonly Span[]): readonly Span[] {
  const end = spans.findIndex(({ kind, style }) => kind !== "preformatted" && (kind === "text" || !style.code));
  const run = end < 0 ? spans : spans.slice(0, end);
  return run.some(({ kind }) => kind === "preformatted") ? run : [];
}

function preformattedHtml(run: readonly Span[], look: Look): Html {
  const content = run.map((span, index) => {
    if (span.kind !== "preformatted") return bareSpan(span, look);
    const begun = index === 0 ? span.text.replace(/^\n/, "") : span.text;
    return html`${index === run.length - 1 ? begun.replace(/\n$/, "") : begun}`;
  });
  return html`<pre class="b-pre"><code>${content}</code></pre>`;
}

function isLineStart(pieces: readonly Piece[]): boolean {
  const last = pieces.at(-1);
  return last === undefined || last.kind === "break" || last.kind === "pre";
}

function spanPieces(span: Span, atLineStart: boolean, look: Look): readonly Piece[] {
  if (span.kind !== "text" || span.style.code) return [{ kind: "inline", content: spanHtml(span, look) }];
  return span.text
    .split("\n")
    .flatMap((line, index): readonly Piece[] => [
      ...(index === 0 ? [] : [{ kind: "break" } as const]),
      ...linePieces(line, span, index > 0 || atLineStart),
    ]);
}

function linePieces(line: string, { style }: Span, atLineStart: boolean): readonly Piece[] {
  const isPlain = Object.keys(style).length === 0;
  const mark = atLineStart && isPlain ? /^(?:>>>|>) ?/.exec(line)?.[0] : undefined;
  const content = emphasised(html`${line.slice(mark?.length ?? 0)}`, style);
  return [
    ...(mark === undefined ? [] : [{ kind: "quote", toTheEnd: mark.startsWith(">>>") } as const]),
    ...(isEmpty(content) ? [] : [{ kind: "inline", content } as const]),
  ];
}
