import type { Message } from "../../domain/message.ts";
import { code, say } from "./say.ts";

/** Redis is not there. */
export function storeDown(retry: string): Message {
  return say(
    `I cannot reach my own storage right now. Nothing was changed; please try ${code(retry)} again in a minute.`,
    "If this goes on, please tell whoever runs this app that Redis is down.",
  );
}
