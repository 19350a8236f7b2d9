import type { Json } from "../../fake-slack/model.ts";
import { asText, isObject } from "../../fake-slack/validate/checks.ts";

/** The items of a list. What should have been one and is not is its only item, so that it gets named. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** A field as text, for an attribute; undefined when it is not there. */
export function field(value: Json, name: string): string | undefined {
  const found = value[name];
  return found === undefined || found === null ? undefined : asText(found);
}

/** The entry of a table for the `type` of a value, if it is a value of a known type. */
export function byTypeOf<Entry>(table: Readonly<Record<string, Entry>>, value: unknown): Entry | undefined {
  if (!isObject(value) || typeof value.type !== "string") return undefined;
  return Object.hasOwn(table, value.type) ? table[value.type] : undefined;
}

/** The type a value says it has. */
export function typeName(value: unknown): string {
  return isObject(value) && value.type !== undefined ? asText(value.type) : "without a type";
}
