import { ApiError } from "../api-error.ts";
import { type Args, count, flag, required, text } from "../args.ts";
import { isInChannel, repliesTo, threadParent } from "../messages.ts";
import type { Channel, Json, StoredMessage } from "../model.ts";
import { channelToWire, messageToWire } from "../wire.ts";
import { appDmOf, messagesOf, type World } from "../world.ts";
import { isMember, readableChannel, requireScope, scopeFor, visibleChannel } from "./access.ts";
import type { MethodContext, MethodTable } from "./method.ts";

const MAX_PAGE = 999;

function info(args: Args, { world }: MethodContext): Json {
  const channel = describedChannel(world, args);
  const members = flag(args, "include_num_members", false) ? { num_members: channel.members.size } : {};
  return { channel: { ...channelToWire(world, channel), ...members } };
}

/** A channel whose description, not its messages, the bot may read. */
function describedChannel(world: World, args: Args): Channel {
  const channel = visibleChannel(world, required(args, "channel", "channel_not_found"));
  requireScope(world, scopeFor(channel.kind, "read"));
  return channel;
}

function members(args: Args, { world }: MethodContext): Json {
  const channel = describedChannel(world, args);
  const { items, next } = page([...channel.members], args, 100);
  return { members: items, response_metadata: { next_cursor: next } };
}

function history(args: Args, { world }: MethodContext): Json {
  const channel = readableChannel(world, required(args, "channel", "channel_not_found"));
  const shown = [...messagesOf(world, channel.id).values()].filter((message) => isListed(world, message));
  const matching = shown.filter((message) => isWithin(message.ts, args)).reverse();
  return listing(world, matching, args, 100);
}

/** In the channel's history: there, or deleted with a thread that lives on. */
function isListed(world: World, message: StoredMessage): boolean {
  if (!isInChannel(message)) return false;
  return !message.deleted || repliesTo(world, message.channel, message.ts).length > 0;
}

function replies(args: Args, { world }: MethodContext): Json {
  const channel = readableChannel(world, required(args, "channel", "channel_not_found"));
  const ts = required(args, "ts");
  const parent = threadParent(world, channel.id, ts);
  if (!parent) throw new ApiError("thread_not_found");
  const thread = repliesTo(world, channel.id, ts).filter((message) => isWithin(message.ts, args));
  // The parent comes first whatever the time range says.
  return listing(world, [parent, ...thread], args, 1_000);
}

function listing(world: World, messages: readonly StoredMessage[], args: Args, fallback: number): Json {
  const { items, next } = page(messages, args, fallback);
  const metadata = flag(args, "include_all_metadata", false) ? "full" : "type";
  return {
    messages: items.map((message) => messageToWire(world, message, { metadata })),
    has_more: next !== "",
    ...(next === "" ? {} : { response_metadata: { next_cursor: next } }),
  };
}

function isWithin(ts: string, args: Args): boolean {
  const inclusive = flag(args, "inclusive", false);
  const micros = toMicros(ts);
  const oldest = text(args, "oldest");
  const latest = text(args, "latest");
  const from = oldest ? toMicros(oldest) : 0;
  const to = latest ? toMicros(latest) : Number.POSITIVE_INFINITY;
  return inclusive ? micros >= from && micros <= to : micros > from && micros < to;
}

/** A ts or plain seconds as whole microseconds: comparing floats of seconds would lose the last digits. */
function toMicros(ts: string): number {
  const match = /^(\d+)(?:\.(\d{1,6})\d*)?$/.exec(ts);
  if (!match) throw new ApiError("invalid_ts_oldest");
  return Number(match[1]) * 1_000_000 + Number((match[2] ?? "").padEnd(6, "0"));
}

function page<Item>(all: readonly Item[], args: Args, fallback: number): { items: readonly Item[]; next: string } {
  const limit = count(args, "limit", fallback, Math.max(MAX_PAGE, fallback));
  const start = readCursor(text(args, "cursor"));
  const end = start + limit;
  return { items: all.slice(start, end), next: end < all.length ? Buffer.from(`next:${end}`).toString("base64") : "" };
}

function readCursor(cursor: string | undefined): number {
  if (!cursor) return 0;
  const match = /^next:(\d+)$/.exec(Buffer.from(cursor, "base64").toString("utf8"));
  if (!match) throw new ApiError("invalid_cursor");
  return Number(match[1]);
}

function open(args: Args, { world }: MethodContext): Json {
  const given = text(args, "channel");
  if (given) return { channel: { id: visibleChannel(world, given).id } };
  const user = required(args, "users", "users_list_not_supplied");
  if (user.includes(",")) throw new ApiError("not_enough_users", { detail: "The fake has no group messages." });
  if (!world.people.has(user)) throw new ApiError("user_not_found");
  return { channel: { id: appDmOf(user) }, already_open: true, no_op: true };
}

const TYPES: Readonly<Record<string, Channel["kind"]>> = {
  public_channel: "public",
  private_channel: "private",
  im: "im",
};

function usersConversations(args: Args, { world }: MethodContext): Json {
  const types = (text(args, "types") ?? "public_channel").split(",").map((type) => type.trim());
  if (types.includes("mpim")) requireScope(world, "mpim:read");
  const kinds = types.filter((type) => type !== "mpim").map(kindOf);
  for (const kind of kinds) requireScope(world, scopeFor(kind, "read"));
  const member = text(args, "user") ?? world.app.botUserId;
  if (!world.people.has(member) && member !== world.app.botUserId) throw new ApiError("user_not_found");
  const found = [...world.channels.values()].filter(
    (channel) =>
      kinds.includes(channel.kind) &&
      channel.members.has(member) &&
      (channel.kind === "public" || isMember(world, channel)) &&
      !(flag(args, "exclude_archived", false) && channel.archived),
  );
  const { items, next } = page(found, args, 100);
  return { channels: items.map((channel) => channelToWire(world, channel)), response_metadata: { next_cursor: next } };
}

function kindOf(type: string): Channel["kind"] {
  const kind = TYPES[type];
  if (!kind) throw new ApiError("invalid_types");
  return kind;
}

export const CONVERSATION_METHODS: MethodTable = {
  "conversations.info": { handle: info },
  "conversations.members": { handle: members },
  "conversations.history": { handle: history },
  "conversations.replies": { handle: replies },
  "conversations.open": { scope: "im:write", handle: open },
  "users.conversations": { handle: usersConversations },
};
