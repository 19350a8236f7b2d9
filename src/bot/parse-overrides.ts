import { distance } from "fastest-levenshtein";
import { type Arrival, CONFIDENCES, type Confidence, type Overrides } from "../domain/settings.ts";
import { nearestOf } from "./command-words.ts";
import { parseDomain } from "./parse-domain.ts";
import { findDuration, shortDuration, UNIT } from "./parse-duration.ts";

/** Why a word behind a run's id cannot be followed. `typed` is foreign text. */
export type OverrideTrouble =
  /** A digest of another length than the four there are. */
  | { readonly kind: "digest"; readonly typed: string }
  | { readonly kind: "confidence"; readonly typed: string }
  | { readonly kind: "domain"; readonly typed: string }
  | { readonly kind: "condition"; readonly typed: string }
  | { readonly kind: "switch"; readonly typed: string }
  /** A word that is none of ours. */
  | { readonly kind: "word"; readonly typed: string };

export interface OverrideWords {
  /** Null when nothing was said for this watch alone; empty: what was said before is taken back. */
  readonly overrides: Overrides | null;
  /** The first thing that cannot be followed, and what to type instead where that can be guessed. */
  readonly trouble: (OverrideTrouble & { readonly mend: string | null }) | null;
  /** What is said beside it; the run's id should be in it. */
  readonly rest: string;
}

/** Minutes of the digests that there are. */
export const DIGESTS: readonly number[] = [5, 15, 30, 60];

type Reading =
  | { readonly set: Overrides }
  | { readonly clear: true }
  | { readonly trouble: OverrideTrouble; readonly mend: string | null };
interface Rule {
  readonly form: RegExp;
  read(groups: readonly string[]): Reading;
}

const MARK = String.raw`\s*(?::|=>|>=|≥|=|>|<=|≤|<|\bat least\b|\bis\b)?\s*`;
const ON = "on|yes|true|enabled?|off|no|false|disabled?|never|always";

/** Each takes its words out of the text before the next one looks; quoted text first, since it may hold anything. */
const RULES: readonly Rule[] = [
  rule(
    `(?:only )?conditions?${MARK}(?:"([^"]*)"|([^\\s"~]+))(?:\\s*(?:~|contains|has|with)\\s*(?:"([^"]*)"|([^\\s"]+)))?`,
    condition,
  ),
  rule(
    `(?:-|not|no|without|exclude|excluding)\\s*domains?\\s*[:=]?\\s*([^\\s,;]+(?:\\s*[,;]\\s*[^\\s,;:]*\\.[^\\s,;]+)*)`,
    domains,
  ),
  rule("-((?:[^\\s,;.:/]+\\.)+[a-z]{2,24})", domains),
  rule(`domains?\\s*[:=]?\\s*(any|all|every)`, () => ({ set: { excludedDomains: [] } })),
  rule(`domains?\\s*[:=]\\s*([^\\s,;]+)`, ([typed = ""]) =>
    trouble("domain", typed, `-domain:${parseDomain(typed) ?? "example.com"}`),
  ),
  rule("(low|medium|high)[- ]confidence(?: only)?", ([word = ""]) => confidence(["", word])),
  rule(`(?:min(?:imum)?[- ]?)?confidence\\s*(<=|≤|<)\\s*([a-z]+)`, ([mark = "", word = ""]) =>
    trouble("confidence", `${mark}${word}`, `confidence>=${gradeOf(word) ?? "high"}`),
  ),
  rule(
    `(?:min(?:imum)?[- ]?)?confidence(${MARK})([a-z]+)(?:\\+| (?:or|and) (?:better|higher|more|above))?`,
    confidence,
  ),
  rule(`(?:an? )?(hourly)(?: digests?)?`, digest),
  rule(
    `(?:an? )?digests?\\s*(?:[:=]|every|each|of)?\\s*(\\d+(?:[.,]\\d+)?\\s*${UNIT}|(?:an?|one|half an?)\\s+[a-z]+)`,
    digest,
  ),
  rule(`every\\s+(\\d+(?:[.,]\\d+)?\\s*${UNIT}|hour|half an hour)`, digest),
  rule(`digests?\\s*(?:[:=]|every|each|of)?\\s*(hourly|\\d+(?![^\\s,;.!]))`, digest),
  rule("digests?", () => trouble("digest", "", "digest 30m")),
  rule("(?:each|every)(?: (?:one|match|candidate)(?:es|s)?)?|all matches", () => ({ set: { arrives: "each" } })),
  rule("(?:only )?(?:at )?(?:the )?end(?: only| alone)?", () => ({ set: { arrives: "end" } })),
  rule(`(?:channel )?alerts?\\s*[:=]?\\s*(${ON})`, ([word = ""]) => ({ set: { alertInChannel: isOn(word) } })),
  rule("(?:-|no |without )(?:channel )?alerts?", () => ({ set: { alertInChannel: false } })),
  rule(`mentions?\\s*[:=]?\\s*(${ON})`, ([word = ""]) => ({ set: { mention: isOn(word) } })),
  rule("(?:-|no |without )mentions?", () => ({ set: { mention: false } })),
  rule("(alert|mention)s?(?:\\s*[:=]\\s*[^\\s,;]*)?", ([name = ""]) =>
    trouble("switch", name, `${name.toLowerCase()} off`),
  ),
  rule("(?:as )?(?:the )?(?:defaults?|channel settings)", () => ({ clear: true })),
];
/** Names that a mistyped word is held against. */
const NAMES = ["digest", "confidence", "domain", "condition", "alert", "mention", "default", "each", "end"];
const FILLERS = new Set("a an and but for from in it just me only please run the to with".split(" "));

