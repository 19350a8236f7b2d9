import type { Message } from "../../domain/message.ts";
import { code, invite, say } from "./say.ts";

/** The answer to a direct message in which there is no run's id. */
export function directHelp(botUserId: string): Message {
  return say(
    `I follow FindAll runs. Send me the id of one, or a link with it, and I follow it here; ${code("list")}, ${code("status <run id>")}, ${code("pause <run id>")} and ${code("stop <run id>")} work here too.`,
    `To follow a run together, type ${invite(botUserId)} in a channel, and there ${code("/findall <run id>")}. ${code("/findall help")} tells the rest.`,
  );
}

/** What opens a window takes a command or a click: Slack lets no message do that. */
export function needsWindow(line: string): Message {
  return say(`That opens a window, which Slack allows for commands alone. Please type ${code(line)} here.`);
}
