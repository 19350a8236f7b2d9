import { isFiltering, isSameCondition } from "../../domain/filter.ts";
import type { RunSpec } from "../../domain/run.ts";
import { DEFAULT_SETTINGS, type Overrides, settingsOf } from "../../domain/settings.ts";
import { humanName } from "../../slack/format.ts";
import { overrideWords } from "../../slack/messages/settings-words.ts";
import { code, foreign } from "./say.ts";

const NAMES_SHOWN = 5;

export interface SaidForRun {
  /** What was said just now; null when nothing was. */
  readonly given: Overrides | null;
  /** What holds for this watch alone now, what was said before included. */
  readonly standing: Overrides;
  /** Null: not known. */
  readonly spec: RunSpec | null;
}

/** What holds for one watch alone, as the answer confirms it; nothing when nothing does. */
export function overrideParagraphs({ given, standing, spec }: SaidForRun): readonly string[] {
  if (given !== null && Object.keys(given).length === 0)
    return [`What was set for this run alone is taken back: it goes by ${code("/findall settings")}.`];
  const overrides = { ...standing, ...given };
  if (Object.keys(overrides).length === 0) return [];
  const words = overrideWords(overrides);
  const filtered = isFiltering(settingsOf(DEFAULT_SETTINGS, overrides))
    ? "What does not pass is counted on the card. "
    : "";
  return [
    `${given === null ? "Set before for this run alone" : "For this run alone"}: ${words}. ${filtered}${code("default")} behind the id takes this back.`,
    ...unknownCondition(overrides, spec),
  ];
}

/** A filter by a name that no condition has would hold back everything, which nobody wants to learn at the end. */
function unknownCondition({ condition }: Overrides, spec: RunSpec | null): readonly string[] {
  if (!condition || spec === null || spec.matchConditions.length === 0) return [];
  const names = spec.matchConditions.map(({ name }) => name);
  if (names.some((name) => isSameCondition(name, condition.name))) return [];
  const known = names.slice(0, NAMES_SHOWN).map((name) => `“${foreign(humanName(name), 60)}”`);
  return [
    `⚠️ This run has no condition “${foreign(condition.name, 60)}”, only ${known.join(", ")}${names.length > NAMES_SHOWN ? " …" : ""}. Unless an enrichment has that name, everything is held back.`,
  ];
}