/**
 * Reads what is said for one watch alone beside its id: in any order, last word wins. Pure, and never throws.
 * @param text plain text (see `plainTextOf`)
 */
export function readOverrideWords(text: string): OverrideWords {
  let rest = text.replace(/[“”„«»]/g, '"').replace(/[–—−](?=\s*\S)/g, "-");
  let overrides: Overrides | null = null;
  let first: OverrideWords["trouble"] = null;
  for (const { form, read } of RULES) {
    rest = rest.replace(form, (_all, ...groups: unknown[]) => {
      const said = read(groups.slice(0, -2).map((group) => (typeof group === "string" ? group : "")));
      if ("trouble" in said) first ??= { ...said.trouble, mend: said.mend };
      else overrides = "clear" in said ? (overrides ?? {}) : merged(overrides ?? {}, said.set);
      return " ";
    });
  }
  return { overrides, trouble: first, rest };
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
  return parts.length === 0 ? "default" : parts.join(" ");
}

/** Words begin and end where a space, comma or semicolon is; so nothing inside an id or an address is one. */
function rule(form: string, read: Rule["read"]): Rule {
  return { form: new RegExp(`(?<![^\\s,;])(?:${form})(?=[.!?)]*(?:[\\s,;]|$))`, "gi"), read };
}

function trouble(kind: OverrideTrouble["kind"], typed: string, mend: string | null): Reading {
  return { trouble: { kind, typed }, mend };
}

function merged(before: Overrides, more: Overrides): Overrides {
  const domains = [...(before.excludedDomains ?? []), ...(more.excludedDomains ?? [])];
  const all = { ...before, ...more };
  return more.excludedDomains?.length ? { ...all, excludedDomains: [...new Set(domains)] } : all;
}

function condition([quoted = "", word = "", quotedText = "", textWord = ""]: readonly string[]): Reading {
  const name = (quoted || word).trim();
  const contains = (quotedText || textWord).trim();
  if (name === "") return trouble("condition", "", 'condition:"name"');
  if (/^(any|all)$/i.test(name) && contains === "") return { set: { condition: null } };
  return { set: { condition: { name, contains: contains === "" ? null : contains } } };
}

function domains([typed = ""]: readonly string[]): Reading {
  const given = typed.split(/[\s,;]+/).filter(Boolean);
  const hosts = given.map(parseDomain);
  const bad = given[hosts.indexOf(null)];
  if (bad !== undefined) return trouble("domain", bad, "-domain:example.com");
  return { set: { excludedDomains: hosts.filter((host) => host !== null) } };
}

function confidence([mark = "", word = ""]: readonly string[]): Reading {
  if (/^(any|all)$/i.test(word)) return { set: { minConfidence: null } };
  const grade = gradeOf(word);
  if (grade === null) {
    const near = nearestOf(word, ["low", "medium", "high", "any"]);
    return trouble("confidence", word, `confidence>=${near ?? "high"}`);
  }
  // "> low" leaves "low" out, where there is something above it.
  const above = mark.trim() === ">" ? CONFIDENCES[CONFIDENCES.indexOf(grade) + 1] : undefined;
  return { set: { minConfidence: above ?? grade } };
}

function gradeOf(word: string): Confidence | null {
  const grade = word
    .toLowerCase()
    .replace(/^(med|mid|middle)$/, "medium")
    .replace(/^highest$/, "high");
  return CONFIDENCES.find((each) => each === grade) ?? null;
}

function digest([typed = ""]: readonly string[]): Reading {
  const minutes = minutesIn(typed);
  if (DIGESTS.includes(minutes)) return { set: { arrives: `digest-${minutes}` as Arrival } };
  const nearest = DIGESTS.toSorted((a, b) => Math.abs(a - minutes) - Math.abs(b - minutes))[0] ?? 30;
  return trouble("digest", typed, `digest ${shortDuration((Number.isNaN(minutes) ? 30 : nearest) * 60_000)}`);
}

function minutesIn(typed: string): number {
  if (/^(hourly|hour)$/i.test(typed)) return 60;
  if (/^\d+$/.test(typed)) return Number(typed);
  return (findDuration(typed)?.ms ?? Number.NaN) / 60_000;
}

function isOn(word: string): boolean {
  return /^(on|yes|true|enabled?|always)$/i.test(word);
}

function arrivalWord(arrives: Arrival): string {
  return arrives.startsWith("digest-") ? `digest ${shortDuration(Number(arrives.slice(7)) * 60_000)}` : arrives;
}

function conditionWord(wanted: NonNullable<Overrides["condition"]> | null): string {
  if (wanted === null) return "condition:any";
  return `condition:"${wanted.name}"${wanted.contains === null ? "" : `~"${wanted.contains}"`}`;
}
