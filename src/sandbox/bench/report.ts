import { type Benchmark, type Figure, isMet, type Outcome } from "./benchmark.ts";

/** What became of one benchmark. */
export interface Result {
  readonly benchmark: Benchmark;
  readonly seconds: number;
  /** Null when it could not be measured. */
  readonly outcome: Outcome | null;
  readonly failure: string | null;
}

/** Whether everything was measured and every bound kept. */
export function isGreen({ outcome }: Result): boolean {
  return outcome?.figures.every(isMet) ?? false;
}

/** One benchmark as a person reads it. */
export function textOf({ benchmark, seconds, outcome, failure }: Result): string {
  const lines = [`${benchmark.name}: ${benchmark.promise} (${Math.round(seconds)} s)`];
  if (failure !== null) lines.push(`  FAIL  could not be measured: ${failure}`);
  for (const figure of outcome?.figures ?? []) lines.push(lineOf(figure));
  for (const note of outcome?.notes ?? []) lines.push(`        ${note}`);
  return `${lines.join("\n")}\n`;
}

function lineOf(figure: Figure): string {
  const mark = figure.bound === null ? "    " : isMet(figure) ? "ok  " : "FAIL";
  return `  ${mark}  ${figure.what.padEnd(42)} ${amount(figure.value, figure.unit).padStart(12)}   ${boundOf(figure)}`.trimEnd();
}

function boundOf({ bound, unit }: Figure): string {
  if (bound === null) return "";
  return "atMost" in bound ? `at most ${amount(bound.atMost, unit)}` : `at least ${amount(bound.atLeast, unit)}`;
}

function amount(value: number, unit: string): string {
  if (!Number.isFinite(value)) return "never";
  const digits = Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${value.toFixed(digits)}${unit && ` ${unit}`}`;
}

/** The last line. */
export function summaryOf(results: readonly Result[]): string {
  const figures = results.flatMap(({ outcome }) => outcome?.figures ?? []).filter(({ bound }) => bound !== null);
  const missed = results.filter((result) => !isGreen(result)).map(({ benchmark }) => benchmark.name);
  const kept = `${figures.filter(isMet).length} of ${figures.length} bounds kept in ${results.length} benchmarks`;
  return missed.length === 0 ? `All green: ${kept}.` : `${kept}; missed: ${missed.join(", ")}.`;
}

/** The same for programs. */
export function jsonOf(results: readonly Result[]): string {
  const rows = results.map((result) => ({
    name: result.benchmark.name,
    promise: result.benchmark.promise,
    seconds: Math.round(result.seconds * 10) / 10,
    ok: isGreen(result),
    failure: result.failure,
    figures: (result.outcome?.figures ?? []).map((figure) => ({
      ...figure,
      // JSON has no infinity.
      value: Number.isFinite(figure.value) ? figure.value : null,
      ok: isMet(figure),
    })),
    notes: result.outcome?.notes ?? [],
  }));
  return `${JSON.stringify({ ok: results.every(isGreen), benchmarks: rows }, null, 2)}\n`;
}
