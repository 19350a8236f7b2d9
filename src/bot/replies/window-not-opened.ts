import type { Message } from "../../domain/message.ts";
import { say } from "./say.ts";

/** Slack opens a window only within three seconds of a click or command. */
export function windowNotOpened(): Message {
  return say(
    "Slack did not open the window: it allows that only for three seconds, and I was not quick enough. Nothing was changed; please try again.",
  );
}
