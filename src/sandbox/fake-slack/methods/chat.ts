import { ApiError } from "../api-error.ts";
import { type Args, flag, required, text } from "../args.ts";
import { editMessage, PLAIN_FLAGS, removeMessage, storeEphemeral, storeMessage, threadParent } from "../messages.ts";
import type { Channel, Content, Json, StoredMessage } from "../model.ts";
import { readBlocks, readContent, readFlags, readMetadata } from "../validate/content.ts";
import { LIMITS } from "../validate/limits.ts";
import { messageToWire } from "../wire.ts";
import { messagesOf, type World } from "../world.ts";
import { isMember, postableChannel, visibleChannel } from "./access.ts";
import type { MethodContext, MethodTable } from "./method.ts";

const STRICT = { blockBudget: true };

function postMessage(args: Args, { world, limits }: MethodContext): Json {
  const channel = postableChannel(world, required(args, "channel", "channel_not_found"));
  const content = readContent(args, STRICT);
  const threadTs = readThread(world, channel, args);
  const truncated = content.text.length > LIMITS.postText;
  const stored = storeMessage(world, {
    channel: channel.id,
    content: truncated ? { ...content, text: content.text.slice(0, LIMITS.postText) } : content,
    user: world.app.botUserId,
    origin: "api",
    threadTs,
    broadcast: threadTs !== null && flag(args, "reply_broadcast", false),
    flags: readFlags(args),
    clientMsgId: text(args, "client_msg_id") ?? null,
    minGapMs: limits.minGapMs,
    hideTooFast: limits.hideTooFast,
  });
  const warning = warningOf(content, truncated);
  return {
    channel: channel.id,
    ts: stored.ts,
    message: messageToWire(world, stored, { metadata: "full" }),
    ...(warning ? { warning, response_metadata: { warnings: [warning] } } : {}),
  };
}

function warningOf(content: Content, truncated: boolean): string | undefined {
  if (truncated) return "message_truncated";
  return content.text === "" ? "missing_text_in_message" : undefined;
}

/** The thread a post belongs to, or null; a reply is never a thread of its own. */
export function readThread(world: World, channel: Channel, args: Args): string | null {
  const ts = text(args, "thread_ts");
  if (!ts) return null;
  const parent = threadParent(world, channel.id, ts);
  if (!parent) throw new ApiError("thread_not_found");
  if (parent.threadTs !== null) throw new ApiError("cannot_reply_to_message");
  if (channel.lockedThreads.has(ts)) throw new ApiError("restricted_action_thread_locked");
  return ts;
}

/** A message of the app's own that is still there; `foreign` is the answer for somebody else's. */
function ownMessage(world: World, args: Args, foreign: string): { channel: Channel; message: StoredMessage } {
  const channel = visibleChannel(world, required(args, "channel", "channel_not_found"));
  if (!isMember(world, channel) && channel.kind !== "public") throw new ApiError("channel_not_found");
  const message = messagesOf(world, channel.id).get(required(args, "ts", "message_not_found"));
  if (!message || message.deleted) throw new ApiError("message_not_found");
  if (channel.archived) throw new ApiError("is_inactive");
  if (!isMember(world, channel)) throw new ApiError("not_in_channel");
  if (message.user !== world.app.botUserId) throw new ApiError(foreign);
  return { channel, message };
}

function update(args: Args, { world }: MethodContext): Json {
  const { channel, message } = ownMessage(world, args, "cant_update_message");
  if (channel.editWindowClosed) throw new ApiError("edit_window_closed");
  const content = editedContent(args, message);
  if (isRich(message.blocks) && content.blocks.length > 0 && !isRich(content.blocks))
    throw new ApiError("block_mismatch");
  const flags = { ...message.flags, ...readParse(args) };
  const edited = editMessage(world, message, content, world.app.botUserId, flags);
  return {
    channel: channel.id,
    ts: message.ts,
    text: edited.text,
    message: messageToWire(world, edited, { metadata: "full" }),
  };
}

/** Slack's update semantics: text alone removes the blocks, neither keeps both, metadata stays unless given. */
function editedContent(args: Args, message: StoredMessage): Content {
  const said = text(args, "text");
  if (said !== undefined && said.length > LIMITS.updateText) throw new ApiError("msg_too_long");
  const blocks = readBlocks(args, STRICT);
  const metadata = isEmptyObject(args.metadata) ? undefined : (readMetadata(args) ?? message.metadata);
  const given = ["text", "blocks", "attachments"].some((name) => args[name] !== undefined);
  if (!given) {
    if (args.metadata === undefined) throw new ApiError("no_text");
    return { ...contentOf(message), metadata };
  }
  if ((said ?? "").trim() === "" && blocks.length === 0 && args.attachments === undefined)
    throw new ApiError("no_text");
  const full = readContent({ ...args, metadata: undefined }, STRICT);
  return { ...full, text: said ?? message.text, metadata };
}

function contentOf(message: StoredMessage): Content {
  return { text: message.text, blocks: message.blocks, attachments: message.attachments, metadata: message.metadata };
}

function isEmptyObject(value: unknown): boolean {
  return value === "{}" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}

function isRich(blocks: readonly Json[]): boolean {
  return blocks.some((block) => block.type === "rich_text");
}

/** Leaving out `parse` or `link_names` on an update resets them. */
function readParse(args: Args): { parse: string | null; linkNames: boolean } {
  const { parse, linkNames } = readFlags(args);
  return { parse, linkNames };
}

function remove(args: Args, { world }: MethodContext): Json {
  const { channel, message } = ownMessage(world, args, "cant_delete_message");
  removeMessage(world, message);
  return { channel: channel.id, ts: message.ts };
}

function postEphemeral(args: Args, { world }: MethodContext): Json {
  const channel = postableChannel(world, required(args, "channel", "channel_not_found"));
  const user = required(args, "user", "user_not_found");
  if (!world.people.has(user)) throw new ApiError("user_not_found");
  if (!channel.members.has(user)) throw new ApiError("user_not_in_channel");
  const content = readContent(args, STRICT);
  const threadTs = text(args, "thread_ts") ?? null;
  const flags = { ...PLAIN_FLAGS, ...readFlags(args) };
  const stored = storeEphemeral(world, { channel: channel.id, user, content, origin: "api", threadTs, flags });
  return { message_ts: stored.ts };
}

function getPermalink(args: Args, { world }: MethodContext): Json {
  const channel = visibleChannel(world, required(args, "channel", "channel_not_found"));
  const message = messagesOf(world, channel.id).get(required(args, "message_ts", "message_not_found"));
  if (!message || message.deleted) throw new ApiError("message_not_found");
  return { channel: channel.id, permalink: permalinkOf(world, message) };
}

/** The address of a message in the Slack client. */
export function permalinkOf(world: World, message: StoredMessage): string {
  const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${message.channel}` : "";
  return `${world.team.url}archives/${message.channel}/p${message.ts.replace(".", "")}${thread}`;
}

export const CHAT_METHODS: MethodTable = {
  "chat.postMessage": { scope: "chat:write", handle: postMessage },
  "chat.update": { scope: "chat:write", handle: update },
  "chat.delete": { scope: "chat:write", handle: remove },
  "chat.postEphemeral": { scope: "chat:write", handle: postEphemeral },
  "chat.getPermalink": { handle: getPermalink },
};
