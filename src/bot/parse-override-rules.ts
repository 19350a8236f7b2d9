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
  /** What a channel has set, and no run for itself. */
  | { readonly kind: "channel"; readonly typed: string }
  /** `default` beside what it would take back; `typed` is all the rest. */
  | { readonly kind: "default"; readonly typed: string }
  /** A word that is none of ours. */
  | { readonly kind: "word"; readonly typed: string };

/** The word that takes back what was said for a run. */
export const CLEAR = "default";
/** Minutes of the digests that there are. */
export const DIGESTS: readonly number[] = [5, 15, 30, 60];

/** What words mean. */
export type Reading =
  | { readonly set: Overrides }
  | { readonly clear: true }
  | { readonly trouble: OverrideTrouble; readonly mend: string | null };
export interface Rule {
  readonly form: RegExp;
  read(groups: readonly string[], all: string): Reading;
}

const MARK = String.raw`\s*(?::|=>|>=|≥|=|>|<=|≤|<|\bat least\b|\bis\b)?\s*`;
const ON = "on|yes|true|enabled?|off|no|false|disabled?|never|always";
/** "no mention" is said, and not "alert no, mention on". */
const NOT_SWITCHED = "(?!\\s*[:=]?\\s*(?:on|yes|true|enabled?|off|false|disabled?|never|always)\\b)";
/** A share, or a number where a grade is wanted: `80%`, `0.8`. */
const NUMBER = "(?:\\d+(?:[.,]\\d+)?|[.,]\\d+)\\s?%?";
const HOST = "(?:[a-z]+:\\/\\/)?(?:[^\\s,;.:/]+\\.)+[a-z]{2,24}(?:\\/[^\\s,;]*)?";
const HOSTS = `${HOST}(?:\\s*(?:[,;]|\\b(?:and|or)\\b)\\s*${HOST})*`;
const HOUR = "\\d{1,2}(?:[:.]\\d\\d)?\\s?(?:[ap]m|h)?";

