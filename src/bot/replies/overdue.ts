import type { Message } from "../../domain/message.ts";
import type { Command } from "../command.ts";
import { exportLine } from "../parse-export.ts";
import { muteLine } from "../parse-mute.ts";
import { watchLine } from "../parse-overrides.ts";
import { code, say } from "./say.ts";

/** No answer came in time, and it is not known whether the work was done. */
export function overdue(command: Command): Message {
  const again = "id" in command ? ` It does no harm to send ${code(retryOf(command))} again.` : "";
  return say(
    `This takes too long, so I have stopped waiting and cannot say whether it worked. ${code("/findall list")} shows what this channel follows.${again}`,
  );
}

function retryOf(command: Extract<Command, { id: string }>): string {
  if (command.kind === "export") return `/findall ${exportLine(command.id, command)}`;
  if (command.kind === "mute") return `/findall ${muteLine(command.id, command.forMs)}`;
  if (command.kind === "watch") return watchLine(command.id, command.overrides ?? null);
  return `/findall ${command.kind} ${command.id}`;
}
