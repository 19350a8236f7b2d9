import type { Message } from "../../domain/message.ts";
import { code, say } from "./say.ts";

/** This channel never followed that run. */
export function notWatched(runId: string): Message {
  return say(
    `This channel does not follow ${code(runId)}. ${code("/findall list")} shows what it follows, with the ids, and ${code(`/findall ${runId}`)} follows it.`,
  );
}
