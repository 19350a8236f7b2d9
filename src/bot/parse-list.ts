import type { Command } from "./command.ts";
import { nearestOf } from "./command-words.ts";
import { looksLikeId } from "./extract-id.ts";

const EVERYWHERE = /^(all|al|every|everywhere|everything|mine|my|channels)$/i;
/** Said around it, and meaning nothing: "list the runs of this channel, please". */
const FILLERS = new Set(
  "a are channel channel's channel’s followed for give here in is me now of on our page please runs run show that the this to us watches watched we".split(
    " ",
  ),
);
/** Nobody turns further; what does not exist becomes the nearest page there is. */
const LAST_PAGE = 9_999;

/** @param words behind `list` */
export function listing(words: readonly string[]): Command {
  const id = words.find((word) => looksLikeId(word) && !/^-?\d+$/.test(word));
  if (id !== undefined) return { kind: "unknown", word: id, suggestion: `status ${id}` };
  const number = words.find((word) => /^-?\d+$/.test(word));
  const page = Math.min(LAST_PAGE, Math.max(1, Number(number ?? 1)));
  const all = words.some((word) => EVERYWHERE.test(word));
  const odd = words.find((word) => word !== number && !EVERYWHERE.test(word) && !FILLERS.has(word.toLowerCase()));
  if (odd === undefined) return { kind: "list", all, page };
  const meansAll = all || nearestOf(odd, ["all", "everywhere", "everything"]) !== null;
  const parts = ["list", ...(meansAll ? ["all"] : []), ...(page > 1 ? [String(page)] : [])];
  return { kind: "unknown", word: odd, suggestion: parts.join(" ") };
}
