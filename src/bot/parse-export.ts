import type { ExportFilter, ExportFormat } from "../steps/review-results.ts";
import { nearestOf } from "./command-words.ts";

/** What was said about an export beside its run. */
export interface ExportWish {
  readonly format: ExportFormat;
  readonly filter: ExportFilter;
}

export interface ExportWords {
  readonly wish: ExportWish;
  /** Words that are no option; the run's id should be among them. */
  readonly others: readonly string[];
}

const FORMATS: ReadonlyMap<string, ExportFormat> = new Map([
  ["csv", "csv"],
  ["excel", "csv"],
  ["xls", "csv"],
  ["xlsx", "csv"],
  ["spreadsheet", "csv"],
  ["json", "json"],
]);
const FILTERS: ReadonlyMap<string, ExportFilter> = new Map([
  ["accepted", "accepted"],
  ["accept", "accepted"],
  ["rejected", "rejected"],
  ["reject", "rejected"],
  ["maybe", "maybe"],
  ["maybes", "maybe"],
  ["unreviewed", "unreviewed"],
  ["to-review", "unreviewed"],
  ["toreview", "unreviewed"],
  ["todo", "unreviewed"],
  ["to-do", "unreviewed"],
  ["open", "unreviewed"],
  ["undecided", "unreviewed"],
  ["pending", "unreviewed"],
  ["all", "all"],
  ["everything", "all"],
]);
/** Said around the options, and meaning nothing: "the accepted ones as csv, please". */
const FILLERS = new Set(
  "a an and as by candidates decisions file for format from in matches of ones only please run the to with".split(" "),
);
const OPTIONS = ["csv", "json", "accepted", "rejected", "maybe", "unreviewed", "todo", "all"];

/** Sorts the words behind `export`; what is not said is CSV, and all of it. */
export function readExportWords(words: readonly string[]): ExportWords {
  let wish: ExportWish = { format: "csv", filter: "all" };
  const others: string[] = [];
  for (const word of joined(words)) {
    const name = word.toLowerCase().replace(/_/g, "-");
    const format = FORMATS.get(name);
    const filter = FILTERS.get(name);
    if (format) wish = { ...wish, format };
    else if (filter) wish = { ...wish, filter };
    else if (!FILLERS.has(name)) others.push(word);
  }
  return { wish, others };
}

/** The option that a word was probably meant as. */
export function nearestOption(word: string): string | null {
  return /^[a-z]{3,}$/i.test(word) ? nearestOf(word, OPTIONS) : null;
}

/** The export as one would type it, without what goes without saying. */
export function exportLine(id: string, { format, filter }: ExportWish): string {
  return [
    "export",
    id,
    ...(format === "csv" && filter !== "all" ? [] : [format]),
    ...(filter === "all" ? [] : [filter]),
  ]
    .join(" ")
    .replace(/ csv$/, "");
}

/** "to review" and "not reviewed" are two words for one. */
function joined(words: readonly string[]): string[] {
  return words
    .join(" ")
    .replace(/\bto (review|do)\b/gi, "to-$1")
    .replace(/\bnot (?:yet )?(?:reviewed|decided)\b/gi, "unreviewed")
    .split(" ")
    .filter(Boolean);
}
