import { distance } from "fastest-levenshtein";
import type { Arrival, Overrides } from "../domain/settings.ts";
import { nearestOf } from "./command-words.ts";
import { plainQuotes, unquoted } from "./extract-id.ts";
import { shortDuration } from "./parse-duration.ts";
import {
  CLEAR,
  CONDITION_RULES,
  type OverrideTrouble,
  type Reading,
  RULES,
  type Rule,
} from "./parse-override-rules.ts";

export interface OverrideWords {
  /** Null when nothing was said for this watch alone; empty: what was said before is taken back. */
  readonly overrides: Overrides | null;
  /** The first thing that cannot be followed, and what to type instead of all such things where that can be guessed. */
  readonly trouble: (OverrideTrouble & { readonly mend: string | null }) | null;
  /** What is said beside it; the run's id should be in it. */
  readonly rest: string;
}

/** Names that a mistyped word is held against. */
const NAMES = ["digest", "confidence", "domain", "condition", "alert", "mention", "default", "each", "end"];
const FILLERS = new Set("a an and but for from in it just me only please run the to with".split(" "));

/**
 * Reads what is said for one watch alone beside its id: in any order, last word wins. Pure, and never throws.
 * @param text plain text (see `plainTextOf`)
 */
export function readOverrideWords(text: string): OverrideWords {
  const found: { readonly at: number; readonly said: Reading }[] = [];
  const take = (from: string, { form, read }: Rule) =>
    from.replace(form, (all: string, ...groups: unknown[]) => {
      const texts = groups.slice(0, -2).map((group) => (typeof group === "string" ? group : ""));
      found.push({ at: Number(groups.at(-2)), said: read(texts, all) });
      return " ".repeat(all.length); // so that each word keeps its place
    });
  const plain = plainQuotes(text).replace(/[–—−](?=\s*\S)/g, "-");
  const rest = RULES.reduce(take, unquoted(CONDITION_RULES.reduce(take, plain)));
  const inOrder = found.toSorted((a, b) => a.at - b.at).map(({ said }) => said);
  return { ...together(inOrder), rest };
}

/** What all words mean together, in the order of typing. */
function together(said: readonly Reading[]): Omit<OverrideWords, "rest"> {
  let set: Overrides | null = null;
  for (const each of said) if ("set" in each) set = merged(set ?? {}, each.set);
  const troubles = said.filter((each) => "trouble" in each);
  const mends = [...new Set(troubles.map(({ mend }) => mend).filter((mend) => mend !== null))];
  const isCleared = said.some((each) => "clear" in each) || mends.includes(CLEAR);
  // One line cannot take back what was said and say something else.
  if (isCleared && set !== null)
    return { overrides: null, trouble: { kind: "default", typed: overrideLine(set), mend: CLEAR } };
  const [first] = troubles;
  const mend = mends.length === 0 ? null : mends.join(" ");
  return { overrides: set ?? (isCleared ? {} : null), trouble: first ? { ...first.trouble, mend } : null };
}

/** The words without those that mean nothing beside an override: "with a digest, please". */
export function withoutFillers(words: readonly string[]): readonly string[] {
  return words.filter((word) => !FILLERS.has(word.toLowerCase()));
}

/** The word that starts an override and that this one, misspelt, was probably meant as; null when there is none. */
export function nearestOverride(word: string): string | null {
  const name = /^[a-z]+/i.exec(word.replace(/^-/, ""))?.[0] ?? "";
  const near = name.length < 4 ? null : nearestOf(name, NAMES);
  if (near === name.toLowerCase()) return null;
  return near !== null && near.length <= 4 && distance(name.toLowerCase(), near) > 1 ? null : near;
}

/** The command that follows a run, as one would type it; without words that cannot be shown as code. */
export function watchLine(id: string, overrides: Overrides | null): string {
  const line = overrides === null ? "" : overrideLine(overrides);
  return isShowable(line) ? `/findall ${id} ${line}`.trim() : `/findall ${id}`;
}

/** Whether words that a person typed may stand in a span of code: nothing in them ends it, or comes alive in Slack. */
export function isShowable(line: string): boolean {
  return /^(?:[\p{L}\p{N}\s<>=:"~_.,'’-])*$/u.test(line) && !line.includes("<!") && line.length <= 300;
}

/** Overrides as one would type them, in one order. */
export function overrideLine(overrides: Overrides): string {
  const { arrives, minConfidence, condition: wanted, excludedDomains, alertInChannel, mention } = overrides;
  const parts = [
    arrives === undefined ? null : arrivalWord(arrives),
    minConfidence === undefined ? null : minConfidence === null ? "confidence:any" : `confidence>=${minConfidence}`,
    wanted === undefined ? null : conditionWord(wanted),
    ...(excludedDomains?.length === 0 ? ["domain:any"] : (excludedDomains ?? []).map((domain) => `-domain:${domain}`)),
    alertInChannel === undefined ? null : `alert ${alertInChannel ? "on" : "off"}`,
    mention === undefined ? null : `mention ${mention ? "on" : "off"}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? CLEAR : parts.join(" ");
}

function merged(before: Overrides, more: Overrides): Overrides {
  const domains = [...(before.excludedDomains ?? []), ...(more.excludedDomains ?? [])];
  const all = { ...before, ...more };
  return more.excludedDomains?.length ? { ...all, excludedDomains: [...new Set(domains)] } : all;
}

function arrivalWord(arrives: Arrival): string {
  return arrives.startsWith("digest-") ? `digest ${shortDuration(Number(arrives.slice(7)) * 60_000)}` : arrives;
}

function conditionWord(wanted: NonNullable<Overrides["condition"]> | null): string {
  if (wanted === null) return "condition:any";
  return `condition:"${wanted.name}"${wanted.contains === null ? "" : `~"${wanted.contains}"`}`;
}
