import type { Message } from "../../domain/message.ts";
import { code, say } from "./say.ts";

/** A message that talks about a run, and may or may not ask for it. */
export function shallFollow(runId: string): Message {
  return say(
    `Shall I follow ${code(runId)} here? Send ${code(runId)} alone, and I do. ${code(`status ${runId}`)} tells how it is doing; ${code(`/findall ${runId}`)} in a channel follows it there.`,
  );
}
