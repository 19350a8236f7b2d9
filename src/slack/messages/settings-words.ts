import { type Arrival, DEFAULT_SETTINGS, type Settings } from "../../domain/settings.ts";
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

function allParts(settings: Settings): readonly string[] {
  const { arrives, minConfidence, condition, alertInChannel, mention, quiet, reminder, fold } = settings;
  return [
    ARRIVAL_WORDS[arrives],
    minConfidence === null
      ? "any confidence"
      : `confidence ${minConfidence === "high" ? "high" : `${minConfidence} or better`}`,
    condition === null ? "any condition" : conditionWords(condition.name, condition.contains),
    excludedWords(settings.excludedDomains),
    alertInChannel ? "the end told in the channel" : "the end told in the thread alone",
    mention ? "with a mention" : "without a mention",
    quiet === null ? "no quiet hours" : `quiet ${quiet.from}–${quiet.to} (${bare(settings.timeZone, CONDITION)})`,
    reminder
      ? `reminder each working day${quiet === null ? ` (${bare(settings.timeZone, CONDITION)})` : ""}`
      : "no reminder",
    fold ? "known ones folded" : "known ones in full",
  ];
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
    : `${plural(held, "match", "matches")} held back by the filter here (they are in the export)`;
}
