import { isSameCondition } from "../../domain/filter.ts";
import type { RunSpec } from "../../domain/run.ts";
import type { Overrides } from "../../domain/settings.ts";
import { humanName } from "../../slack/format.ts";
import { overrideWords } from "../../slack/messages/settings-words.ts";
import { code, foreign } from "./say.ts";

const NAMES_SHOWN = 5;

/** What was said for one watch alone, as the answer confirms it; nothing when nothing was. @param spec null: not known */
export function overrideParagraphs(overrides: Overrides | null, spec: RunSpec | null): readonly string[] {
  if (overrides === null) return [];
  if (Object.keys(overrides).length === 0)
    return [`What was set for this run alone is taken back: it goes by ${code("/findall settings")}.`];
  const words = overrideWords(overrides);
  return [
    `For this run alone: ${words}. What a filter holds back is counted on the card. ${code("default")} behind the id takes this back.`,
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
