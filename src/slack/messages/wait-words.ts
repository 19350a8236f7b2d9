import type { Wait } from "../../domain/waiting.ts";
import { DATE, plural, slackDate } from "../format.ts";

/** What is waited for and why, behind "waits": "until 07:00 (quiet hours)", "for the next digest (10:30)". */
export function waitWords(wait: Wait): string {
  switch (wait.kind) {
    case "stopped":
      return "until the run is followed again";
    case "paused":
      return "until the run is resumed";
    case "refused":
      return "until Slack takes messages here again";
    case "muted":
      return wait.until === null ? "for the end of the run (muted)" : `until ${at(wait.until)} (muted)`;
    case "quiet":
      return `until ${at(wait.until)} (quiet hours)`;
    case "digest":
      return `for the next digest (${slackDate(wait.until, DATE.time)})`;
    case "end":
      return "for the end of the run";
  }
}

/** `5 more matches wait until 07:00 (quiet hours)`, or `1 more match on the way`. */
export function waitingWords(value: number, one: string, many: string, wait: Wait | null): string {
  const counted = plural(value, one, many);
  return wait === null ? `${counted} on the way` : `${counted} ${value === 1 ? "waits" : "wait"} ${waitWords(wait)}`;
}

function at(time: number): string {
  return slackDate(time, DATE.at);
}
