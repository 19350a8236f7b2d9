import type { Message } from "../../domain/message.ts";
import type { Overrides } from "../../domain/settings.ts";
import type { StartWatchResult } from "../../steps/results.ts";
import { arrivalWords, endedWords, waitParagraphs } from "./outlook-words.ts";
import { overrideParagraphs } from "./override-words.ts";
import { code, runName, say } from "./say.ts";

/** The watch is saved: from here on nothing of the run is missed. */
export function watching(
  { watch, run, spec, outlook }: Extract<StartWatchResult, { kind: "watching" }>,
  overrides: Overrides | null,
): Message {
  const name = runName(watch.runId, spec);
  const own = overrideParagraphs({ given: overrides, standing: watch.overrides, spec });
  if (run.isActive) {
    return say(
      `Following ${name}. Its card appears here in a moment, ${arrivalWords(outlook)}, and I tell you when the run has ended.`,
      ...(outlook.wait?.kind === "quiet" ? waitParagraphs(outlook.wait, watch.runId) : []),
      ...own,
      `${code(`/findall stop ${watch.runId}`)} stops following it.`,
    );
  }
  return say(
    `${name} has already ended. ${endedWords(run.matched, outlook)}.`,
    ...own,
    `${code(`/findall status ${watch.runId}`)} shows how it ended.`,
  );
}
