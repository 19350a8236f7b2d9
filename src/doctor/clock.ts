import type { Reply } from "./ask.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

const SUBJECT = "clock";
const MEND = "set the clock of this machine by NTP (timedatectl set-ntp true; of a container, the host's)";
const WARN_MS = 5_000;
const FAIL_MS = 60_000;

/** How far this clock is from another one; positive: this one is behind. */
export interface ClockSample {
  readonly source: string;
  readonly offMs: number;
}

/**
 * Compares with the `Date` of an answer, which is written in whole seconds while the answer is made; what neither that
 * nor the way of the answer explains is the difference.
 */
export function clockSample(source: string, reply: Reply | null): ClockSample | null {
  if (reply?.kind !== "answer") return null;
  const date = Date.parse(reply.headers.get("date") ?? "");
  if (Number.isNaN(date)) return null;
  const off = date + 500 - (reply.sentAt + reply.receivedAt) / 2;
  const doubt = 500 + Math.abs(reply.receivedAt - reply.sentAt) / 2;
  return { source, offMs: Math.sign(off) * Math.max(0, Math.abs(off) - doubt) };
}

/** One witness is enough: a clock that agrees with one is right, and the other answer was an old one from a cache. */
export function clockFinding(samples: readonly ClockSample[]): Finding {
  const [best] = [...samples].sort((a, b) => Math.abs(a.offMs) - Math.abs(b.offMs));
  if (!best)
    return warn(
      SUBJECT,
      "nothing answered with a date to compare it with",
      "run this again when Slack or Parallel can be reached",
    );
  const apart = Math.abs(best.offMs);
  if (apart <= WARN_MS) return ok(SUBJECT, `agrees with ${samples.map(({ source }) => source).join(" and ")}`);
  const text = `${lengthOf(apart)} ${best.offMs > 0 ? "behind" : "ahead of"} ${best.source}`;
  if (apart <= FAIL_MS) return warn(SUBJECT, text, MEND);
  return fail(SUBJECT, `${text}: cards show wrong times, and from 5 minutes on Slack's signatures are refused`, MEND);
}

function lengthOf(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return seconds < 180 ? `${seconds} s` : `${Math.round(seconds / 60)} minutes`;
}
