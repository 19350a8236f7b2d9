import { fileToWire } from "./files.ts";
import { repliesTo } from "./messages.ts";
import type { Channel, Json, StoredMessage } from "./model.ts";
import { SLACKBOT, type World } from "./world.ts";

/** A message as the Web API and interaction payloads show it. */
export function messageToWire(world: World, message: StoredMessage, options: { metadata: "full" | "type" }): Json {
  if (message.deleted) return tombstone(world, message);
  const byApp = message.botId !== null;
  return {
    type: "message",
    ...(message.threadTs !== null && message.broadcast ? { subtype: "thread_broadcast" } : {}),
    user: message.user,
    ts: message.ts,
    ...(byApp ? { bot_id: message.botId, app_id: world.app.id, bot_profile: botProfile(world) } : {}),
    ...(message.clientMsgId ? { client_msg_id: message.clientMsgId } : {}),
    text: message.text,
    team: world.team.id,
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...filesField(world, message),
    ...(message.edited
      ? { edited: { user: message.edited.user, ts: `${Math.floor(message.edited.at / 1000)}.000000` } }
      : {}),
    ...metadataFields(message, options.metadata),
    ...threadFields(world, message),
  };
}

function filesField(world: World, message: StoredMessage): Json {
  if (message.files.length === 0) return {};
  const files = message.files.flatMap(({ id }) => world.files.get(id) ?? []);
  return { files: files.map((file) => fileToWire(world, file)), upload: true };
}

function botProfile(world: World): Json {
  const { app, team } = world;
  return { id: app.botId, app_id: app.id, name: app.name, team_id: team.id, deleted: false };
}

function metadataFields(message: StoredMessage, detail: "full" | "type"): Json {
  if (!message.metadata) return {};
  return { metadata: detail === "full" ? message.metadata : { event_type: message.metadata.event_type } };
}

function threadFields(world: World, message: StoredMessage): Json {
  if (message.threadTs !== null) {
    const parent = world.messages.get(message.channel)?.get(message.threadTs);
    return { thread_ts: message.threadTs, ...(parent ? { parent_user_id: parent.user } : {}) };
  }
  const replies = repliesTo(world, message.channel, message.ts);
  if (replies.length === 0) return {};
  const users = [...new Set(replies.map((reply) => reply.user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    reply_users: users.slice(0, 5),
    latest_reply: replies.at(-1)?.ts,
    is_locked: world.channels.get(message.channel)?.lockedThreads.has(message.ts) ?? false,
    subscribed: false,
  };
}

/** What is left of a deleted message whose thread lives on. */
function tombstone(world: World, message: StoredMessage): Json {
  return {
    type: "message",
    subtype: "tombstone",
    text: "This message was deleted.",
    user: SLACKBOT,
    hidden: true,
    ts: message.ts,
    ...threadFields(world, message),
  };
}

export function channelToWire(world: World, channel: Channel): Json {
  const shared = {
    id: channel.id,
    created: Math.floor(channel.createdAt / 1000),
    is_archived: channel.archived,
    is_im: channel.kind === "im",
    is_mpim: false,
    context_team_id: world.team.id,
  };
  if (channel.kind === "im") {
    const other = [...channel.members].find((member) => member !== world.app.botUserId);
    return { ...shared, user: other, is_user_deleted: false };
  }
  return {
    ...shared,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_private: channel.kind === "private",
    is_general: false,
    is_shared: false,
    is_member: channel.members.has(world.app.botUserId),
    topic: { value: "", creator: "", last_set: 0 },
    purpose: { value: "", creator: "", last_set: 0 },
  };
}
