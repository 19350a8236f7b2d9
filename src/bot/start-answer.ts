import type { Message } from "../domain/message.ts";
import type { Overrides } from "../domain/settings.ts";
import type { OutsideTrouble, StartWatchResult } from "../steps/results.ts";
import { watchLine } from "./parse-overrides.ts";
import { alreadyWatching } from "./replies/already-watching.ts";
import { answerUnreadable } from "./replies/answer-unreadable.ts";
import { channelRefused } from "./replies/channel-refused.ts";
import { idRefused } from "./replies/id-refused.ts";
import { keyRejected } from "./replies/key-rejected.ts";
import { parallelDown } from "./replies/parallel-down.ts";
import { reopened } from "./replies/reopened.ts";
import { runNotFound } from "./replies/run-not-found.ts";
import { slackDown } from "./replies/slack-down.ts";
import { storeDown } from "./replies/store-down.ts";
import { watching } from "./replies/watching.ts";

/** What is said to one who wants a run to be followed. @param overrides what was said for it alone; null: nothing */
export function startAnswer(
  result: StartWatchResult,
  id: string,
  overrides: Overrides | null,
  botUserId: string,
): Message {
  switch (result.kind) {
    case "watching":
      return watching(result, overrides);
    case "already_watching":
      return alreadyWatching(result, overrides);
    case "reopened":
      return reopened(result, overrides);
    case "channel_refused":
      return channelRefused(result.refusal, id, botUserId);
    default:
      return outsideTrouble(result, watchLine(id, overrides), id);
  }
}

/** What is said when something outside does not let a command be done. @param retry what to type again */
export function outsideTrouble(trouble: OutsideTrouble, retry: string, id: string): Message {
  switch (trouble.kind) {
    case "run_not_found":
      return runNotFound(id);
    case "id_refused":
      return idRefused(id, trouble.detail);
    case "api_key_rejected":
      return keyRejected(retry);
    case "parallel_unavailable":
      return parallelDown(retry);
    case "answer_unreadable":
      return answerUnreadable(retry, trouble.detail);
    case "store_unavailable":
      return storeDown(retry);
    case "slack_unavailable":
      return slackDown(retry);
  }
}
