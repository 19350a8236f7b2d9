import { VIEW_LIMITS } from "./modal.ts";

/** What a modal carries along in `private_metadata`, read again: only what we could have written is believed. */
export type Fields = Readonly<Record<string, unknown>>;

/** The fields of a JSON object; null for anything else. */
export function readFields(text: string): Fields | null {
  if (text.length > VIEW_LIMITS.privateMetadata) return null;
  try {
    return asFields(JSON.parse(text));
  } catch {
    return null;
  }
}

/** A value as the fields of an object; null for anything else. */
export function asFields(value: unknown): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** More than any run has of anything. */
const MOST = 1_000_000;

/** Whether a value counts something: a whole number, from 0. */
export function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MOST;
}

/** The nearest number that `isCount` takes. */
export function asCount(value: number): number {
  return Number.isNaN(value) ? 0 : Math.min(MOST, Math.max(0, Math.floor(value)));
}

/** Whether a value is a text of such a form. */
export function isText(value: unknown, form: RegExp): value is string {
  return typeof value === "string" && form.test(value);
}
