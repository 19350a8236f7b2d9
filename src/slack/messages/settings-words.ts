import { type Arrival, DEFAULT_SETTINGS, type Overrides, type Settings, settingsOf } from "../../domain/settings.ts";
import { dotted } from "../blocks.ts";
import { humanName, plural } from "../format.ts";
import { bare } from "../text.ts";

const CONDITION = 60;
const CONTAINS = 60;
const DOMAIN = 60;
const DOMAINS_SHOWN = 3;

/** What arrives in the thread, in a few words. */
export const ARRIVAL_WORDS: Readonly<Record<Arrival, string>> = {
  each: "each match as it comes",
  "digest-5": "a digest every 5 minutes",
  "digest-15": "a digest every 15 minutes",
  "digest-30": "a digest every 30 minutes",
  "digest-60": "a digest every hour",
  end: "only the end",
};

/**
 * What is set otherwise than in `defaults`, in one line of finished mrkdwn; empty when nothing is. For a card
 * (`defaults` = what goes without saying) and for what one watch overrides (`defaults` = what its channel has set).
 */
export function settingsWords(settings: Settings, defaults: Settings = DEFAULT_SETTINGS): string {
  const usual = new Set(allParts(defaults));
  return dotted(allParts(settings).filter((part) => !usual.has(part)));
}

/** Everything that is set, in one line of finished mrkdwn. */
export function allSettingsWords(settings: Settings): string {
  return dotted(allParts(settings));
}

/** What was said for one watch alone, in one line of finished mrkdwn, also where it is what goes without saying. */
export function overrideWords(overrides: Overrides): string {
  const parts = partsOf(settingsOf(DEFAULT_SETTINGS, overrides));
  return dotted(OVERRIDABLE.filter((name) => overrides[name] !== undefined).map((name) => parts[name]));
}

const OVERRIDABLE = ["arrives", "minConfidence", "condition", "excludedDomains", "alertInChannel", "mention"] as const;

function allParts(settings: Settings): readonly string[] {
  return Object.values(partsOf(settings));
}

function partsOf(settings: Settings) {
  const { arrives, minConfidence, condition, alertInChannel, mention, quiet, reminder, fold } = settings;
  const zone = bare(settings.timeZone, CONDITION);
  return {
    arrives: ARRIVAL_WORDS[arrives],
    minConfidence:
      minConfidence === null
        ? "any confidence"
        : `confidence ${minConfidence === "high" ? "high" : `${minConfidence} or better`}`,
    condition: condition === null ? "any condition" : conditionWords(condition.name, condition.contains),
    excludedDomains: excludedWords(settings.excludedDomains),
    alertInChannel: alertInChannel ? "the end told in the channel" : "the end told in the thread alone",
    mention: mention ? "with a mention" : "without a mention",
    quiet: quiet === null ? "no quiet hours" : `quiet ${quiet.from}–${quiet.to} (${zone})`,
    reminder: reminder ? `reminder each working day${quiet === null ? ` (${zone})` : ""}` : "no reminder",
    fold: fold ? "known ones folded" : "known ones in full",
  };
}

function conditionWords(name: string, contains: string | null): string {
  const named = `“${bare(humanName(name), CONDITION)}”`;
  return contains === null ? `only with ${named} met` : `only with “${bare(contains, CONTAINS)}” in ${named}`;
}

function excludedWords(domains: readonly string[]): string {
  if (domains.length === 0) return "all domains";
  const shown = domains.slice(0, DOMAINS_SHOWN).map((domain) => bare(domain, DOMAIN));
  const left = domains.length - shown.length;
  return `without ${shown.join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

/** How many matches a filter holds back, and where they are; null when there are none. */
export function heldWords(held: number): string | null {
  return held === 0
    ? null
    : `${plural(held, "match", "matches")} held back by the filter here (${held === 1 ? "it is" : "they are"} in the export)`;
}
