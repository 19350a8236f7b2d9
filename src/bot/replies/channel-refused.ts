import type { Message } from "../../domain/message.ts";
import type { ChannelRefusal } from "../../steps/results.ts";
import { code, invite, say } from "./say.ts";

/** The bot may not post where the command was typed. Nothing was saved. */
export function channelRefused(refusal: ChannelRefusal, runId: string, botUserId: string): Message {
  const again = code(`/findall ${runId}`);
  switch (refusal) {
    case "not_in_channel":
      return say(
        `I am not in this channel yet, so I cannot post here. Type ${invite(botUserId)}, then ${again} again.`,
      );
    case "private_channel":
      return say(
        `I cannot see this private channel until someone in it invites me. Type ${invite(botUserId)}, then ${again} again.`,
      );
    case "direct_message":
      return say(
        `I cannot post in a conversation between other people. Type ${again} in a channel that I am in, or in a direct message to <@${botUserId}>.`,
      );
    case "archived":
      return say(
        `This channel is archived, so nobody can post here. Unarchive it or type ${again} in another channel.`,
      );
  }
}
