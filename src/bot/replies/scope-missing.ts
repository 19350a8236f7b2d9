import type { Message } from "../../domain/message.ts";
import { codeWord } from "../../slack/text.ts";
import { say } from "./say.ts";

/** The app was installed without the right to add files. */
export function scopeMissing(scope: string): Message {
  return say(
    `This app may not add files here: it was installed without the scope ${codeWord(scope)}.`,
    `Whoever runs it can mend that on api.slack.com/apps: *OAuth &amp; Permissions → Bot Token Scopes*, add ${codeWord(scope)}, then reinstall the app. No decision is lost; export again afterwards.`,
  );
}
