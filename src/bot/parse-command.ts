import type { Command } from "./command.ts";
import { type IdCommand, idCommandOf, isHelpWord, nearestCommand, type PlainIdCommand } from "./command-words.ts";
import { bareWords, idsAmong, isRunId, looksLikeId, plainTextOf, withoutAddresses } from "./extract-id.ts";
import { ANY_ID, didYouMean, fromAddresses, lone, several } from "./id-command.ts";
import { findDuration } from "./parse-duration.ts";
import { type ExportWish, exportLine, nearestOption, readExportWords } from "./parse-export.ts";
import { listing } from "./parse-list.ts";
import { muteLine, muting } from "./parse-mute.ts";
import { watching } from "./parse-watch.ts";

const ON = /^(on|yes|true|enabled?)$/i;
const OFF = /^(off|no|false|disabled?)$/i;
/** Neither a pause nor its end can be set for a day to come. */
const LATER = /^(later|tonight|tomorrow|noon|midnight|(?:mon|tues|wednes|thurs|fri|satur|sun)day)$/i;
const POLITE = /^(please|pls|now|it|thanks|thank|you|for|me|watching|following|this|the|run)$/i;
const EVERY_RUN = /^(all|every|everything|everywhere)$/i;
const BESIDE_EVERY = /^(runs?|of|them|the|my|our|these|in|here|channels?|watches|please|now|at|once|for)$/i;

/**
 * Reads the text after `/findall`. Pure, and never throws.
 *
 * Since ids are opaque, a lone word of letters is a mistyped command only when it is within two letters of one (or a
 * name that other tools use); every other lone word of `[A-Za-z0-9_-]` is an id. Behind a command's name everything is
 * an id, so `/findall watch spot` is the way to a run that is really called "spot"; `export`, `mute` and `list` have words
 * of their own, and beside the id of a run to follow stand words for this watch alone.
 */
export function parseCommand(raw: string): Command {
  const text = plainTextOf(raw).replace(/^(?:\/findall\b\s*)+/i, "");
  const first = bareWords(text)[0] ?? "";
  if (isHelpWord(first)) return { kind: "help" };
  if (first.toLowerCase() === "list") return listing(bareWords(text).slice(1));
  if (/^list[-_]?(all|everything)$/i.test(first)) return listing(["all", ...bareWords(text).slice(1)]);
  if (first.toLowerCase() === "settings") return settings(bareWords(text).slice(1));
  if (first.toLowerCase() === "fold") return folding(bareWords(text)[1] ?? "");

  const command = idCommandOf(first);
  const rest = text.slice(text.indexOf(first) + first.length);
  return command ? named(command, rest) : (watching(text, false) ?? withoutCommand(text));
}

/** `rest` stands behind (or around) a command's name. */
function named(command: IdCommand, rest: string): Command {
  if (meansEveryRun(bareWords(findDuration(rest)?.rest ?? rest))) return { kind: "missing_id", command, all: true };
  if (command === "export") return exporting(rest);
  if (command === "mute") return muting(rest);
  return (command === "watch" && watching(rest, true)) || withId(command, rest);
}

function settings(words: readonly string[]): Command {
  const said = words.filter((word) => !POLITE.test(word)).join(" ");
  return said === "" ? { kind: "settings" } : { kind: "settings", words: said };
}

function folding(word: string): Command {
  return { kind: "fold", fold: ON.test(word) ? true : OFF.test(word) ? false : null };
}

/** `rest` stands behind a command's name. */
function withId(command: PlainIdCommand, rest: string): Command {
  const inAddresses = fromAddresses(command, rest);
  if (inAddresses) return inAddresses;
  // "pause findall_1 2h", "resume findall_1 in 2h": to be quiet for a time is another command.
  const mayBeTimed = command === "pause" || command === "stop" || command === "resume";
  const timed = mayBeTimed ? findDuration(rest) : null;
  if (timed && bareWords(timed.rest).some(looksLikeId)) {
    const meant = muting(rest);
    if (meant.kind === "mute")
      return { kind: "unknown", word: timed.typed, suggestion: muteLine(meant.id, meant.forMs) };
  }

  const words = bareWords(rest);
  if (words.length === 0) return { kind: "missing_id", command };
  if (words.length === 1) return lone(command, words[0] ?? "");
  // "stop watching findall_1": the one word that looks like an id is meant, not the prose around it.
  const ids = idsAmong(words);
  const [id] = ids;
  const isForLater = command === "pause" || command === "resume";
  const odd = words.find((word) => !ids.includes(word) && (!isLetters(word) || (isForLater && LATER.test(word))));
  if (id === undefined || ids.length > 1) return several(command, id === undefined ? words : ids);
  if (odd === undefined) return lone(command, id);
  if (command === "watch") return badWord(odd, id);
  const later = isForLater ? muting(rest) : null;
  return later?.kind === "bad_duration" ? later : { kind: "unknown", word: odd, suggestion: `${command} ${id}` };
}

