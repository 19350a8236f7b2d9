import type { Message } from "../../domain/message.ts";
import { mrkdwn } from "../../slack/text.ts";
import { code, say } from "./say.ts";

/** Parallel answered, with something that is no run as we know it. */
export function answerUnreadable(retry: string, detail: string): Message {
  return say(
    `Parallel answered, but not with a run that I can read (${mrkdwn(detail, 200)}). Nothing was changed.`,
    `${code(retry)} tries again. If it goes on, please tell whoever runs this app.`,
  );
}
