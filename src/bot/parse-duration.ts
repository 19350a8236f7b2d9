/** A length of time as people write it, and what is said beside it. */
export interface FoundDuration {
  readonly ms: number;
  /** As it was typed. */
  readonly typed: string;
  readonly rest: string;
}

const MINUTE = 60_000;
const UNITS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: MINUTE,
  h: 60 * MINUTE,
  d: 24 * 60 * MINUTE,
  w: 7 * 24 * 60 * MINUTE,
};
const AMOUNT = "\\d{1,9}(?:[.,]\\d{1,3})?";
/** The names of units, as a part of a regular expression. */
export const UNIT = "(?:seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|hr|h|days?|d|weeks?|w)";
const ARTICLE = "(?:half an?|an?|one)";
const PIECE = `${AMOUNT}\\s*${UNIT}|${ARTICLE}\\s+(?:minute|hour|day|week)`;
/** Minutes need no unit behind hours: "2h30". */
const SHORT = "\\d{1,3}\\s?h\\s?[0-5]?\\d";
const DURATION = new RegExp(
  `(?<![^\\s,;(])(?:${SHORT}|(?:${PIECE})(?:\\s*(?:and\\s+)?${AMOUNT}\\s*${UNIT}){0,3})(?![^\\s,;.!)?])`,
  "i",
);
const PART = new RegExp(`(${AMOUNT}|${ARTICLE}(?=\\s))\\s*(${UNIT})(?![a-z])`, "gi");

/** The first length of time in a text (`30m`, `2 hours`, `1h30m`, `2h30`, `half an hour`); null when there is none. */
export function findDuration(text: string): FoundDuration | null {
  const match = DURATION.exec(text);
  if (!match) return null;
  const typed = match[0];
  const ms = [...typed.replace(/(?<=h\s?)\d+$/i, "$&m").matchAll(PART)].reduce(
    (sum, [, amount = "", unit = ""]) => sum + amountOf(amount) * lengthOf(unit),
    0,
  );
  return { ms: Math.round(ms), typed, rest: `${text.slice(0, match.index)} ${text.slice(match.index + typed.length)}` };
}

/** As `findDuration` reads it: `90m`, `2h`, `1d`. @param ms milliseconds, of whole minutes */
export function shortDuration(ms: number): string {
  const day = UNITS.d ?? 0;
  const hour = UNITS.h ?? 0;
  if (ms % day === 0) return `${ms / day}d`;
  return ms % hour === 0 ? `${ms / hour}h` : `${Math.round(ms / MINUTE)}m`;
}

function amountOf(text: string): number {
  const word = text.toLowerCase();
  if (word.startsWith("half")) return 0.5;
  return /^\d/.test(word) ? Number(word.replace(",", ".")) : 1;
}

function lengthOf(unit: string): number {
  return UNITS[unit.charAt(0).toLowerCase()] ?? 0;
}
