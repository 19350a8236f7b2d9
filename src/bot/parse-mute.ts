import type { Command } from "./command.ts";
import { bareWords, idsAmong, unquoted, withoutAddresses } from "./extract-id.ts";
import { ANY_ID, fromAddresses, lone, several } from "./id-command.ts";
import { findDuration, shortDuration } from "./parse-duration.ts";

const MINUTE = 60_000;
const LONGEST_DAYS = 30;
const FILLERS = new Set(
  "a an and at before end ends for in is it its next of please run the this till to until".split(" "),
);

interface MuteWords {
  /** Null when no time was said. */
  readonly forMs: number | null;
  readonly typed: string | null;
  /** What is left; the run's id should be among it. */
  readonly words: readonly string[];
}

/** `text` holds a run, and for how long it shall be quiet, in any order. */
export function muting(text: string): Command {
  const inAddresses = fromAddresses("mute", text);
  if (inAddresses && inAddresses.kind !== "mute") return inAddresses;
  const { forMs, typed, words } = readMuteWords(inAddresses ? withoutAddresses(text) : text);
  const ids = inAddresses ? [inAddresses.id] : idsAmong(words);
  if (ids.length > 1) return several("mute", ids);
  const id = ids[0] ?? (words.length === 1 ? words[0] : undefined);
  if (id === undefined && words.length === 0) return { kind: "missing_id", command: "mute" };
  const odd = words.find((word) => word !== id);
  if (odd !== undefined && !inAddresses) {
    const time = /^\d+$/.test(odd) && forMs === null ? `${odd.slice(0, 3)}m` : "2h";
    return { kind: "bad_duration", word: odd, suggestion: `mute ${id ?? ANY_ID} ${time}` };
  }
  if (!isMuteLength(forMs)) return { kind: "bad_duration", word: typed ?? "", suggestion: `mute ${id ?? ANY_ID} 2h` };
  const checked = lone("mute", id ?? "");
  return checked.kind === "mute" ? { ...checked, forMs } : checked;
}

/** Sorts the words behind `mute`. */
function readMuteWords(text: string): MuteWords {
  const said = unquoted(text);
  const found = findDuration(said);
  const words = bareWords(found?.rest ?? said).filter((word) => !FILLERS.has(word.toLowerCase()));
  return { forMs: found?.ms ?? null, typed: found?.typed ?? null, words };
}

/** Whether a run can be muted for so long (ms): a minute to thirty days, or before its end (null). */
function isMuteLength(forMs: number | null): boolean {
  return forMs === null || (forMs >= MINUTE && forMs <= LONGEST_DAYS * 24 * 60 * MINUTE);
}

/** The command as one would type it. */
export function muteLine(id: string, forMs: number | null): string {
  return forMs === null ? `mute ${id}` : `mute ${id} ${shortDuration(forMs)}`;
}
