import type { Message } from "../../domain/message.ts";
import { directHelp, needsWindow } from "../replies/direct-help.ts";
import { shallFollow } from "../replies/shall-follow.ts";
import { type RouteContext, route } from "../routes.ts";
import type { DirectMessage, Wish } from "./read-direct.ts";

/** The same as for the command, but for what only a command or click can open. */
export async function directAnswer(
  command: Wish,
  { userId, channelId }: DirectMessage,
  context: Pick<RouteContext, "actions" | "botUserId" | "desk">,
): Promise<Message | null> {
  if (command.kind === "help") return directHelp(context.botUserId);
  if (command.kind === "shall_follow") return shallFollow(command.id);
  if (command.kind === "settings") return needsWindow("/findall settings");
  if (command.kind === "review") return needsWindow(`/findall review ${command.id}`);
  const asker = {
    userId,
    // An event names nobody; the card says this instead of a name.
    userName: "a teammate",
    channelId,
    channelName: "directmessage",
    responseUrl: null,
  };
  return route(command, { ...context, asker, triggerId: "" });
}
