import type { Message } from "../../domain/message.ts";
import { code, say } from "./say.ts";

/** How `/findall fold` is used. */
export function foldUsage(): Message {
  return say(
    "When a run finds what this channel has decided about in another run, its message says so. Folded, such a candidate takes one line on a page.",
    `${code("/findall fold on")} folds them in this channel, ${code("/findall fold off")} shows them in full.`,
  );
}

/** The switch was set. */
export function foldSet(fold: boolean): Message {
  return fold
    ? say(
        `From now on, candidates that this channel decided about in another run take one line of a page here. ${code("/findall fold off")} shows them in full again.`,
      )
    : say(
        `From now on, candidates are shown in full here, whatever was decided about them in another run. ${code("/findall fold on")} folds them.`,
      );
}
