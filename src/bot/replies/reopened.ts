import type { Message } from "../../domain/message.ts";
import type { Overrides } from "../../domain/settings.ts";
import type { StartWatchResult } from "../../steps/results.ts";
import { waitParagraphs } from "./outlook-words.ts";
import { overrideParagraphs } from "./override-words.ts";
import { cardReference, code, runName, say } from "./say.ts";

/** A watch that was over goes on in the same card and thread. */
export function reopened(
  { watch, run, spec, cardLink, outlook }: Extract<StartWatchResult, { kind: "reopened" }>,
  overrides: Overrides | null,
): Message {
  const name = runName(watch.runId, null);
  const same = "in the same card and thread, and nothing is posted twice";
  const more = [
    ...waitParagraphs(outlook.wait, watch.runId),
    ...overrideParagraphs({ given: overrides, standing: watch.overrides, spec }),
  ];
  if (run.isActive) {
    return say(
      `Following ${name} again, ${same}: ${cardReference(cardLink)}.`,
      ...more,
      `${code(`/findall stop ${watch.runId}`)} stops following it.`,
    );
  }
  return say(
    `${name} has ended. I am bringing this channel up to date, ${same}: ${cardReference(cardLink)}.`,
    ...more,
    `${code(`/findall status ${watch.runId}`)} shows how it ended.`,
  );
}
