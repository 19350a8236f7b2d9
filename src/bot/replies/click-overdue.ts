import type { Message } from "../../domain/message.ts";
import { say } from "./say.ts";

/** No answer came in time, and it is not known whether the work was done. */
export function clickOverdue(): Message {
  return say(
    "This takes too long, so I have stopped waiting and cannot say whether it worked. It does no harm to click again.",
  );
}
