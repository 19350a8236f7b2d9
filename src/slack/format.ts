import { flatten } from "./clean.ts";

const MINUTE = 60_000;

/** `1,234` */
export function count(value: number): string {
  return Number.isFinite(value) ? Math.round(value).toLocaleString("en-US") : "?";
}

/** `1 match`, `3 matches` */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `5.7%`; null when there is nothing to divide by, or the parts do not fit the whole. */
export function percent(part: number, whole: number): string | null {
  if (!(whole > 0) || !(part >= 0) || part > whole) return null;
  const value = (part / whole) * 100;
  return `${value >= 10 || Number.isInteger(value) ? Math.round(value) : value.toFixed(1)}%`;
}

/** `45 s`, `12 min`, `1 h 12 min`, `2 d 3 h`. @param ms milliseconds */
export function duration(ms: number): string {
  if (!(ms >= 0)) return "unknown";
  if (ms < MINUTE) return `${Math.round(ms / 1000)} s`;
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return joined([Math.floor(minutes / 60), "h"], [minutes % 60, "min"]);
  return joined([Math.floor(minutes / 1440), "d"], [Math.floor((minutes % 1440) / 60), "h"]);
}

function joined(...parts: readonly (readonly [number, string])[]): string {
  return parts
    .filter(([value]) => value > 0)
    .map(([value, unit]) => `${value} ${unit}`)
    .join(" ");
}

export const DATE = {
  /** Today at 14:05 */
  at: "{date_short_pretty} at {time}",
  /** 12 minutes ago; Slack keeps it current. */
  ago: "{ago}",
  time: "{time}",
} as const;

/**
 * A time that Slack shows in the reader's own zone (`<!date^…>`, slack-platform 2.4), with UTC as the fallback.
 * @param ms since the epoch
 */
export function slackDate(ms: number, format: string): string {
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return "an unknown time";
  return `<!date^${Math.floor(ms / 1000)}^${format}|${utc(ms)}>`;
}

/** `2026-10-03 14:05 UTC`. @param ms since the epoch */
function utc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** ms since the epoch of an RFC 3339 time, null when it is none. */
export function parseTime(text: string | null): number | null {
  const ms = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/** `founded_after_2020_check` → `founded after 2020`. Ingest makes the names of conditions end so (findall-api 4.1). */
export function humanName(name: string): string {
  const words = flatten(name.replace(/_check$/, "").replace(/_+/g, " "));
  return words === "" ? flatten(name) : words;
}

/** A bar of ten, in text. Not full before the whole is reached, not empty once there is something. */
export function progressBar(part: number, whole: number): string {
  const share = Math.min(1, Math.max(0, part / whole)) * 10;
  const filled = share > 0 ? Math.max(1, Math.floor(share)) : 0;
  return "▰".repeat(filled) + "▱".repeat(10 - filled);
}
