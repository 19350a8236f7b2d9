import type { Message } from "../../domain/message.ts";
import type { Overrides } from "../../domain/settings.ts";
import { matchesWords } from "../../slack/messages/counts.ts";
import type { StartWatchResult } from "../../steps/results.ts";
import { overrideParagraphs } from "./override-words.ts";
import { code, runName, say } from "./say.ts";

/** The watch is saved: from here on nothing of the run is missed. */
export function watching(
  { watch, run, spec }: Extract<StartWatchResult, { kind: "watching" }>,
  overrides: Overrides | null,
): Message {
  const name = runName(watch.runId, spec);
  if (run.isActive) {
    return say(
      `Following ${name}. Its card appears here in a moment, its matches come into the card’s thread${overrides?.arrives === "end" ? " at the end" : ""}, and I tell you when the run has ended.`,
      ...overrideParagraphs(overrides, spec),
      `${code(`/findall stop ${watch.runId}`)} stops following it.`,
    );
  }
  return say(
    `${name} has already ended. I am posting its card here, with ${matchesWords(run.matched)} in the thread.`,
    ...overrideParagraphs(overrides, spec),
    `${code(`/findall status ${watch.runId}`)} shows how it ended.`,
  );
}
