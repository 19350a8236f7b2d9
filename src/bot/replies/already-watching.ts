import type { Message } from "../../domain/message.ts";
import type { StartWatchResult } from "../../steps/results.ts";
import { cardReference, code, runName, say } from "./say.ts";

/** Somebody asked before. */
export function alreadyWatching(result: Extract<StartWatchResult, { kind: "already_watching" }>): Message {
  const { watch, cardLink } = result;
  return say(
    `This channel already follows ${runName(watch.runId, null)}: ${cardReference(cardLink)}.`,
    `${code(`/findall status ${watch.runId}`)} shows how it is doing, ${code(`/findall stop ${watch.runId}`)} stops following it.`,
  );
}
