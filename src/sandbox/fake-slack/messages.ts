import { withBlockIds } from "./block-ids.ts";
import type { Content, ContentFlags, Ephemeral, Origin, StoredMessage } from "./model.ts";
import { channelOf, messagesOf, nextId, nextTs, type World } from "./world.ts";

export const PLAIN_FLAGS: ContentFlags = {
  mrkdwn: true,
  linkNames: false,
  parse: null,
  unfurlLinks: true,
  unfurlMedia: true,
};

export interface NewMessage {
  readonly channel: string;
  readonly content: Content;
  readonly user: string;
  readonly origin: Origin;
  readonly threadTs?: string | null;
  readonly broadcast?: boolean;
  readonly flags?: ContentFlags;
  readonly clientMsgId?: string | null;
  /** Less than this after the previous post of the app counts as too fast; 0 for what is not paced. */
  readonly minGapMs?: number;
  readonly hideTooFast?: boolean;
  readonly fileIds?: readonly string[];
}

/** Puts a message into a channel. Whether it is allowed there was decided before. */
export function storeMessage(world: World, message: NewMessage): StoredMessage {
  const tooFast = message.minGapMs ? notePace(world, message.channel, message.minGapMs) : false;
  const byApp = message.user === world.app.botUserId;
  const stored: StoredMessage = {
    ...withIds(world, message.content),
    channel: message.channel,
    ts: nextTs(world),
    threadTs: message.threadTs ?? null,
    broadcast: message.broadcast ?? false,
    user: message.user,
    botId: byApp ? world.app.botId : null,
    origin: message.origin,
    postedAt: world.now(),
    flags: message.flags ?? PLAIN_FLAGS,
    edited: null,
    edits: [],
    deleted: false,
    tooFast,
    hidden: tooFast && (message.hideTooFast ?? false),
    clientMsgId: message.clientMsgId ?? null,
    files: (message.fileIds ?? []).flatMap((id) => {
      const file = world.files.get(id);
      return file ? [{ id, name: file.name, title: file.title, size: file.length }] : [];
    }),
  };
  messagesOf(world, message.channel).set(stored.ts, stored);
  world.changes.emit("message", stored);
  return stored;
}

function notePace(world: World, channel: string, minGapMs: number): boolean {
  const now = world.now();
  const last = world.lastPostAt.get(channel);
  world.lastPostAt.set(channel, now);
  if (last === undefined) return false;
  const gap = now - last;
  world.minGapMs.set(channel, Math.min(world.minGapMs.get(channel) ?? Number.POSITIVE_INFINITY, gap));
  return gap < minGapMs;
}

function withIds(world: World, { text, blocks, attachments, metadata }: Content): Content {
  return { text, blocks: withBlockIds(world, blocks), attachments, metadata };
}

/** Replaces what a message says, keeping the old version. */
export function editMessage(
  world: World,
  message: StoredMessage,
  content: Content,
  by: string,
  flags: ContentFlags = message.flags,
): StoredMessage {
  const now = world.now();
  const version = {
    at: now,
    text: message.text,
    blocks: message.blocks,
    attachments: message.attachments,
    metadata: message.metadata,
  };
  const edited: StoredMessage = {
    ...message,
    ...withIds(world, content),
    flags,
    edited: content.blocks.length > 0 ? message.edited : { user: by, at: now },
    edits: [...message.edits, version],
  };
  messagesOf(world, message.channel).set(message.ts, edited);
  world.changes.emit("edit", edited);
  return edited;
}

export function removeMessage(world: World, message: StoredMessage): StoredMessage {
  const removed: StoredMessage = { ...message, deleted: true };
  messagesOf(world, message.channel).set(message.ts, removed);
  world.changes.emit("delete", removed);
  return removed;
}

export interface NewEphemeral {
  readonly channel: string;
  readonly user: string;
  readonly content: Content;
  readonly origin: Ephemeral["origin"];
  readonly threadTs?: string | null;
  readonly flags?: ContentFlags;
}

export function storeEphemeral(world: World, ephemeral: NewEphemeral): Ephemeral {
  channelOf(world, ephemeral.channel);
  const stored: Ephemeral = {
    ...withIds(world, ephemeral.content),
    id: nextId(world, "E"),
    ts: nextTs(world),
    channel: ephemeral.channel,
    user: ephemeral.user,
    threadTs: ephemeral.threadTs ?? null,
    origin: ephemeral.origin,
    at: world.now(),
    deleted: false,
    flags: ephemeral.flags ?? PLAIN_FLAGS,
  };
  world.ephemerals.set(stored.id, stored);
  world.changes.emit("ephemeral", stored);
  return stored;
}

export function changeEphemeral(world: World, id: string, change: Content | "delete"): void {
  const before = world.ephemerals.get(id);
  if (!before) return;
  const after = change === "delete" ? { ...before, deleted: true } : { ...before, ...withIds(world, change) };
  world.ephemerals.set(id, after);
  world.changes.emit("ephemeral", after);
}

/** What Slack itself tells a person when a command or click went wrong. */
export function slackbotSays(world: World, channel: string, user: string, text: string): Ephemeral {
  const content = { text, blocks: [], attachments: [] };
  return storeEphemeral(world, { channel, user, content, origin: "slackbot" });
}

/** Replies to a message that are still there, oldest first. */
export function repliesTo(world: World, channel: string, ts: string): StoredMessage[] {
  return [...messagesOf(world, channel).values()].filter((message) => message.threadTs === ts && !message.deleted);
}

/**
 * The message a thread hangs on. A deleted parent still carries its thread while replies are left; without replies
 * nothing is left to reply to.
 */
export function threadParent(world: World, channel: string, ts: string): StoredMessage | undefined {
  const parent = messagesOf(world, channel).get(ts);
  if (!parent) return undefined;
  return parent.deleted && repliesTo(world, channel, ts).length === 0 ? undefined : parent;
}

/** Shown in the channel itself: not a reply, or a reply sent to the channel as well. */
export function isInChannel(message: StoredMessage): boolean {
  return message.threadTs === null || message.broadcast;
}
