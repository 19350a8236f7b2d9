import type { ChannelDescription } from "../slack/client.ts";
import type { Asker, ChannelRefusal } from "./results.ts";

/** Null when the bot may post there, or when Slack does not tell: then a message itself will find out. */
export function refusalOf(channel: ChannelDescription, asker: Asker): ChannelRefusal | null {
  switch (channel.kind) {
    case "open":
    case "unknown":
      return null;
    case "archived":
      return "archived";
    case "not_member":
      return channel.isPrivate ? "private_channel" : "not_in_channel";
    case "not_found":
      // Slack shows a bot neither private channels nor conversations it is not part of; the command names which it was.
      return asker.channelName === "directmessage" ? "direct_message" : "private_channel";
  }
}
