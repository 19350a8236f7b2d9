import type { Message } from "../../domain/message.ts";
import { explainCode } from "../../slack/explain.ts";
import { codeWord } from "../../slack/text.ts";
import { say } from "./say.ts";

/** Slack did not take the file. @param mayBeThere its last answer was lost, so that nobody knows */
export function exportRefused(slackCode: string, mayBeThere: boolean): Message {
  if (mayBeThere) {
    return say(
      `Slack’s last answer was lost (${codeWord(slackCode)}), so the file may be in the run’s thread all the same.`,
      "Please look there before you export again. No decision is lost.",
    );
  }
  if (/^(rate_?limited|held_back)$/.test(slackCode)) {
    return say(
      "Slack is holding messages back, so the file was not sent.",
      "No decision is lost. Please try again in a minute.",
    );
  }
  return say(
    `Slack did not take the file (${codeWord(slackCode)}).`,
    `No decision is lost. ${explainCode(slackCode, { botName: null, needed: null }).mend}`,
  );
}
