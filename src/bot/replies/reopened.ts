import type { Message } from "../../domain/message.ts";
import type { Overrides } from "../../domain/settings.ts";
import type { StartWatchResult } from "../../steps/results.ts";
import { overrideParagraphs } from "./override-words.ts";
import { cardReference, code, runName, say } from "./say.ts";

/** A watch that was over goes on in the same card and thread. */
export function reopened(
  { watch, run, cardLink }: Extract<StartWatchResult, { kind: "reopened" }>,
  overrides: Overrides | null,
): Message {
  const name = runName(watch.runId, null);
  const same = "in the same card and thread, and nothing is posted twice";
  if (run.isActive) {
    return say(
      `Following ${name} again, ${same}: ${cardReference(cardLink)}.`,
      ...overrideParagraphs(overrides, null),
      `${code(`/findall stop ${watch.runId}`)} stops following it.`,
    );
  }
  return say(
    `${name} has ended. I am bringing this channel up to date, ${same}: ${cardReference(cardLink)}.`,
    ...overrideParagraphs(overrides, null),
    `${code(`/findall status ${watch.runId}`)} shows how it ended.`,
  );
}