/** Conditions go first, since their quotes may hold any word; quotes around other words mean nothing. */
export const CONDITION_RULES: readonly Rule[] = [
  rule(
    `(?:only )?conditions?${MARK}([^\\s"~:]+(?: [^\\s"~:]+){1,5}?)(?:\\s*~\\s*|\\s+contains\\s+)(?:"([^"]*)"|([^\\s"]+))`,
    ([name = "", quoted = "", word = ""]) => trouble("condition", name, `condition:"${name}"~"${quoted || word}"`),
  ),
  rule(
    `(?:only )?conditions?${MARK}(?:"([^"]*)"|([^\\s"~]+))(?:\\s*(?:~|contains|has|with)\\s*(?:"([^"]*)"|([^\\s"]+)))?`,
    condition,
  ),
];
/** Each takes its words out of the text before the next one looks. */
export const RULES: readonly Rule[] = [
  rule(
    `(?:-|not|no|without|exclude|excluding)\\s*domains?\\s*[:=]?\\s*([^\\s,;]+(?:\\s*(?:[,;]|\\band\\b)\\s*[^\\s,;:]*\\.[^\\s,;]+)*)`,
    domains,
  ),
  rule(
    `(?:not?|without|exclud(?:e|es|ing)|except(?: for)?|skip|ignore|omit|minus|leave out)\\s+(${HOSTS})`,
    withoutHosts,
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
  rule(`(?:min(?:imum)?[- ]?)?confidence${MARK}(${NUMBER})(?:\\+| (?:or|and) (?:better|higher|more|above))?`, share),
  rule(`(${NUMBER}) (?:min(?:imum)?[- ]?)?confidence`, share),
  rule(
    "((?:digests? )?(?:daily|weekly|(?:each|every) (?:day|morning|evening|night|week)))(?: digests?)?",
    ([typed = ""]) => trouble("digest", typed, "digest 1h"),
  ),
  rule(
    `quiet(?: hours?)?(?:\\s*[:=]?\\s*(?:from |between )?${HOUR}(?:\\s*(?:-|to|until|till|and)?\\s*${HOUR})?)?`,
    channelWide,
  ),
  rule(`(?:remind(?:ers?|s)?|fold(?:ed|ing)?)(?:\\s*[:=]?\\s*(?:${ON}))?`, channelWide),
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
  rule("(?:-|no |without )(?:channel )?alerts? (?:or|nor|and) mentions?", () => ({
    set: { alertInChannel: false, mention: false },
  })),
  rule(`(?:-|no |without )(?:channel )?alerts?${NOT_SWITCHED}`, () => ({ set: { alertInChannel: false } })),
  rule(`(?:-|no |without )mentions?${NOT_SWITCHED}`, () => ({ set: { mention: false } })),
  rule(`(?:channel )?alerts?\\s*[:=]?\\s*(${ON})`, ([word = ""]) => ({ set: { alertInChannel: isOn(word) } })),
  rule(`mentions?\\s*[:=]?\\s*(${ON})`, ([word = ""]) => ({ set: { mention: isOn(word) } })),
  rule("(alert|mention)s?(?:\\s*[:=]\\s*[^\\s,;]*)?", ([name = ""]) =>
    trouble("switch", name, `${name.toLowerCase()} off`),
  ),
  rule("(?:as )?(?:the )?(?:defaults?|channel settings)", () => ({ clear: true })),
  rule("(reset|clear|normal|standard|undo)(?: (?:it|all|everything))?", ([typed = ""]) =>
    trouble("word", typed, CLEAR),
  ),
];
/** Words begin and end where a space, comma or semicolon is; so nothing inside an id or an address is one. */
function rule(form: string, read: Rule["read"]): Rule {
  return { form: new RegExp(`(?<![^\\s,;])(?:${form})(?=[.!?)]*(?:[\\s,;]|$))`, "gi"), read };
}

function trouble(kind: OverrideTrouble["kind"], typed: string, mend: string | null): Reading {
  return { trouble: { kind, typed }, mend };
}

function condition([quoted = "", word = "", quotedText = "", textWord = ""]: readonly string[]): Reading {
  const name = (quoted || word).trim();
  const contains = (quotedText || textWord).trim();
  if (name === "") return trouble("condition", "", 'condition:"name"');
  if (/^(any|all)$/i.test(name) && contains === "") return { set: { condition: null } };
  return { set: { condition: { name, contains: contains === "" ? null : contains } } };
}

function withoutHosts([typed = ""]: readonly string[], all: string): Reading {
  const said = domains([typed]);
  const hosts = "set" in said ? (said.set.excludedDomains ?? []) : [];
  const mend = hosts.map((host) => `-domain:${host}`).join(" ");
  return trouble("domain", all, mend || "-domain:example.com");
}

function domains([typed = ""]: readonly string[]): Reading {
  const given = typed.split(/[\s,;]+/).filter((word) => word !== "" && !/^(and|or)$/i.test(word));
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

/** Parallel has three grades and no number; the third of the scale that was meant is offered. */
function share([typed = ""]: readonly string[]): Reading {
  const number = Number.parseFloat(typed.replace(",", "."));
  const part = number > 1 || typed.includes("%") ? number / 100 : number;
  const grade = part >= 2 / 3 ? "high" : part >= 1 / 3 ? "medium" : "low";
  return trouble("confidence", typed, `confidence>=${grade}`);
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

function channelWide(_groups: readonly string[], typed: string): Reading {
  return trouble("channel", typed, null);
}

function minutesIn(typed: string): number {
  if (/^(hourly|hour)$/i.test(typed)) return 60;
  if (/^\d+$/.test(typed)) return Number(typed);
  return (findDuration(typed)?.ms ?? Number.NaN) / 60_000;
}

function isOn(word: string): boolean {
  return /^(on|yes|true|enabled?|always)$/i.test(word);
}
