import { type Counters, percentiles } from "./counters.ts";
import type { SoakReport } from "./soak.ts";

/** What the soak did and found, as lines to read. */
export function reportLines(report: SoakReport): readonly string[] {
  const { operations, faults, kills, neighbours, violations } = report;
  return [
    "",
    ...table("operations", operations),
    ...table("faults", faults),
    ...table("kills", kills),
    `watches ${report.watches} · candidates ${report.candidates} · lost ${report.lost} · doubled ${report.doubled}`,
    `match → Slack      ${percentiles(report.waits)}`,
    `kill → caught up   ${percentiles(report.recoveries)}`,
    `acknowledgements   ${percentiles(report.acks)}`,
    `neighbours         all well: ${percentiles(neighbours.before)}`,
    `                   one limited, one broken: ${percentiles(neighbours.during)}`,
    `Slack              ${report.rateLimited} times 429, ${report.spoiledCalls} calls spoiled`,
    `Redis keys         ${report.keys.ours} ours, ${report.keys.queue} of the queue`,
    `quiet after healing in ${(report.quietAfterMs / 1_000).toFixed(1)} s`,
    "",
    violations.length === 0 ? "clean: nothing was violated" : `VIOLATED ${violations.length} times:`,
    ...violations.map((each) => `  ${each}`),
  ];
}

function table(title: string, counters: Counters): readonly string[] {
  const rows = counters.rows().map(([name, count]) => `  ${String(count).padStart(6)}  ${name}`);
  return [`${title}: ${counters.total()}`, ...rows, ""];
}
