import type { Json } from "../../fake-slack/model.ts";
import { asText } from "../../fake-slack/validate/checks.ts";
import { attributes, type Html, html } from "./html.ts";
import type { Look } from "./look.ts";
import { markdownInline } from "./markdown-inline.ts";

/** A `markdown` block: the standard markdown that Slack's own clients show, and no more than its common part. */
export function markdown(block: Json, look: Look): Html {
  return html`<div class="b-markdown">${partsOf(asText(block.text ?? "").split(/\r\n|\r|\n/), look)}</div>`;
}

/** Reads one part from the front of the lines, or gives null when it is of another kind. */
type Reader = (lines: readonly string[], look: Look) => { readonly content: Html; readonly length: number } | null;

const READERS: readonly Reader[] = [fence, heading, rule, quote, table, list, paragraph];

function partsOf(lines: readonly string[], look: Look): readonly Html[] {
  const parts: Html[] = [];
  let at = 0;
  while (at < lines.length) {
    const rest = lines.slice(at);
    const found = isBlank(rest[0]) ? null : firstOf(rest, look);
    if (found) parts.push(found.content);
    at += found?.length ?? 1;
  }
  return parts;
}

function firstOf(lines: readonly string[], look: Look): ReturnType<Reader> {
  for (const reader of READERS) {
    const found = reader(lines, look);
    if (found) return found;
  }
  return null;
}

const isBlank = (line: string | undefined) => line === undefined || line.trim() === "";

/** How many lines from the front are alike. */
function runLength(lines: readonly string[], isAlike: (line: string) => boolean): number {
  const end = lines.findIndex((line) => !isAlike(line));
  return end < 0 ? lines.length : end;
}

function fence(lines: readonly string[]): ReturnType<Reader> {
  const opening = /^ {0,3}(```+|~~~+)\s*(\S*)/.exec(lines[0] ?? "");
  if (!opening?.[1]) return null;
  const mark = opening[1];
  const inner = runLength(lines.slice(1), (line) => !line.trim().startsWith(mark));
  const code = lines.slice(1, inner + 1).join("\n");
  const names = { class: "b-pre", "data-language": opening[2] || null };
  return { content: html`<pre${attributes(names)}><code>${code}</code></pre>`, length: inner + 2 };
}

function heading(lines: readonly string[], look: Look): ReturnType<Reader> {
  const found = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(lines[0] ?? "");
  if (!found) return null;
  const level = Math.min(4, found[1]?.length ?? 1);
  const names = { class: `b-header b-header-${level}`, role: "heading", "aria-level": level + 2 };
  return { content: html`<div${attributes(names)}>${markdownInline(found[2] ?? "", look)}</div>`, length: 1 };
}

function rule(lines: readonly string[]): ReturnType<Reader> {
  return /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/.test(lines[0] ?? "")
    ? { content: html`<hr class="b-divider">`, length: 1 }
    : null;
}

function quote(lines: readonly string[], look: Look): ReturnType<Reader> {
  const length = runLength(lines, isQuoted);
  if (length === 0) return null;
  const inner = lines.slice(0, length).map((line) => line.replace(TOO_DEEP, "").replace(/^ {0,3}(?:>|&gt;) ?/, ""));
  return { content: html`<blockquote class="b-quote">${partsOf(inner, look)}</blockquote>`, length };
}

// A quote in a quote in a quote is a game; what is deeper than anybody writes lies on one level.
const TOO_DEEP = /^(?: {0,3}(?:>|&gt;) ?){9,}/;
const isQuoted = (line: string) => /^ {0,3}(?:>|&gt;)/.test(line);

const cellsOf = (line: string) =>
  line
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
const isSeparator = (line: string | undefined) =>
  line?.includes("|") === true && cellsOf(line).every((cell) => /^:?-+:?$/.test(cell));

function table(lines: readonly string[], look: Look): ReturnType<Reader> {
  if (!lines[0]?.includes("|") || !isSeparator(lines[1])) return null;
  const length = runLength(lines, (line) => line.includes("|"));
  const row = (line: string, isHead: boolean) => {
    const cells = cellsOf(line).map((cell) => markdownInline(cell, look));
    return html`<tr>${cells.map((cell) => (isHead ? html`<th scope="col">${cell}</th>` : html`<td>${cell}</td>`))}</tr>`;
  };
  const body = lines.slice(2, length).map((line) => row(line, false));
  const whole = html`<table class="b-table"><thead>${row(lines[0], true)}</thead><tbody>${body}</tbody></table>`;
  return { content: html`<div class="b-scroll" role="region" tabindex="0" aria-label="Table">${whole}</div>`, length };
}

const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;

/** Items one by one, each with its depth as a class: the same way Slack's own rich text keeps lists. */
function list(lines: readonly string[], look: Look): ReturnType<Reader> {
  const length = runLength(lines, (line) => ITEM.test(line) || (/^\s+\S/.test(line) && lines[0] !== line));
  if (!ITEM.test(lines[0] ?? "")) return null;
  return { content: html`${lines.slice(0, length).map((line) => listLine(line, look))}`, length };
}

function listLine(line: string, look: Look): Html {
  const [, blanks = "", mark = "", words = ""] = ITEM.exec(line) ?? [];
  // A line that goes on with the item above.
  if (mark === "") return html`<div class="b-indent-1">${markdownInline(line.trim(), look)}</div>`;
  const indent = Math.min(8, Math.floor(blanks.replace(/\t/g, "  ").length / 2));
  const names = { class: `b-list b-indent-${indent} b-marks-${indent % 3}` };
  const task = words.replace(/^\[( |x|X)\] /, (_whole, tick: string) => (tick === " " ? "☐ " : "☑ "));
  const item = html`<li>${markdownInline(task, look)}</li>`;
  if (!/\d/.test(mark)) return html`<ul${attributes(names)}>${item}</ul>`;
  return html`<ol${attributes({ ...names, start: Number.parseInt(mark, 10) })}>${item}</ol>`;
}

function paragraph(lines: readonly string[], look: Look): ReturnType<Reader> {
  const end = lines.findIndex((_line, index) => index > 0 && endsParagraph(lines.slice(index, index + 2), look));
  const length = end < 0 ? lines.length : end;
  return { content: html`<p>${markdownInline(lines.slice(0, length).join("\n"), look)}</p>`, length };
}

function endsParagraph(lines: readonly string[], look: Look): boolean {
  return isBlank(lines[0]) || READERS.some((reader) => reader !== paragraph && reader(lines, look) !== null);
}
