import { clean, flatten } from "./clean.ts";
import { mrkdwn } from "./text.ts";

/** No text is that long: `mrkdwn` cuts nothing. */
const UNCUT = Number.MAX_SAFE_INTEGER;

/**
 * Foreign text as harmless mrkdwn, whole, in pieces of a JSON length: where `mrkdwn` cuts, this goes on in another piece.
 * Pieces end between words, or inside a very long one between two visible characters. Line ends stay, blank lines become
 * one at most, and each line has room for the mark of a quote. Empty for a text that says nothing.
 *
 * @param max JSON length of a piece, 16 at least
 */
export function splitMrkdwn(text: string, max: number): string[] {
  const whole = tidy(text);
  const pieces: string[] = [];
  let at = 0;
  while (at < whole.length) {
    const end = endOfPiece(whole, at, max);
    // Made harmless after the cut: a piece that begins or ends inside a word must not style, quote or name anything.
    const piece = harmless(whole.slice(at, end));
    if (piece !== "") pieces.push(piece);
    at = end;
  }
  return pieces;
}

/** Foreign text on one line, whole. */
export function uncutMrkdwn(text: string): string {
  return mrkdwn(text, UNCUT);
}

/** The same text as a quote, each line with its mark. */
export function quoted(piece: string): string {
  return piece.replace(/^/gm, "> ");
}

function tidy(text: string): string {
  const lines = clean(text).split("\n").map(flatten);
  return lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function harmless(piece: string): string {
  return piece.trim().split("\n").map(uncutMrkdwn).join("\n");
}

function endOfPiece(text: string, start: number, max: number): number {
  const reach = endWithin(text, start, max);
  if (reach === text.length) return reach;
  // A word longer than half a piece is no word; the piece is filled instead.
  const earliest = start + (reach - start) / 2;
  for (let i = reach; i > earliest; i--) if (isBlank(text.charAt(i))) return i;
  return characterEnd(text, start, reach);
}

function isBlank(char: string): boolean {
  return char === " " || char === "\n";
}

/** How far a piece may go when each character becomes as long as it can. At least one character. */
function endWithin(text: string, start: number, max: number): number {
  // The first character may need something that keeps it from opening a quote, the first line the mark of one.
  let size = 3;
  for (let i = start; i < text.length; i++) {
    size += MOST[text.charAt(i)] ?? 1;
    if (size > max) return Math.max(i, start + 1);
  }
  return text.length;
}

/** JSON length that a character can grow to: escapes, joiners that disarm it, a quote's mark after a line's end. */
const MOST: Readonly<Record<string, number>> = {
  "&": 5,
  "<": 4,
  ">": 5,
  ":": 2,
  "@": 2,
  '"': 2,
  "\\": 2,
  "\n": 5,
};

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
/** Longest character that is kept whole; segmenting is slow, so only this much before the cut is looked at. */
const WINDOW = 120;

function characterEnd(text: string, start: number, reach: number): number {
  const from = wholePair(text, Math.max(start, reach - WINDOW));
  let end = from;
  for (const { index, segment } of graphemes.segment(text.slice(from, reach + WINDOW))) {
    if (from + index + segment.length > reach) break;
    end = from + index + segment.length;
  }
  return end > start ? end : wholePair(text, reach);
}

/** The place itself, or after the pair of code units that it would cut in two. */
function wholePair(text: string, place: number): number {
  return place > 0 && /[\udc00-\udfff]/.test(text.charAt(place)) && /[\ud800-\udbff]/.test(text.charAt(place - 1))
    ? place + 1
    : place;
}
