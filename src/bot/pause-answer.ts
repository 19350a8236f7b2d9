import type { Message } from "../domain/message.ts";
import type { PauseResult } from "../steps/pause-results.ts";
import { alreadyOver } from "./replies/already-over.ts";
import { notWatched } from "./replies/not-watched.ts";
import { alreadyPaused, muted, notPaused, paused, resumed } from "./replies/pausing.ts";
import { storeDown } from "./replies/store-down.ts";

/** What is said about a pause, a mute, or the end of either. @param line what was typed after `/findall` */
export function pauseAnswer(result: PauseResult, line: string, runId: string): Message {
  switch (result.kind) {
    case "paused":
      return paused(result);
    case "already_paused":
      return alreadyPaused(result);
    case "resumed":
      return resumed(result);
    case "not_paused":
      return notPaused(result);
    case "muted":
      return muted(result);
    case "already_over":
      return alreadyOver(result);
    case "not_watched":
      return notWatched(runId);
    case "store_unavailable":
      return storeDown(`/findall ${line}`);
  }
}
