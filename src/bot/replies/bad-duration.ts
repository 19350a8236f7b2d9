import type { Message } from "../../domain/message.ts";
import { code, foreign, say } from "./say.ts";

const TIME_OF_DAY = /^(?:\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\.?|\d{1,2}[:.]\d\d|noon|midnight)$/i;

/** A time behind `/findall mute` that is none, or that nobody would wait for. `suggestion` is what to type after `/findall`. */
export function badDuration(word: string, suggestion: string): Message {
  const given = `“${foreign(word, 60)}”`;
  const what = TIME_OF_DAY.test(word)
    ? `${given} is a time of day, and I am quiet for a length of time.`
    : `I do not understand ${given} as a time to be quiet.`;
  return say(
    `${what} Did you mean ${code(`/findall ${suggestion}`)}?`,
    `A time is one such as ${code("30m")}, ${code("2h")} or ${code("1d")}, from a minute to 30 days; without one a run is quiet until it has ended. ${code("/findall pause <run id>")} has no end.`,
  );
}
