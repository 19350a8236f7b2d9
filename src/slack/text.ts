import { clean, flatten } from "./clean.ts";

/**
 * Foreign text on its way into Slack. Three kinds of text, three functions; each cleans, makes harmless and cuts:
 *
 *   mrkdwn    for a mrkdwn text object, which must be `verbatim: true`
 *   bare      for the top-level `text` and for link labels, where Slack looks for names and URLs on its own
 *   plain     for a plain_text object
 *
 * Lengths are measured as JSON (`jsonSize`), since that is what the whole-message budget counts; a text within a JSON
 * length is within Slack's character limit too.
 */

const ELLIPSIS = "…";

// An invisible character that joins words: it ends a name or an address for Slack and shows nothing to a person.
const JOINER = "\u2060";

/** Length of a text inside a JSON document, without its quotes: `"`, `\` and a newline count two. */
export function jsonSize(text: string): number {
  return ESCAPED.test(text) ? JSON.stringify(text).length - 2 : text.length;
}

/** What may take more than itself in JSON: quotes, backslashes, control characters, halves of characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ESCAPED = /["\\\x00-\x1f\ud800-\udfff]/;

/** Foreign text on one line of a mrkdwn object. @param max JSON length */
export function mrkdwn(text: string, max: number): string {
  return prepared(text, max, (line) => clip(disarm(line), max));
}

/** Foreign text on one line where Slack may link names and URLs by itself. @param max JSON length */
export function bare(text: string, max: number): string {
  return prepared(text, max, (line) => clip(disarm(unlinked(line)), max));
}

/** Foreign text on one line of a plain_text object, where `<`, `&` and styles mean nothing. @param max JSON length */
export function plain(text: string, max: number): string {
  return prepared(text, max, (line) => clipPlain(withoutBroadcasts(line), max));
}

/** An id, a code or a scope as code, every character as it is. What is none of these stays foreign text. */
export function codeWord(text: string): string {
  return /^[\w.-]+(?::[\w.-]+)?$/.test(text) && text.length <= 140 ? `\`${text}\`` : bare(text, 140);
}

/** Escapes `&`, `<` and `>` once, as Slack asks, and nothing else (slack-platform 2.4). */
export function escapeControl(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/**
 * Cuts a text to a JSON length, ellipsis included. Never inside an escape (`&amp;`), a `<…>` of our own or a character
 * that a person sees as one.
 */
export function clip(text: string, max: number): string {
  if (max <= 0) return "";
  if (text.length <= max && jsonSize(text) <= max) return text;
  const head = withoutBrokenLink(text.slice(0, lengthWithin(text, max - 1)));
  const whole = head.replace(/&[a-z]{0,3}$/, "");
  return text.slice(0, lastBoundary(text, whole.length)).trimEnd() + ELLIPSIS;
}

/** The same for text that Slack does not parse. */
export function clipPlain(text: string, max: number): string {
  if (max <= 0) return "";
  if (text.length <= max && jsonSize(text) <= max) return text;
  return text.slice(0, lastBoundary(text, lengthWithin(text, max - 1))).trimEnd() + ELLIPSIS;
}

function prepared(text: string, max: number, render: (line: string) => string): string {
  if (max <= 0) return "";
  // Nobody sees the rest, so it need not be cleaned; the margin leaves room for what cleaning takes out.
  const bound = max * 4 + 200;
  const line = flatten(clean(text.slice(0, bound)));
  return render(text.length > bound && line.length < max ? `${line}${ELLIPSIS}` : line);
}

function disarm(line: string): string {
  return escapeControl(withoutStyle(withoutBroadcasts(line)));
}

/**
 * Styles have no escape in mrkdwn, and an invisible character does not stop them reliably, so their marks become
 * look-alikes. An underscore inside a word styles nothing and stays.
 */
function withoutStyle(line: string): string {
  return line
    .replace(/\*/g, "\u2217")
    .replace(/~/g, "\u223c")
    .replace(/`/g, "\u02cb")
    .replace(/(?<![a-z0-9])_|_(?![a-z0-9])/gi, "\u02cd")
    .replace(/:(?=[a-z0-9_+'-]+(?::|$))/gi, `:${JOINER}`)
    .replace(/^>/, `${JOINER}>`);
}

function withoutBroadcasts(line: string): string {
  return line.replace(/@(?=here|channel|everyone|group)/gi, `@${JOINER}`);
}

function unlinked(line: string): string {
  return line
    .replace(/([@#])(?=\S)/g, `$1${JOINER}`)
    .replace(/:(?=\/\/)/g, `:${JOINER}`)
    .replace(/(mailto|tel|slack|sms):(?=\S)/gi, `$1:${JOINER}`)
    .replace(/(?<=[\p{L}\p{N}])\.(?=\p{L})/gu, `.${JOINER}`);
}

/** How many UTF-16 units of the text fit into a JSON length. */
function lengthWithin(text: string, max: number): number {
  let size = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    size += char === '"' || char === "\\" || char === "\n" ? 2 : 1;
    if (size > max) return i;
  }
  return text.length;
}

function withoutBrokenLink(head: string): string {
  const open = head.lastIndexOf("<");
  return open > head.lastIndexOf(">") ? head.slice(0, open) : head;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * The last place at or before `limit` where a visible character ends. Looks at a window only: segmenting is slow, and was
 * half of what a page cost. Between two letters of ASCII a character always ends (UAX #29: none of them extends another).
 */
function lastBoundary(text: string, limit: number): number {
  if (/^[\x20-\x7e]{2}$/.test(text.slice(limit - 1, limit + 1))) return limit;
  const start = Math.max(0, limit - 120);
  let boundary = start;
  for (const { index, segment } of graphemes.segment(text.slice(start, limit + 40))) {
    const end = start + index + segment.length;
    if (end > limit) break;
    boundary = end;
  }
  return boundary;
}
