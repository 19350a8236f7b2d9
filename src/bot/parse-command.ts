import { type IdCommand, idCommandOf, isHelpWord, nearestCommand, type PlainIdCommand } from "./command-words.ts";
import { bareWords, idsInAddresses, isRunId, plainTextOf, withoutAddresses } from "./extract-id.ts";
import { type ExportWish, exportLine, nearestOption, readExportWords } from "./parse-export.ts";

/** Why what stands in the place of an id cannot be one. */
export type BadIdReason = "several" | "no_id_in_link" | "too_long" | "not_an_id";

/** What a person asked for. */
export type Command =
  | { readonly kind: PlainIdCommand; readonly id: string }
  | ({ readonly kind: "export"; readonly id: string } & ExportWish)
  | { readonly kind: "list" }
  | { readonly kind: "help" }
  /** `fold` is null when it was not said which. */
  | { readonly kind: "fold"; readonly fold: boolean | null }
  | { readonly kind: "missing_id"; readonly command: IdCommand }
  /** `suggestion` is what to type after `/findall`; null when nothing is near. */
  | { readonly kind: "unknown"; readonly word: string; readonly suggestion: string | null }
  /** A word behind `export` that is no option. */
  | { readonly kind: "bad_option"; readonly word: string; readonly suggestion: string | null }
  | {
      readonly kind: "bad_id";
      readonly command: IdCommand;
      readonly reason: BadIdReason;
      readonly ids: readonly string[];
    };

const ON = /^(on|yes|true|enabled?)$/i;
const OFF = /^(off|no|false|disabled?)$/i;

/**
 * Reads the text after `/findall`. Pure, and never throws.
 *
 * Since ids are opaque, a lone word of letters is a mistyped command only when it is within two letters of one (or a
 * name that other tools use); every other lone word of `[A-Za-z0-9_-]` is an id. Behind a command's name everything is
 * an id, so `/findall watch spot` is the way to a run that is really called "spot"; only `export` has words of its own.
 */
export function parseCommand(raw: string): Command {
  const text = plainTextOf(raw).replace(/^(?:\/findall\b\s*)+/i, "");
  const first = bareWords(text)[0] ?? "";
  if (isHelpWord(first)) return { kind: "help" };
  if (first.toLowerCase() === "list") return { kind: "list" };
  if (first.toLowerCase() === "fold") return folding(bareWords(text)[1] ?? "");

  const command = idCommandOf(first);
  const rest = text.slice(text.indexOf(first) + first.length);
  if (command === "export") return exporting(rest);
  return command ? withId(command, rest) : withoutCommand(text);
}

function folding(word: string): Command {
  return { kind: "fold", fold: ON.test(word) ? true : OFF.test(word) ? false : null };
}

/** `rest` stands behind a command's name. */
function withId(command: PlainIdCommand, rest: string): Command {
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

/** `rest` stands behind `export`: a run, and what to take of it, in any order. */
function exporting(rest: string): Command {
  const inAddresses = fromAddresses("export", rest);
  if (inAddresses && inAddresses.kind !== "export") return inAddresses;
  const { wish, others } = readExportWords(bareWords(inAddresses ? withoutAddresses(rest) : rest));
  const ids = inAddresses ? [inAddresses.id] : others.filter(looksLikeId);
  if (ids.length > 1) return several("export", ids);
  // What is pasted with an address is full of words: only what is nearly an option was meant as one.
  const isUnknown = (word: string) => (inAddresses ? nearestOption(word) !== null : !looksLikeId(word));
  const unknown = others.find(isUnknown);

  const [id] = ids;
  if (id !== undefined) return unknown === undefined ? exportOf(id, wish) : badOption(unknown, id, wish);
  if (unknown === undefined) return { kind: "missing_id", command: "export" };
  // A run may have any name; but what is nearly an option was meant as one.
  if (others.length > 1 || nearestOption(unknown) !== null) return badOption(unknown, "<run id>", wish);
  return exportOf(unknown, wish);
}

function exportOf(id: string, wish: ExportWish): Command {
  const checked = lone("export", id);
  return checked.kind === "export" ? { ...checked, ...wish } : checked;
}

function badOption(word: string, id: string, wish: ExportWish): Command {
  const near = nearestOption(word);
  if (near === null) return { kind: "bad_option", word, suggestion: null };
  const { wish: meant } = readExportWords([wish.format, wish.filter, near]);
  return { kind: "bad_option", word, suggestion: exportLine(id, meant) };
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
  const trailing = idCommandOf(second);
  if (trailing === "export" && looksLikeId(first)) return exporting([first, ...words.slice(2)].join(" "));
  if (words.length === 2 && trailing && looksLikeId(first)) return lone(trailing, first);

  const ids = words.filter(looksLikeId);
  if (ids.length > 1 && looksLikeId(first)) return several("watch", ids);
  if (looksLikeId(first)) return didYouMean(second, null, first);
  if (near === "export") return exportMeant(first, words.slice(1));
  return didYouMean(first, near, ids.length === 1 ? (ids[0] ?? null) : null);
}

/** "exprot findall_1 json": the options are kept in what is offered. */
function exportMeant(word: string, rest: readonly string[]): Command {
  const meant = exporting(rest.join(" "));
  if (meant.kind !== "export") return didYouMean(word, "export", null);
  return { kind: "unknown", word, suggestion: exportLine(meant.id, meant) };
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
  if (isRunId(word)) return kind === "export" ? { kind, id: word, format: "csv", filter: "all" } : { kind, id: word };
  const reason = /^[\w-]{129,}$/.test(word) ? "too_long" : "not_an_id";
  return { kind: "bad_id", command: kind, reason, ids: [] };
}

function several(command: IdCommand, ids: readonly string[]): Command {
  return { kind: "bad_id", command, reason: "several", ids: [...new Set(ids)].filter(isRunId) };
}

/** `command` is null when no name is near: then the run alone is what can be offered. */
function didYouMean(word: string, command: string | null, id: string | null): Command {
  const needsId = command !== null && idCommandOf(command) !== null;
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
