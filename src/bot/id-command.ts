import type { Command } from "./command.ts";
import { type IdCommand, idCommandOf } from "./command-words.ts";
import { bareWords, idsInAddresses, isRunId } from "./extract-id.ts";

/** What stands where the id is missing in something to type. */
export const ANY_ID = "<run id>";

/** The command for the ids found in links, API addresses or pasted code; null when there are none of these. */
export function fromAddresses(command: IdCommand, text: string): Command | null {
  const { ids, addressWithoutId } = idsInAddresses(text);
  const isCurl = /^curl\b/i.test(text);
  if (addressWithoutId) return { kind: "bad_id", command, reason: "no_id_in_link", ids: [] };
  if (ids.length === 0) return null;
  // A curl line is full of words that look like ids (a key above all), so only its address counts.
  const beside = isCurl ? [] : bareWords(text).filter((word) => /^findall_(?!id$)/.test(word) && isRunId(word));
  const all = [...new Set([...ids, ...beside])];
  return all.length > 1 ? several(command, all) : lone(command, all[0] ?? "");
}

/** A word in the place of an id. */
export function lone(kind: IdCommand, word: string): Command {
  if (isRunId(word)) {
    if (kind === "export") return { kind, id: word, format: "csv", filter: "all" };
    return kind === "mute" ? { kind, id: word, forMs: null } : { kind, id: word };
  }
  const reason = /^[\w-]{129,}$/.test(word) ? "too_long" : "not_an_id";
  return { kind: "bad_id", command: kind, reason, ids: [] };
}

/** Ids where one is wanted. */
export function several(command: IdCommand, ids: readonly string[]): Command {
  return { kind: "bad_id", command, reason: "several", ids: [...new Set(ids)].filter(isRunId) };
}

/** `command` is null when no name is near: then the run alone is what can be offered. */
export function didYouMean(word: string, command: string | null, id: string | null): Command {
  const needsId = command !== null && idCommandOf(command) !== null;
  const suggestion = needsId ? `${command} ${id ?? ANY_ID}` : (command ?? id);
  return { kind: "unknown", word, suggestion };
}
