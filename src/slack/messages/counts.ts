import type { Run, RunSpec } from "../../domain/run.ts";
import { dotted } from "../blocks.ts";
import { count, percent, plural, progressBar } from "../format.ts";
import { bare, clip, codeWord } from "../text.ts";

/** `12 of 50 matched`; a preview run's limit counts candidates to look at, not matches (findall-api 3, "Limits"). */
export function matchedWords(run: Run, spec: RunSpec | null): string {
  const limit = spec?.matchLimit ?? null;
  if (limit === null || run.generator === "preview") return `${count(run.matched)} matched`;
  return `${count(run.matched)} of ${count(limit)} matched`;
}

/** `▰▰▱▱▱▱▱▱▱▱ 24%`; null when there is no limit to measure against. */
export function progressWords(run: Run, spec: RunSpec | null): string | null {
  const limit = spec?.matchLimit ?? null;
  if (limit === null || limit <= 0) return null;
  const done = run.generator === "preview" ? run.generated : run.matched;
  const share = Math.floor((Math.min(done, limit) / limit) * 100);
  return `${progressBar(done, limit)} ${share}%${run.generator === "preview" ? ` of ${count(limit)} candidates` : ""}`;
}

/** `212 generated · match rate 5.7%` */
export function generatedWords(run: Run): string {
  const rate = percent(run.matched, run.generated);
  return dotted([`${count(run.generated)} generated`, rate === null ? null : `match rate ${rate}`]);
}

/** What the run looks for, for the top-level text and for a line among others. @param max JSON length */
export function objectiveWords(spec: { readonly objective: string } | null, runId: string, max: number): string {
  const objective = spec === null ? "" : bare(spec.objective, max);
  return objective === "" ? clip(`FindAll run ${codeWord(runId)}`, max) : objective;
}

/** `12 matches`, `no matches` */
export function matchesWords(value: number): string {
  return value === 0 ? "no matches" : plural(value, "match", "matches");
}
