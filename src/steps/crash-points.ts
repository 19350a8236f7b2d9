import type { Entry } from "../domain/outbox.ts";
import type { Watch } from "../domain/watch.ts";

/**
 * Places on the path of data where a process may die, named, so that a test can let it die just there and see that nothing
 * is lost or doubled (test/crash). Nothing happens there otherwise.
 */
export const CRASH_POINTS = [
  // a command was acknowledged; its watch is not stored, then stored and nothing of it sent
  "command acked",
  "watch stored",
  // what is new of a run was read from its events; a run was read and nothing written; written in part; written whole,
  // and nobody woken
  "news read",
  "poll read",
  "poll part written",
  "poll written",
  // a message is claimed and not sent; Slack has answered and it is not settled; it is settled
  "card claimed",
  "card answered",
  "card settled",
  "card edit claimed",
  "card edit answered",
  "card edit settled",
  "last card edit claimed",
  "last card edit answered",
  "last card edit settled",
  "candidate claimed",
  "candidate answered",
  "candidate settled",
  "page claimed",
  "page answered",
  "page settled",
  "completion claimed",
  "completion answered",
  "completion settled",
  "other edit claimed",
  "other edit answered",
  "other edit settled",
  "note claimed",
  "note answered",
  "note settled",
  // a message of unknown fate was looked for, and what was found is not written down
  "look answered",
  // a decision is stored and not shown; shown by its click, and that is not written down
  "click stored",
  "click shown",
] as const;

export type CrashPoint = (typeof CRASH_POINTS)[number];

/** What the points of a message are called: an edit after the run's end is the card's last one, unless more comes in. */
export function messageName(entry: Pick<Entry, "kind" | "ts">, watch: Pick<Watch, "ended">) {
  if (entry.ts === null) return entry.kind;
  if (entry.kind !== "card") return "other edit";
  return watch.ended ? "last card edit" : "card edit";
}
