import type { Message } from "../../domain/message.ts";
import { code, say } from "./say.ts";

/** Only runs of channels that the person is in may be shown, and Slack does not say which those are. */
export function membershipUnknown(): Message {
  return say(
    `Slack does not tell me right now which channels you are in, so I show none of their runs. Please try ${code("/findall list all")} again in a minute; ${code("/findall list")} shows those of this channel.`,
  );
}
