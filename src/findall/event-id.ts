import { textOf } from "./foreign-value.ts";

/** Event ids have no published pattern; one that is longer than any seen is not kept. */
const LONGEST = 256;

/** The id of an event, which says nothing but where to go on; null when there is none. */
export function eventIdOf(value: unknown): string | null {
  const id = typeof value === "string" || typeof value === "number" ? textOf(value) : "";
  return id === "" || id.length > LONGEST ? null : id;
}