function badWord(typed: string, suggestion: string): Command {
  return { kind: "bad_override", trouble: { kind: "word", typed }, suggestion };
}

/** "pause all", "stop everything, please". */
function meansEveryRun(words: readonly string[]): boolean {
  return (
    words.some((word) => EVERY_RUN.test(word)) && words.every((word) => EVERY_RUN.test(word) || BESIDE_EVERY.test(word))
  );
}

/** `rest` stands behind `export`: a run, and what to take of it, in any order. */
function exporting(rest: string): Command {
  const inAddresses = fromAddresses("export", rest);
  if (inAddresses && inAddresses.kind !== "export") return inAddresses;
  const { wish, others } = readExportWords(bareWords(inAddresses ? withoutAddresses(rest) : rest));
  const ids = inAddresses ? [inAddresses.id] : idsAmong(others);
  if (ids.length > 1) return several("export", ids);
  // What is pasted with an address is full of words: only what is nearly an option was meant as one.
  const isUnknown = (word: string) => (inAddresses ? nearestOption(word) !== null : !ids.includes(word));
  const unknown = others.find(isUnknown);

  const [id] = ids;
  if (id !== undefined) return unknown === undefined ? exportOf(id, wish) : badOption(unknown, id, wish);
  if (unknown === undefined) return { kind: "missing_id", command: "export" };
  // A run may have any name; but what is nearly an option was meant as one.
  if (others.length > 1 || nearestOption(unknown) !== null) return badOption(unknown, ANY_ID, wish);
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
  if (trailing === "mute" && looksLikeId(first)) return muting([first, ...words.slice(2)].join(" "));
  const ids = idsAmong(words);
  if (trailing && trailing !== "export" && trailing !== "mute" && looksLikeId(first) && ids.length === 1)
    return trailed(trailing, first, words.slice(2));

  if (ids.length > 1 && looksLikeId(first)) return several("watch", ids);
  if (looksLikeId(first) && !ids.includes(first)) return didYouMean(first, null, ids[0] ?? null);
  if (looksLikeId(first)) return didYouMean(second, wishBehind(second), first);
  if (near === "export") return exportMeant(first, words.slice(1));
  if (near === "mute") return muteMeant(first, words.slice(1));
  return didYouMean(first, near, ids.length === 1 ? (ids[0] ?? null) : null);
}

/** "findall_1 stop", "findall_1 pause 2h"; "findall_1 stop making noise" is asked about. */
function trailed(command: PlainIdCommand, id: string, rest: readonly string[]): Command {
  const said = withId(command, [id, ...rest].join(" "));
  return said.kind === command && !rest.every((word) => POLITE.test(word)) ? didYouMean(command, command, id) : said;
}

/** The command that a word behind an id was meant as: "findall_1 unsubscribe". */
function wishBehind(word: string): string | null {
  const near = nearestCommand(word);
  return near !== null && near !== "watch" && idCommandOf(near) !== null ? near : null;
}

/** "exprot findall_1 json": the options are kept in what is offered. */
function exportMeant(word: string, rest: readonly string[]): Command {
  const meant = exporting(rest.join(" "));
  if (meant.kind !== "export") return didYouMean(word, "export", null);
  return { kind: "unknown", word, suggestion: exportLine(meant.id, meant) };
}

/** "mut findall_1 2h": the time is kept in what is offered. */
function muteMeant(word: string, rest: readonly string[]): Command {
  const meant = muting(rest.join(" "));
  return meant.kind === "mute"
    ? { kind: "unknown", word, suggestion: muteLine(meant.id, meant.forMs) }
    : didYouMean(word, "mute", null);
}

function notUnderstood(word: string): Command {
  return { kind: "unknown", word, suggestion: null };
}

function idOf(command: Command): string | null {
  return "id" in command ? command.id : null;
}

function isLetters(word: string): boolean {
  return /^[\p{L}'’-]+$/u.test(word);
}
