/**
 * What a person cannot see must not change what a person sees. Foreign text loses control characters, everything that
 * turns the direction of writing, invisible characters, and halves of characters; what some scripts and emoji need of
 * the invisible ones stays.
 */

const CONTROL = anyOf("\\x00-\\x09", "\\x0b-\\x1f", "\\x7f-\\x9f");

// Direction marks, embeddings, overrides and isolates: an override can make "gpj.exe" read "exe.jpg".
const DIRECTION = anyOf("\\u061c", "\\u200e\\u200f", "\\u202a-\\u202e", "\\u2066-\\u2069");

const INVISIBLE = anyOf(
  // Soft hyphen, zero-width space, joiners of words, byte order mark.
  "\\u00ad\\u200b\\ufeff\\u2060-\\u2065\\u206a-\\u206f",
  // Fillers that look like nothing.
  "\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u3164\\uffa0",
  // Variation selectors, but for the one that asks for emoji; interlinear marks; what is no character.
  "\\ufe00-\\ufe0e\\ufff0-\\ufffb\\ufffe\\uffff",
  // Musical and shorthand controls, tags, more variation selectors.
  "\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}",
);

const JOINERS = anyOf("\\u200c\\u200d");

// Joiner and non-joiner are spelling in these scripts, and the joiner builds emoji; elsewhere they only hide.
const JOINS =
  /[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;

/** Control characters but the newline go; line ends of all systems become `\n`; lone surrogates become U+FFFD. */
export function clean(text: string): string {
  return (
    text
      .replace(/\p{Surrogate}/gu, "\ufffd")
      .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
      .replace(/[\t\v\f]/g, " ")
      .replace(CONTROL, "")
      .replace(DIRECTION, "")
      .replace(INVISIBLE, "")
      .replace(JOINERS, keptJoiner)
      // A pile of accents on one letter covers the lines around it.
      .replace(/(\p{M}{4})\p{M}+/gu, "$1")
  );
}

/** Everything on one line, runs of blanks as one. */
export function flatten(text: string): string {
  return text.replace(/[\s\u2800]+/g, " ").trim();
}

function keptJoiner(run: string, offset: number, whole: string): string {
  const before = whole.slice(Math.max(0, offset - 2), offset);
  const after = whole.slice(offset + run.length, offset + run.length + 2);
  // An emoji may end with the selector that asks for its coloured form.
  return (JOINS.test(before) || before.endsWith("\ufe0f")) && JOINS.test(after) ? run.charAt(0) : "";
}

function anyOf(...ranges: readonly string[]): RegExp {
  return new RegExp(`[${ranges.join("")}]+`, "gu");
}
