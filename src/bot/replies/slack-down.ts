import type { Message } from "../../domain/message.ts";
import { code, say } from "./say.ts";

/** Slack did not say whether the bot may post. */
export function slackDown(retry: string): Message {
  return say(
    `Slack does not answer me right now, so I cannot tell whether I may post here. Nothing was changed; please try ${code(retry)} again in a minute.`,
  );
}
