import type { Message } from "../../domain/message.ts";
import { code, say } from "./say.ts";

/** This channel never followed that run. @param meant what to type for the run that was probably meant */
export function notWatched(runId: string, meant: string | null): Message {
  const guess = meant === null ? "" : ` Did you mean ${code(meant)}?`;
  return say(
    `This channel does not follow ${code(runId)}.${guess} ${code("/findall list")} shows what it follows, with the ids, and ${code(`/findall ${runId}`)} follows it.`,
  );
}
