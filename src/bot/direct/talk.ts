import { bareWords, withoutAddresses } from "../extract-id.ts";
import { RUN_ID } from "../shortcuts/find-ids.ts";

/** Stands where a run's id was. */
const HERE = "ID0ID";
/** Asks for something, and says nothing about what. */
const ASKING = words("hi hello hey please pls kindly could can would will you u just now then ok okay and also");
const BEFORE =
  /^(?:(?:hi|hello|hey|please|pls|kindly|(?:could|can|would|will) (?:you|u)|just|now|then|ok|okay|and|also)(?:[\s,!.:]+|$))+/i;
/** Stands around an id without saying anything of it. */
const AROUND = words(
  "a an for from here here's here’s id in is it link me my new of one run run's run’s thanks thank the this to too us",
);
/** What asks for a run to be followed. */
const FOLLOW = words("watch watching follow following track tracking subscribe monitor notify add start begin");
const TALK = words(
  "why what when how who where which did does do is are am was were has have had should shall may might i we it he she they that there our so but because if no yes not don't never will",
);

/** The text without the politeness before a command: "could you please pause run_a". */
export function withoutAsking(text: string): string {
  return text.replace(BEFORE, "");
}

/** Whether a message begins as people talk. */
export function isTalk(text: string): boolean {
  const [first = ""] = bareWords(text);
  return TALK.has(first.toLowerCase());
}

/** Whether there is a question in it; the one in an address is none. */
export function isQuestion(text: string): boolean {
  return withoutAddresses(text).includes("?");
}

/**
 * Whether a message that holds one run's id asks for that run to be followed: the id alone, or with nothing but words that
 * ask for it. "why did run_a stop?" does not.
 */
export function asksToFollow(text: string): boolean {
  if (/^(?:curl\b|[{["])/i.test(text)) return true; // pasted, and not written
  const marked = withoutAddresses(text, ` ${HERE} `).replace(RUN_ID, HERE);
  const said = bareWords(marked).map((word) => word.toLowerCase());
  const here = HERE.toLowerCase();
  if (said.every((word) => word === here)) return true;
  if (said.some((word) => word.startsWith("#"))) return false; // it means another channel
  const telling = said.filter((word) => !ASKING.has(word) && !AROUND.has(word));
  const [first = "", second = ""] = telling;
  if (FOLLOW.has(first) && second === here) return true;
  const asks = telling.some((word) => FOLLOW.has(word));
  return telling.every((word) => word === here || FOLLOW.has(word)) && (asks || !isQuestion(text));
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
