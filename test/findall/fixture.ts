import { readFileSync } from "node:fs";

/** A payload of `test/fixtures/findall`, parsed. */
export function fixture(name: string): unknown {
  return JSON.parse(fixtureText(name));
}

/** The same as text. */
export function fixtureText(name: string): string {
  return readFileSync(new URL(`../fixtures/findall/${name}.json`, import.meta.url), "utf8");
}
