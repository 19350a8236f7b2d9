import type { Message } from "../../domain/message.ts";
import { code, say } from "./say.ts";

/** Parallel gave no usable answer. */
export function parallelDown(retry: string): Message {
  return say(
    `I cannot reach Parallel right now, so I could not look at that run. Nothing was changed; please try ${code(retry)} again in a minute.`,
    "Runs that are followed already are safe: I keep trying and miss nothing.",
  );
}
