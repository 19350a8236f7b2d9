/** Longest cell, in UTF-16 units. Excel holds 32,767 and drops the rest without a word ("Excel specifications and limits"). */
export const CELL_LENGTH = 32_000;

const LINE_ENDS = /\r\n?|[\u0085\u2028\u2029]/g;
// Built from strings, since the linter takes control characters in a literal for a mistake.
const CONTROL = new RegExp(
  [
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f", // all but tab and line feed
    "\\u202a-\\u202e\\u2066-\\u2069", // what turns the direction of writing: "gpj.exe" would read "exe.jpg"
    "\\ufeff\\ufffe\\uffff]", // a byte order mark belongs at the start of a file
  ].join(""),
  "g",
);
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Characters that begin a formula, and what the compatibility forms of Unicode turn into them (Apple Numbers does). */
const BEGINS_FORMULA = "[=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u207a-\u207c\u208a-\u208c]";
/** What a program may overlook or strip in front of one: blanks, invisible and unknown characters, quotes. */
const OVERLOOKED = "\\p{Z}\\p{Cf}\\p{Co}\\p{Cn}\"'\u2018-\u201f\u2800\u3164";
const FORMULA = new RegExp(`^(?=[\\n${OVERLOOKED}]*${BEGINS_FORMULA})`, "u");
/**
 * A spreadsheet that is set to semicolons, as most of Europe's are, does not see that a cell of ours is quoted, and
 * starts new cells at every semicolon and line inside it (OWASP, "CSV Injection").
 */
const FORMULA_INSIDE = new RegExp(`[\\n;](?=[${OVERLOOKED}]*${BEGINS_FORMULA})`, "gu");

/**
 * Foreign text as a cell of a spreadsheet: no control characters, tabs as blanks, line feeds as line ends; a `'` in
 * front of what would be a formula; what a cell cannot hold is cut, and the cell says so.
 */
export function cellOf(text: string): string {
  return cut(clean(text).replace(FORMULA, "'").replace(FORMULA_INSIDE, "$&'"));
}

/** Foreign text as a part of a column's name: on one line, cut without a word. It becomes a cell like any other. */
export function headingOf(text: string, max: number): string {
  const line = clean(text.slice(0, max * 4))
    .replace(/\s+/g, " ")
    .trim();
  return line.length > max ? `${whole(line, max - 1)}…` : line;
}

function clean(text: string): string {
  return text.replace(LONE_SURROGATE, "\ufffd").replace(LINE_ENDS, "\n").replaceAll("\t", " ").replace(CONTROL, "");
}

function cut(text: string): string {
  if (text.length <= CELL_LENGTH) return text;
  const statement = `\n[Cut here: the whole text has ${text.length.toLocaleString("en-US")} characters, more than a spreadsheet cell holds. The JSON export has all of it.]`;
  return whole(text, CELL_LENGTH - statement.length) + statement;
}

/** The beginning of a text, no character halved. */
function whole(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
