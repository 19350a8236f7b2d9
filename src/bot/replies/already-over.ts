import type { Message } from "../../domain/message.ts";
import type { StopWatchResult } from "../../steps/results.ts";
import { cardSuffix, code, runName, say } from "./say.ts";

/** There is nothing left to stop or to hold back. */
export function alreadyOver({ watch, cardLink }: Extract<StopWatchResult, { kind: "already_over" }>): Message {
  const name = runName(watch.runId, null);
  const why: Partial<Record<typeof watch.state, string>> = {
    stopped: `Following ${name} was stopped before`,
    lost: `Parallel no longer knows ${name}, so I had stopped following it`,
  };
  if (watch.state === "resting" || (watch.state === "active" && watch.ended)) {
    return say(
      `${name} has ended, and everything it found is here${cardSuffix(cardLink)}.`,
      `${code(`/findall review ${watch.runId}`)} goes through it, ${code(`/findall export ${watch.runId}`)} gives it as a file.`,
    );
  }
  return say(
    `${why[watch.state] ?? `${name} is not followed any more`}${cardSuffix(cardLink)}.`,
    `${code(`/findall ${watch.runId}`)} looks at it again.`,
  );
}
