/** Emphasis on a span; emphases nest. */
export interface Style {
  readonly bold?: true;
  readonly italic?: true;
  readonly strike?: true;
  readonly code?: true;
}

/** What a reader sees of a piece of mrkdwn. */
export type Span = { readonly style: Style } & (
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "preformatted"; readonly text: string }
  | { readonly kind: "user"; readonly id: string; readonly label: string | null }
  | { readonly kind: "channel"; readonly id: string | null; readonly name: string | null }
  | { readonly kind: "broadcast"; readonly range: "here" | "channel" | "everyone" }
  | { readonly kind: "usergroup"; readonly id: string | null; readonly label: string | null }
  /** `auto`: made by Slack out of a bare address, not asked for. */
  | { readonly kind: "link"; readonly url: string; readonly label: string; readonly auto: boolean }
  | {
      readonly kind: "date";
      readonly timestamp: number;
      readonly format: string;
      readonly fallback: string;
      readonly url: string | null;
    }
  | { readonly kind: "emoji"; readonly name: string }
  /** `<…>` that Slack would not understand. */
  | { readonly kind: "unknown"; readonly raw: string }
);

export interface MrkdwnOptions {
  /** As in a text object: true leaves bare addresses and names alone. Default false. */
  readonly verbatim?: boolean;
  /** Bare addresses become links. Default: the opposite of `verbatim`. */
  readonly linkUrls?: boolean;
  /** Bare `@here` and `#name` become live. Default: the opposite of `verbatim`. */
  readonly linkNames?: boolean;
  /** `*bold*` and the like. Default true. */
  readonly emphasis?: boolean;
}

interface Reading {
  readonly linkUrls: boolean;
  readonly linkNames: boolean;
  readonly emphasis: boolean;
}

/** Reads mrkdwn as Slack's clients do, so that a test can see what a text would become: pings, links, emphasis. */
export function interpretMrkdwn(text: string, options: MrkdwnOptions = {}): readonly Span[] {
  const verbatim = options.verbatim ?? false;
  const reading = {
    linkUrls: options.linkUrls ?? !verbatim,
    linkNames: options.linkNames ?? !verbatim,
    emphasis: options.emphasis ?? true,
  };
  return merge(read(text, {}, reading));
}

