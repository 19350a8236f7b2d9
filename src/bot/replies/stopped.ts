import type { Message } from "../../domain/message.ts";
import type { StopWatchResult } from "../../steps/results.ts";
import { cardSuffix, code, runName, say } from "./say.ts";

/** This channel no longer follows the run. */
export function stopped({ watch, cardLink }: Extract<StopWatchResult, { kind: "stopped" }>): Message {
  return say(
    `Stopped following ${runName(watch.runId, null)} here. A run that is under way goes on at Parallel, and its card says who stopped following${cardSuffix(cardLink)}.`,
    `${code(`/findall ${watch.runId}`)} follows it again and catches up.`,
  );
}
