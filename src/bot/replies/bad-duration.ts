import type { Message } from "../../domain/message.ts";
import { code, foreign, say } from "./say.ts";

/** A time behind `/findall mute` that is none, or that nobody would wait for. `suggestion` is what to type after `/findall`. */
export function badDuration(word: string, suggestion: string): Message {
  return say(
    `I do not understand “${foreign(word, 60)}” as a time to be quiet. Did you mean ${code(`/findall ${suggestion}`)}?`,
    `A time is one such as ${code("30m")}, ${code("2h")} or ${code("1d")}, from a minute to 30 days; without one a run is quiet until it has ended. ${code("/findall pause <run id>")} has no end.`,
  );
}
