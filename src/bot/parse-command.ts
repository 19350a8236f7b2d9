import { distance } from "fastest-levenshtein";
import { bareWords, idsInAddresses, isRunId, plainTextOf } from "./extract-id.ts";

/** Commands that need a run id. */
export type IdCommand = "watch" | "status" | "stop";

/** Why what stands in the place of an id cannot be one. */
export type BadIdReason = "several" | "no_id_in_link" | "too_long" | "not_an_id";

/** What a person asked for. */
export type Command =
  | { readonly kind: IdCommand; readonly id: string }
  | { readonly kind: "list" }
  | { readonly kind: "help" }
  | { readonly kind: "missing_id"; readonly command: IdCommand }
  /** `suggestion` is what to type after `/findall`; null when nothing is near. */
  | { readonly kind: "unknown"; readonly word: string; readonly suggestion: string | null }
  | {
      readonly kind: "bad_id";
      readonly command: IdCommand;
      readonly reason: BadIdReason;
      readonly ids: readonly string[];
    };

const ID_COMMANDS: ReadonlyMap<string, IdCommand> = new Map([
  ["watch", "watch"],
  ["resume", "watch"], // following again is the same step: the watch says whether it was there before
  ["status", "status"],
  ["stop", "stop"],
]);
const HELP_WORDS: ReadonlySet<string> = new Set(["help", "-h", "--help"]);
const COMMAND_WORDS = ["help", "list", "status", "stop", "watch", "resume"];

/** Words that people try from other tools; none is spelled near enough to be found by distance. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ["cancel", "stop"],
  ["unwatch", "stop"],
  ["unfollow", "stop"],
  ["remove", "stop"],
  ["delete", "stop"],
  ["pause", "stop"],
  ["follow", "watch"],
  ["track", "watch"],
  ["start", "watch"],
  ["add", "watch"],
  ["show", "status"],
  ["info", "status"],
  ["get", "status"],
  ["check", "status"],
  ["ls", "list"],
  ["runs", "list"],
  ["watches", "list"],
  ["all", "list"],
  ["usage", "help"],
  ["commands", "help"],
]);
const TYPO_DISTANCE = 2;

/**
 * Reads the text after `/findall`. Pure, and never throws.
 *
 * Since ids are opaque, a lone word of letters is a mistyped command only when it is within two letters of one (or a
 * name that other tools use); every other lone word of `[A-Za-z0-9_-]` is an id. Behind a command's name everything is
 * an id, so `/findall watch spot` is the way to a run that is really called "spot".
 */
export function parseCommand(raw: string): Command {
  const text = plainTextOf(raw).replace(/^(?:\/findall\b\s*)+/i, "");
  const first = bareWords(text)[0] ?? "";
  const word = first.toLowerCase();
  if (HELP_WORDS.has(word)) return { kind: "help" };
  if (word === "list") return { kind: "list" };

  const command = ID_COMMANDS.get(word);
  if (command) return withId(command, text.slice(text.indexOf(first) + first.length));
  return withoutCommand(text);
}

/** `rest` stands behind a command's name. */
function withId(command: IdCommand, rest: string): Command {
  const inAddresses = fromAddresses(command, rest);
  if (inAddresses) return inAddresses;

  const words = bareWords(rest);
  if (words.length === 0) return { kind: "missing_id", command };
  if (words.length === 1) return lone(command, words[0] ?? "");
  // "stop watching findall_1": the one word that looks like an id is meant, not the prose around it.
  const ids = words.filter(looksLikeId);
  const proseOnly = words.every((word) => looksLikeId(word) || isLetters(word));
  if (ids.length === 1 && proseOnly) return lone(command, ids[0] ?? "");
  return several(command, ids.length > 1 ? ids : words);
}

function withoutCommand(text: string): Command {
  const words = bareWords(text);
  const [first = "", second = ""] = words;
  if (words.length === 0) return { kind: "help" };

  const near = nearestCommand(first);
  const inAddresses = fromAddresses("watch", text);
  if (inAddresses) return near && words.length > 1 ? didYouMean(first, near, idOf(inAddresses)) : inAddresses;

  if (words.length === 1) {
    if (near) return didYouMean(first, near, null);
    return isRunId(first) || looksLikeId(first) ? lone("watch", first) : notUnderstood(first);
  }
  // "findall_1 stop": the id came first, the wish is clear.
  const trailing = ID_COMMANDS.get(second.toLowerCase());
  if (words.length === 2 && trailing && looksLikeId(first)) return lone(trailing, first);

  const ids = words.filter(looksLikeId);
  if (ids.length > 1 && looksLikeId(first)) return several("watch", ids);
  if (looksLikeId(first)) return didYouMean(second, null, first);
  return didYouMean(first, near, ids.length === 1 ? (ids[0] ?? null) : null);
}

/** The command for the ids found in links, API addresses or pasted code; null when there are none of these. */
function fromAddresses(command: IdCommand, text: string): Command | null {
  const { ids, addressWithoutId } = idsInAddresses(text);
  const isCurl = /^curl\b/i.test(text);
  if (addressWithoutId) return { kind: "bad_id", command, reason: "no_id_in_link", ids: [] };
  if (ids.length === 0) return null;
  // A curl line is full of words that look like ids (a key above all), so only its address counts.
  const beside = isCurl ? [] : bareWords(text).filter((word) => /^findall_(?!id$)/.test(word) && isRunId(word));
  const all = [...new Set([...ids, ...beside])];
  return all.length > 1 ? several(command, all) : lone(command, all[0] ?? "");
}

function lone(kind: IdCommand, word: string): Command {
  if (isRunId(word)) return { kind, id: word };
  const reason = /^[\w-]{129,}$/.test(word) ? "too_long" : "not_an_id";
  return { kind: "bad_id", command: kind, reason, ids: [] };
}

function several(command: IdCommand, ids: readonly string[]): Command {
  return { kind: "bad_id", command, reason: "several", ids: [...new Set(ids)].filter(isRunId) };
}

/** `command` is null when no name is near: then the run alone is what can be offered. */
function didYouMean(word: string, command: string | null, id: string | null): Command {
  const needsId = command !== null && ID_COMMANDS.has(command);
  const suggestion = needsId ? `${command} ${id ?? "<run id>"}` : (command ?? id);
  return { kind: "unknown", word, suggestion };
}

function notUnderstood(word: string): Command {
  return { kind: "unknown", word, suggestion: null };
}

function idOf(command: Command): string | null {
  return "id" in command ? command.id : null;
}

/** Something no command and no everyday word looks like: a digit or an underscore in it, or longer than any id. */
function looksLikeId(word: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(word) && (/[\d_]/.test(word) || word.length > 128);
}

function isLetters(word: string): boolean {
  return /^[\p{L}'’-]+$/u.test(word);
}

function nearestCommand(word: string): string | null {
  const typed = word.toLowerCase();
  if (!/^[a-z]+$/.test(typed)) return null;
  const other = OTHER_NAMES.get(typed);
  if (other) return other;
  const ranked = COMMAND_WORDS.map((name) => ({ name, far: distance(typed, name) })).sort((a, b) => a.far - b.far);
  const best = ranked[0];
  return best && best.far <= TYPO_DISTANCE ? best.name : null;
}
