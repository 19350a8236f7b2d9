import type { Message } from "../../domain/message.ts";
import { say } from "./say.ts";

/** Said once when a file takes longer than a person waits without wondering. */
export function stillExporting(): Message {
  return say(STILL_EXPORTING);
}

export const STILL_EXPORTING = "⏳ Working on the file. I will tell you as soon as it is in the thread.";
