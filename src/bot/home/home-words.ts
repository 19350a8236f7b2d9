import { waitWords } from "../../slack/messages/wait-words.ts";
import type { PauseResult } from "../../steps/pause-results.ts";
import type { ChannelRefusal, StopWatchResult } from "../../steps/results.ts";
import { refusalWords } from "../replies/refusal-words.ts";
import { code } from "../replies/say.ts";
import { WATCH_GONE } from "../replies/watch-gone.ts";

/** What pressing Pause led to; as mrkdwn, like the others. */
export function pauseWords(result: PauseResult, runId: string): string {
  switch (result.kind) {
    case "paused":
      return `⏸ ${code(runId)} is paused: nothing new of it is posted, and what is found meanwhile is kept. *Resume* delivers it.`;
    case "already_paused":
      return `⏸ ${code(runId)} was held up already; *Resume* lets it go on.`;
    default:
      return otherWords(result, runId);
  }
}

/** What pressing Resume led to. */
export function resumeWords(result: PauseResult, runId: string): string {
  switch (result.kind) {
    case "resumed":
      return `▶️ ${code(runId)} goes on${result.isTry ? ", if Slack lets it" : ""}${waitedWords(result)}.`;
    case "channel_refused":
      return `⏸ Nothing was changed: ${STILL_REFUSED[result.refusal]}, so ${code(runId)} stays held up. Once that is mended, *Resume* lets it go on.`;
    case "not_paused":
      return `▶️ ${code(runId)} was not held up; somebody else may have been quicker.`;
    default:
      return otherWords(result, runId);
  }
}

function waitedWords({ waiting, wait, isTry }: Extract<PauseResult, { kind: "resumed" }>): string {
  if (waiting === 0) return "";
  if (wait !== null) return `; what waited (${waiting}) still waits ${waitWords(wait)}`;
  return isTry ? `; what waited (${waiting}) then goes on its way` : `, and what waited (${waiting}) is on its way`;
}

const STILL_REFUSED: Readonly<Record<ChannelRefusal, string>> = {
  not_in_channel: "I am not in its channel",
  private_channel: "I am not in its channel, or that is gone",
  direct_message: "I cannot post in that conversation",
  archived: "its channel is archived",
};

/** What pressing Stop led to. */
export function stopWords(result: StopWatchResult, runId: string): string {
  switch (result.kind) {
    case "stopped":
      return `🔕 ${code(runId)} is not followed any more. ${code(`/findall ${runId}`)} in its channel follows it again.`;
    default:
      return otherWords(result, runId);
  }
}

function otherWords(result: Pick<PauseResult | StopWatchResult, "kind">, runId: string): string {
  switch (result.kind) {
    case "already_over":
      return `${code(runId)} is not followed any more, or has ended. ${code(`/findall ${runId}`)} in its channel follows it again.`;
    case "store_unavailable":
      return refusalWords({ kind: "store_unavailable" });
    default:
      return WATCH_GONE.refused;
  }
}
