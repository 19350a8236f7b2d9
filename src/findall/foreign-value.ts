import { toUSVString } from "node:util";

/** What is shown for a value nested so deeply that it cannot be written as JSON. */
const TOO_DEEP = "(too deeply nested to show)";

/**
 * Any JSON value as text: strings as they are, null and missing as empty text, everything else as compact JSON. Lone
 * surrogates become U+FFFD, since neither UTF-8 nor Slack can carry them.
 */
export function textOf(value: unknown): string {
  if (typeof value === "string") return toUSVString(value);
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return String(value);
  try {
    return JSON.stringify(value, (_key, inner) => (typeof inner === "string" ? toUSVString(inner) : inner));
  } catch {
    // JSON.parse reads nesting of any depth, JSON.stringify overflows the stack on it.
    return TOO_DEEP;
  }
}

/** As `textOf`, but null where there is nothing to say. */
export function textOrNull(value: unknown): string | null {
  const text = textOf(value);
  return text === "" ? null : text;
}

/** A boolean, also when it was sent as text; null when it is anything else. */
export function flagOrNull(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  if (value === "true") return true;
  if (value === "false") return false;
  return null;
}

/** A whole number of at least 0, also when it was sent as text; null when it is anything else. */
export function countOrNull(value: unknown): number | null {
  if (typeof value !== "number" && typeof value !== "string") return null;
  if (typeof value === "string" && value.trim() === "") return null;
  const number = Math.trunc(Number(value));
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** A JSON object, not an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The elements of an array; nothing of anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