// Order matters: code hides everything inside it, <…> hides everything but code.
const PREFORMATTED = /```([\s\S]+?)```/;
const CODE = /`([^`\n]+)`/;
const ANGLE = /<([^<>\n]+)>/;
const EMPHASES: readonly (readonly [keyof Style, RegExp])[] = [
  ["bold", emphasisBy("\\*")],
  ["italic", emphasisBy("_")],
  ["strike", emphasisBy("~")],
];
const URL_LIKE =
  /\bhttps?:\/\/[^\s<>|"'`]+[^\s<>|"'`.,;:!?)\]}*_~]|\bmailto:[^\s<>|]+@[^\s<>|.]+\.[a-z]+|\bwww\.[a-z0-9-]+\.[a-z]{2,}[^\s<>|]*/i;
const NAME_LIKE = /(?<![\w@.])@(here|channel|everyone)\b|(?<![\w&#/])#([a-z0-9][a-z0-9_-]{0,79})\b/;
const EMOJI = /:([a-z0-9_+'-]{1,100}):(?::skin-tone-[2-6]:)?/;

/** A mark opens at the start of a word and closes at the end of one, on the same line. */
function emphasisBy(mark: string): RegExp {
  return new RegExp(`(?<![\\w${mark}])${mark}(?![\\s${mark}])([^\\n]*?[^\\s${mark}])${mark}(?![\\w${mark}])`);
}

function read(text: string, style: Style, reading: Reading): Span[] {
  const spans: Span[] = [];
  let rest = text;
  while (rest !== "") {
    const found = earliest(rest, reading);
    const before = found ? rest.slice(0, found.match.index) : rest;
    if (before !== "") spans.push({ kind: "text", text: unescapeMrkdwn(before), style });
    if (!found) break;
    spans.push(...found.make(style));
    rest = rest.slice(found.match.index + found.match[0].length);
  }
  return spans;
}

interface Found {
  readonly match: RegExpExecArray;
  readonly make: (style: Style) => Span[];
}

/** The first piece of markup in a text; of two at the same place, the one that hides the other. */
function earliest(text: string, reading: Reading): Found | null {
  let best: Found | null = null;
  const consider = (pattern: RegExp, make: (match: RegExpExecArray, style: Style) => Span[]) => {
    const match = pattern.exec(text);
    if (!match || (best && match.index >= best.match.index) || splitsAngle(match[0])) return;
    best = { match, make: (style) => make(match, style) };
  };
  consider(PREFORMATTED, (match, style) => preformattedSpans(match[1] ?? "", style));
  consider(CODE, (match, style) => codeSpans(match[1] ?? "", style));
  consider(ANGLE, (match, style) => [{ ...readAngle(match[1] ?? ""), style }]);
  if (reading.emphasis) {
    for (const [mark, pattern] of EMPHASES) {
      consider(pattern, (match, style) => read(match[1] ?? "", { ...style, [mark]: true }, reading));
    }
  }
  if (reading.linkUrls) consider(URL_LIKE, (match, style) => [{ ...autoLink(match[0]), style }]);
  if (reading.linkNames) consider(NAME_LIKE, (match, style) => [{ ...autoName(match), style }]);
  consider(EMOJI, (match, style) => [{ kind: "emoji", name: match[1] ?? "", style }]);
  return best;
}

/** Whether a match would cut a `<…>` in two; that one wins, so that no link or mention is ever overlooked. */
function splitsAngle(matched: string): boolean {
  return matched.split("<").length !== matched.split(">").length;
}

/** Code shows its text as it is, but a mention in it is still resolved. */
function codeSpans(text: string, style: Style): Span[] {
  return read(text, { ...style, code: true }, { linkUrls: false, linkNames: false, emphasis: false });
}

function preformattedSpans(text: string, style: Style): Span[] {
  return codeSpans(text, {}).map((span) =>
    span.kind === "text" ? { kind: "preformatted", text: span.text, style } : span,
  );
}

type Bare<Part> = Part extends unknown ? Omit<Part, "style"> : never;
type Unstyled = Bare<Span>;

function readAngle(inside: string): Unstyled {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? null : unescapeMrkdwn(inside.slice(bar + 1));
  if (/^@[UW][A-Z0-9]+$/.test(target)) return { kind: "user", id: target.slice(1), label };
  if (/^#[CG][A-Z0-9]+$/.test(target)) return { kind: "channel", id: target.slice(1), name: label };
  if (target.startsWith("!")) return readSpecial(target.slice(1), label, inside);
  if (/^(https?:\/\/|mailto:|tel:|slack:)\S+$/i.test(target)) {
    return { kind: "link", url: unescapeMrkdwn(target), label: label || unescapeMrkdwn(target), auto: false };
  }
  return { kind: "unknown", raw: `<${inside}>` };
}

function readSpecial(special: string, label: string | null, inside: string): Unstyled {
  const [name = "", ...rest] = special.split("^");
  if (name === "here" || name === "channel" || name === "everyone") return { kind: "broadcast", range: name };
  if (name === "subteam") return { kind: "usergroup", id: rest[0] ?? null, label };
  if (name === "date" && /^\d+$/.test(rest[0] ?? "") && rest[1]) {
    return { kind: "date", timestamp: Number(rest[0]), format: rest[1], url: rest[2] ?? null, fallback: label ?? "" };
  }
  return { kind: "unknown", raw: `<${inside}>` };
}

function autoLink(found: string): Unstyled {
  const address = unescapeMrkdwn(found);
  return { kind: "link", url: address.startsWith("www.") ? `http://${address}` : address, label: address, auto: true };
}

function autoName(match: RegExpExecArray): Unstyled {
  const range = match[1];
  if (range === "here" || range === "channel" || range === "everyone") return { kind: "broadcast", range };
  return { kind: "channel", id: null, name: match[2] ?? null };
}

/** Undoes the three escapes of mrkdwn, and only those. */
export function unescapeMrkdwn(text: string): string {
  return text.replace(/&(lt|gt|amp);/g, (_whole, name: string) => ({ lt: "<", gt: ">", amp: "&" })[name] ?? "");
}

/** Joins neighbouring texts of the same style. */
function merge(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (span.kind === "text" && last?.kind === "text" && sameStyle(span.style, last.style)) {
      merged[merged.length - 1] = { ...last, text: last.text + span.text };
    } else merged.push(span);
  }
  return merged;
}

function sameStyle(a: Style, b: Style): boolean {
  return a.bold === b.bold && a.italic === b.italic && a.strike === b.strike && a.code === b.code;
}
