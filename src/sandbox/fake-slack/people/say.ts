import { storeMessage } from "../messages.ts";
import type { StoredMessage } from "../model.ts";
import { messageToWire } from "../wire.ts";
import { channelOf } from "../world.ts";
import type { Acting } from "./acting.ts";
import { sendEvent } from "./event.ts";

export interface SayInput {
  readonly user: string;
  readonly channel: string;
  /** As Slack keeps it: `&`, `<` and `>` escaped, links in angle brackets. */
  readonly text: string;
  readonly threadTs?: string;
}

/** A person writes a message; in the app's direct message the app hears of it when it has subscribed to `message.im`. */
export function say(acting: Acting, input: SayInput): StoredMessage {
  const { world } = acting;
  const content = { text: input.text, blocks: [], attachments: [] };
  const message = storeMessage(world, { ...input, content, origin: "person" });
  const { scopes, events } = world.credentials;
  if (channelOf(world, input.channel).isAppDm && events.has("message.im") && scopes.has("im:history")) {
    // Nobody waits for it: an app that is away hears of it later, or never, as in Slack.
    void sendEvent(acting, {
      ...messageToWire(world, message, { metadata: "type" }),
      type: "message",
      channel: message.channel,
      channel_type: "im",
      event_ts: message.ts,
    });
  }
  return message;
}
