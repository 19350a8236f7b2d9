import { ApiError } from "../api-error.ts";
import type { Channel } from "../model.ts";
import { appDmOf, type World } from "../world.ts";

/** Scopes per kind of channel: `{public: "channels:read", …}` for `read`. */
export function scopeFor(kind: Channel["kind"], what: "read" | "history"): string {
  const prefix = { public: "channels", private: "groups", im: "im" }[kind];
  return `${prefix}:${what}`;
}

export function requireScope(world: World, needed: string): void {
  const { scopes } = world.credentials;
  if (!scopes.has(needed)) throw new ApiError("missing_scope", { needed, provided: [...scopes].join(",") });
}

/** Whether the bot is in the channel; a direct message between two people is not there for it at all. */
export function isMember(world: World, channel: Channel): boolean {
  return channel.members.has(world.app.botUserId);
}

/** The channel as far as the bot can see it: private ones it is not in do not exist for it. */
export function visibleChannel(world: World, id: string): Channel {
  const channel = world.channels.get(id);
  if (!channel) throw new ApiError("channel_not_found");
  if (channel.kind !== "public" && !isMember(world, channel)) throw new ApiError("channel_not_found");
  return channel;
}

/** A channel the bot may read the messages of. */
export function readableChannel(world: World, id: string): Channel {
  const channel = visibleChannel(world, id);
  requireScope(world, scopeFor(channel.kind, "history"));
  if (!isMember(world, channel)) throw new ApiError("not_in_channel");
  return channel;
}

/** Where a post to `id` goes: a person's id stands for the app's direct message with them. */
export function resolveTarget(world: World, id: string): string {
  return world.people.has(id) ? appDmOf(id) : id;
}

/** A channel the bot may post to; the order of the checks is Slack's: sight, archive, membership, policy. */
export function postableChannel(world: World, id: string): Channel {
  const channel = visibleChannel(world, resolveTarget(world, id));
  if (channel.archived) throw new ApiError("is_archived");
  if (!isMember(world, channel) && !mayPostPublicly(world, channel)) throw new ApiError("not_in_channel");
  if (channel.restriction) throw new ApiError(channel.restriction);
  if (channel.isAppDm && !world.credentials.messagesTabEnabled) throw new ApiError("messages_tab_disabled");
  return channel;
}

function mayPostPublicly(world: World, channel: Channel): boolean {
  return channel.kind === "public" && world.credentials.scopes.has("chat:write.public");
}
