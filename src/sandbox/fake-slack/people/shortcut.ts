import { slackbotSays } from "../messages.ts";
import type { Ack, Json, ResponseUse } from "../model.ts";
import type { Hook } from "../response-url.ts";
import { messageToWire } from "../wire.ts";
import { channelOf, messagesOf, nextTs } from "../world.ts";
import { type Acting, type ActOptions, interactionBase, sendTimes } from "./acting.ts";
import { channelNameOf } from "./command.ts";

export interface ShortcutInput extends ActOptions {
  readonly user: string;
  readonly callbackId: string;
  /** The message it is used on; without one it is a global shortcut. */
  readonly message?: { readonly channel: string; readonly ts: string };
}

export interface ShortcutResult extends Ack {
  readonly acks: readonly Ack[];
  readonly triggerId: string;
  /** Of a message shortcut; a global one has no place to answer in. */
  readonly responseUrl: string | null;
  responses(): readonly ResponseUse[];
}

/**
 * A person uses a shortcut: on a message (`message_action`), also where the app is no member, or anywhere (`shortcut`).
 * Shapes: docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload.
 */
export async function useShortcut(acting: Acting, input: ShortcutInput): Promise<ShortcutResult> {
  const { world } = acting;
  const triggerId = acting.triggers.issue(input.user);
  const { api_app_id: _appId, ...base } = interactionBase(world, input.user, triggerId);
  const hook = input.message
    ? acting.hooks.issue({ kind: "actions", channel: input.message.channel, user: input.user, original: null })
    : null;
  const payload = {
    type: input.message ? "message_action" : "shortcut",
    ...base,
    callback_id: input.callbackId,
    action_ts: nextTs(world),
    ...messageFields(acting, input, hook),
  };
  const { first, all } = await sendTimes(acting, "interactive", payload, input);
  if (!first.acked && input.message) {
    const complaint = `The shortcut "${input.callbackId}" failed: ${first.failure}`;
    slackbotSays(world, input.message.channel, input.user, complaint);
  }
  return { ...first, acks: all, triggerId, responseUrl: hook?.url ?? null, responses: () => [...(hook?.uses ?? [])] };
}

function messageFields({ world }: Acting, { message: place }: ShortcutInput, hook: Hook | null): Json {
  if (!place || !hook) return {};
  const channel = channelOf(world, place.channel);
  const message = messagesOf(world, channel.id).get(place.ts);
  if (!message || message.deleted) throw new Error(`No message ${place.ts} in ${place.channel}`);
  return {
    channel: { id: channel.id, name: channelNameOf(channel) },
    message_ts: message.ts,
    message: messageToWire(world, message, { metadata: "full" }),
    response_url: hook.url,
  };
}
