import type { Message } from "../../domain/message.ts";
import { matchesWords } from "../../slack/messages/counts.ts";
import type { StartWatchResult } from "../../steps/results.ts";
import { code, runName, say } from "./say.ts";

/** The watch is saved: from here on nothing of the run is missed. */
export function watching({ watch, run, spec }: Extract<StartWatchResult, { kind: "watching" }>): Message {
  const name = runName(watch.runId, spec);
  if (run.isActive) {
    return say(
      `Following ${name}. Its card appears here in a moment, every match comes into the card’s thread, and I will mention you when the run has ended.`,
      `${code(`/findall stop ${watch.runId}`)} stops following it.`,
    );
  }
  return say(
    `${name} has already ended. I am posting its card here, with ${matchesWords(run.matched)} in the thread.`,
    `${code(`/findall status ${watch.runId}`)} shows how it ended.`,
  );
}
