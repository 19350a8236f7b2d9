import { type Counters, percentiles } from "./counters.ts";
import type { SoakReport } from "./soak.ts";

/** What the soak did and found, as lines to read. */
export function reportLines(report: SoakReport): readonly string[] {
  const { operations, faults, kills, neighbours, violations } = report;
  return [
    "",
    ...table("operations", operations),
    ...table("faults", faults),
    `never struck: ${report.neverStruck.length}`,
    ...report.neverStruck.map((name) => `          ${name}`),
    "",
    ...table("kills", kills),
    `watches ${report.watches} · candidates ${report.candidates} · lost ${report.lost} · doubled ${report.doubled}`,
    `match → Slack      ${percentiles(report.waits)}`,
    `kill → caught up   ${percentiles(report.recoveries)}`,
    ...KILLS_ARE_NOT_RESTARTS,
    `acknowledgements   ${percentiles(report.acks)}`,
    `neighbours         all well: ${percentiles(neighbours.before)}`,
    `                   one limited, one broken: ${percentiles(neighbours.during)}`,
    `end → alert        one after the other: ${percentiles(neighbours.ends)}`,
    `                   all at once: ${percentiles(neighbours.endsAtOnce)} (each waits for its card's last edit, and edits have a budget)`,
    `live content       looked at in ${report.looked} messages, edits, answers and views`,
    `Slack              ${report.rateLimited} times 429, ${report.spoiledCalls} calls spoiled`,
    `Redis keys         ${report.keys.ours} ours (${report.keys.oursBound} allowed), ${report.keys.queue} of the queue (${report.keys.queueBound} allowed)`,
    `memory in the end  ${megabytes(report.memory.rssMb)} · at most ${megabytes(report.memory.peakMb)}`,
    `quiet after healing in ${(report.quietAfterMs / 1_000).toFixed(1)} s`,
    "",
    violations.length === 0 ? "clean: nothing was violated" : `VIOLATED ${violations.length} times:`,
    ...violations.map((each) => `  ${each}`),
  ];
}

/** So that nobody takes the figure above them for the time after one kill. */
const KILLS_ARE_NOT_RESTARTS = [
  "                   not the time after one kill (that is `npm run bench -- --only restart`): here every process dies every",
  "                   few seconds and leaves leases of up to 16 s each, while channels refuse, limits last and calls hang",
];

function megabytes(each: readonly number[]): string {
  return `${each.map((mb) => Math.round(mb)).join(", ")} MB`;
}

function table(title: string, counters: Counters): readonly string[] {
  const rows = counters.rows().map(([name, count]) => `  ${String(count).padStart(6)}  ${name}`);
  return [`${title}: ${counters.total()}`, ...rows, ""];
}
