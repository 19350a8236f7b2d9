import { interpretMrkdwn, type MrkdwnOptions } from "../../fake-slack/mrkdwn.ts";
import { spansToText } from "../../fake-slack/span-text.ts";
import { asText, isObject } from "../../fake-slack/validate/checks.ts";
import { cutAtEmoji, withEmoji } from "./emoji.ts";
import { type Html, html, withBreaks } from "./html.ts";
import type { Look } from "./look.ts";
import { notShown } from "./not-shown.ts";
import { type Piece, piecesOf } from "./spans.ts";

/**
 * mrkdwn as a person sees it in Slack. `verbatim` leaves bare addresses and names alone; the finer options are for the
 * top-level text of a message, whose flags tell them apart.
 */
export function renderMrkdwn(text: string, look: Look, options: MrkdwnOptions = {}): string {
  return mrkdwnHtml(text, look, options).markup;
}

/** Text of a `plain_text` object: nothing in it means anything but emoji, and those only if it says so. */
export function renderPlain(text: string, { emoji }: { readonly emoji: boolean }): string {
  return plainHtml(text, emoji).markup;
}

/** A text object of either kind. What is none is named. */
export function textHtml(text: unknown, look: Look): Html {
  if (text === undefined || text === null) return html``;
  if (typeof text === "string") return plainHtml(text, true);
  if (!isObject(text)) return notShown("text", text);
  if (text.type === "plain_text") return plainHtml(asText(text.text ?? ""), text.emoji !== false);
  if (text.type === "mrkdwn") return mrkdwnHtml(asText(text.text ?? ""), look, { verbatim: text.verbatim === true });
  return notShown("text type", text);
}

/** A text object as mere characters, for attributes and for what can hold no markup. */
export function textString(text: unknown, look: Look): string {
  if (!isObject(text)) return text === undefined || text === null ? "" : asText(text);
  const given = asText(text.text ?? "");
  if (text.type === "mrkdwn") {
    return withEmoji(spansToText(interpretMrkdwn(given, { verbatim: text.verbatim === true }), look.nameOf));
  }
  return text.emoji === false ? given : withEmoji(given);
}

function plainHtml(text: string, emoji: boolean): Html {
  const parts = emoji ? cutAtEmoji(text) : [text];
  return html`${parts.map((part) => (typeof part === "string" ? withBreaks(part) : part))}`;
}

function mrkdwnHtml(text: string, look: Look, options: MrkdwnOptions): Html {
  const lines = linesOf(piecesOf(interpretMrkdwn(text, options), look));
  const groups = quotedApart(lines).map(({ quoted, pieces }) => {
    const content = withoutBreaksAtBlocks(pieces).map(pieceHtml);
    return quoted ? html`<blockquote class="b-quote">${content}</blockquote>` : html`${content}`;
  });
  return html`${groups}`;
}

interface Line {
  readonly quoted: boolean;
  readonly pieces: readonly Piece[];
}

function linesOf(pieces: readonly Piece[]): readonly Line[] {
  const lines: { quoted: boolean; pieces: Piece[] }[] = [{ quoted: false, pieces: [] }];
  let quotedToTheEnd = false;
  for (const piece of pieces) {
    const line = lines.at(-1);
    if (piece.kind === "break" || line === undefined) {
      lines.push({ quoted: quotedToTheEnd, pieces: [] });
    } else if (piece.kind === "quote") {
      quotedToTheEnd ||= piece.toTheEnd;
      line.quoted = true;
    } else {
      line.pieces.push(piece);
    }
  }
  return lines;
}

/** Joins neighbouring lines that are quoted, or not quoted, alike. A quote is a block: no line break is seen around it. */
function quotedApart(lines: readonly Line[]): readonly Line[] {
  const groups: { quoted: boolean; pieces: Piece[] }[] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last?.quoted === line.quoted) last.pieces.push({ kind: "break" }, ...line.pieces);
    else groups.push({ quoted: line.quoted, pieces: [...line.pieces] });
  }
  return groups;
}

/** Preformatted text begins and ends a line by itself. */
function withoutBreaksAtBlocks(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.filter(
    ({ kind }, index) => kind !== "break" || (pieces[index - 1]?.kind !== "pre" && pieces[index + 1]?.kind !== "pre"),
  );
}

function pieceHtml(piece: Piece): Html {
  switch (piece.kind) {
    case "inline":
    case "pre":
      return piece.content;
    case "break":
      return html`<br>`;
    case "quote":
      return html``;
  }
}
