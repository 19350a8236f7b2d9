import type { Message } from "../domain/message.ts";
import type { PauseResult } from "../steps/pause-results.ts";
import { alreadyOver } from "./replies/already-over.ts";
import { stillRefused } from "./replies/channel-refused.ts";
import { notWatched } from "./replies/not-watched.ts";
import { alreadyPaused, muted, notPaused, paused, resumed } from "./replies/pausing.ts";
import { storeDown } from "./replies/store-down.ts";
import type { RouteContext } from "./routes.ts";
import { meantLine } from "./similar-run.ts";

/**
 * What is said about a pause, a mute, or the end of either.
 * @param lineFor what is typed for a run
 */
export async function pauseAnswer(
  result: PauseResult,
  lineFor: (runId: string) => string,
  runId: string,
  context: RouteContext,
): Promise<Message> {
  switch (result.kind) {
    case "paused":
      return paused(result);
    case "already_paused":
      return alreadyPaused(result, context.botUserId);
    case "resumed":
      return resumed(result);
    case "not_paused":
      return notPaused(result);
    case "muted":
      return muted(result);
    case "already_over":
      return alreadyOver(result);
    case "channel_refused":
      return stillRefused(result.refusal, runId, context.botUserId);
    case "not_watched":
      return notWatched(runId, await meantLine(context, runId, lineFor));
    case "store_unavailable":
      return storeDown(lineFor(runId));
  }
}
