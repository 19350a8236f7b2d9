import type { Message } from "../../domain/message.ts";
import type { Overrides } from "../../domain/settings.ts";
import type { StartWatchResult } from "../../steps/results.ts";
import { waitParagraphs } from "./outlook-words.ts";
import { overrideParagraphs } from "./override-words.ts";
import { cardReference, code, runName, say } from "./say.ts";

/** Somebody asked before. */
export function alreadyWatching(
  result: Extract<StartWatchResult, { kind: "already_watching" }>,
  overrides: Overrides | null,
): Message {
  const { watch, spec, cardLink, outlook } = result;
  return say(
    `This channel already follows ${runName(watch.runId, null)}: ${cardReference(cardLink)}.`,
    ...waitParagraphs(outlook.wait, watch.runId),
    ...overrideParagraphs({ given: overrides, standing: watch.overrides, spec }),
    `${code(`/findall status ${watch.runId}`)} shows how it is doing, ${code(`/findall stop ${watch.runId}`)} stops following it.`,
  );
}
