import type { Message } from "../../domain/message.ts";
import type { Command } from "../command.ts";
import { code, say } from "./say.ts";
import { stillExporting } from "./still-exporting.ts";

/** Said once when an answer takes longer than a person waits without wondering. Promises nothing. */
export function stillWorking(command: Command): Message | null {
  switch (command.kind) {
    case "watch":
    case "status":
      return say(`Still asking Parallel about ${code(command.id)}. I will tell you as soon as I know.`);
    case "review":
    case "settings":
      return null; // its window says that it is loading
    case "export":
      return stillExporting();
    case "stop":
      return say(`Still at it. I will tell you as soon as ${code(command.id)} is stopped.`);
    default:
      return say("Still at it. I will tell you as soon as I know.");
  }
}
