import type { Message } from "../../domain/message.ts";
import type { ChannelRefusal } from "../../steps/results.ts";
import { code, invite, say } from "./say.ts";

/** The bot may not post where the command was typed. Nothing was saved. */
export function channelRefused(refusal: ChannelRefusal, runId: string, botUserId: string): Message {
  const follow = code(`/findall ${runId}`);
  return say(refusedWords(refusal, follow, follow, botUserId));
}

/** The bot may still not post where a run is held up. */
export function stillRefused(refusal: ChannelRefusal, runId: string, botUserId: string): Message {
  const words = refusedWords(refusal, code(`/findall resume ${runId}`), code(`/findall ${runId}`), botUserId);
  return say(words, "Nothing was changed, and what waits is kept.");
}

/** @param elsewhere what follows the run in another channel */
function refusedWords(refusal: ChannelRefusal, again: string, elsewhere: string, botUserId: string): string {
  switch (refusal) {
    case "not_in_channel":
      return `I am not in this channel yet, so I cannot post here. Type ${invite(botUserId)}, then ${again} again.`;
    case "private_channel":
      return `I cannot see this private channel until someone in it invites me. Type ${invite(botUserId)}, then ${again} again.`;
    case "direct_message":
      return `I cannot post in a conversation between other people. Type ${elsewhere} in a channel that I am in, or in a direct message to <@${botUserId}>.`;
    case "archived":
      return `This channel is archived, so nobody can post here. Unarchive it${again === elsewhere ? "" : `, then type ${again}`}, or type ${elsewhere} in another channel.`;
  }
}
