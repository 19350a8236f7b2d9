import type { Overrides } from "../domain/settings.ts";
import type { Command } from "./command.ts";
import { idCommandOf, nearestCommand } from "./command-words.ts";
import { bareWords, idsAmong, looksLikeId, unquoted, withoutAddresses } from "./extract-id.ts";
import { ANY_ID, fromAddresses, lone, several } from "./id-command.ts";
import { findDuration } from "./parse-duration.ts";
import { nearestOverride, overrideLine, readOverrideWords, withoutFillers } from "./parse-overrides.ts";

/**
 * A run to follow with words for this watch alone, in any order; null when there are no such words.
 * @param isNamed it stands behind the command's name, so that no other command was meant
 */
export function watching(text: string, isNamed: boolean): Command | null {
  const words = bareWords(text);
  if (words.length < 2 || /^(?:curl\b|[{[])/i.test(text)) return null;
  if (!isNamed && meansAnother(words)) return null;
  const said = readOverrideWords(text);
  if (said.overrides === null && said.trouble === null) return nearlyWatching(text, words);

  const inAddresses = fromAddresses("watch", said.rest);
  if (inAddresses && inAddresses.kind !== "watch") return inAddresses;
  const left = withoutFillers(bareWords(inAddresses ? withoutAddresses(said.rest) : said.rest));
  const ids = inAddresses ? [inAddresses.id] : idsAmong(left);
  if (ids.length > 1) return several("watch", ids);
  const id = ids[0] ?? (left.length === 1 ? left[0] : undefined);
  if (id === undefined && left.length > 0) return null; // prose, in which a word happens to be one of ours
  if (said.trouble) {
    const { mend, ...trouble } = said.trouble;
    // "quiet run_a": which is another command.
    if (id !== undefined && trouble.kind === "channel" && /^quiet$/i.test(trouble.typed))
      return { kind: "unknown", word: trouble.typed, suggestion: `mute ${id}` };
    const isHopeless = mend === null && said.overrides === null;
    return { kind: "bad_override", trouble, suggestion: isHopeless ? null : mended(id, said.overrides, mend ?? "") };
  }
  if (id === undefined)
    return { kind: "missing_id", command: "watch", ...(said.overrides && { overrides: said.overrides }) };
  const odd = left.find((word) => word !== id && (!inAddresses || nearestOverride(word) !== null));
  if (odd !== undefined) return nearlyWatching(text, words) ?? oddWord(odd, mended(id, said.overrides, ""));
  const checked = lone("watch", id);
  return checked.kind === "watch" && said.overrides ? { ...checked, overrides: said.overrides } : checked;
}

/** "statsu findall_1", "findall_1 mute 2h": the words are another command's. */
function meansAnother([first = "", second = ""]: readonly string[]): boolean {
  const near = nearestCommand(first);
  if (near !== null && near !== "watch" && near !== "settings") return true;
  return looksLikeId(first) && idCommandOf(second) !== null;
}

function oddWord(typed: string, suggestion: string): Command {
  return { kind: "bad_override", trouble: { kind: "word", typed }, suggestion };
}

/** "findall_1 digset 30m", "findall_1 30m": what was probably meant; null when nothing of ours is near. */
function nearlyWatching(text: string, words: readonly string[]): Command | null {
  const [misspelt, ...others] = words.filter((word) => !looksLikeId(word) && nearestOverride(word) !== null);
  const timed = findDuration(unquoted(text));
  const meant =
    misspelt === undefined
      ? timed && `${timed.rest} digest ${timed.typed}`
      : [misspelt, ...others].reduce((line, word) => line.replace(word, respelt), text);
  if (!meant) return null;
  const said = readOverrideWords(meant);
  const ids = idsAmong(bareWords(said.rest));
  const typed = misspelt ?? timed?.typed ?? "";
  if (ids.length !== 1 || (said.overrides === null && said.trouble === null)) return null;
  const suggestion = mended(ids[0], said.overrides, said.trouble?.mend ?? "");
  return oddWord(typed, suggestion);
}

function respelt(word: string): string {
  return word.replace(/[a-z]+/i, (name) => nearestOverride(word) ?? name);
}

/** What to type after `/findall`: all that was understood, and what was mended. */
function mended(id: string | undefined, overrides: Overrides | null, mend: string): string {
  const understood = overrides === null ? "" : overrideLine(overrides);
  const line = readOverrideWords(`${understood} ${mend}`).overrides;
  return [id ?? ANY_ID, line === null ? mend : overrideLine(line)].join(" ").trim();
}
