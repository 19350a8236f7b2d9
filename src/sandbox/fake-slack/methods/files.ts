import { ApiError } from "../api-error.ts";
import { type Args, json, required, text } from "../args.ts";
import { fileToWire, keepFile, reserveFile, uploadedFile } from "../files.ts";
import { PLAIN_FLAGS, storeMessage } from "../messages.ts";
import type { Channel, Json, StoredFile } from "../model.ts";
import { asText, isObject } from "../validate/checks.ts";
import { LIMITS } from "../validate/limits.ts";
import type { World } from "../world.ts";
import { isMember, visibleChannel } from "./access.ts";
import { readThread } from "./chat.ts";
import type { MethodContext, MethodTable } from "./method.ts";

function getUploadUrl(args: Args, { world }: MethodContext): Json {
  const name = required(args, "filename");
  const length = Number(required(args, "length"));
  // Slack takes an empty file for a forgotten argument.
  if (length === 0) throw new ApiError("missing_argument");
  if (!Number.isInteger(length) || length < 0) throw new ApiError("invalid_arguments");
  const file = reserveFile(world, name, length);
  return { upload_url: world.url + file.uploadPath, file_id: file.id };
}

/** Real Slack shares a little later and gives no `shares` here; the fake shares at once, and gives none either. */
function completeUpload(args: Args, { world, limits }: MethodContext): Json {
  const files = readFiles(world, args);
  const place = readPlace(world, args);
  const comment = text(args, "initial_comment") ?? "";
  if (comment.length > LIMITS.postText) throw new ApiError("msg_too_long");
  const done = files.map((file) => keepFile(world, { ...file, isComplete: true }));
  if (place) share(world, place, comment, done, limits.minGapMs);
  return { files: done.map(({ id }) => fileToWire(world, world.files.get(id) as StoredFile)) };
}

function readFiles(world: World, args: Args): readonly StoredFile[] {
  const given = json(args, "files", "invalid_arguments");
  if (!Array.isArray(given) || given.length === 0) throw new ApiError("invalid_arguments");
  return given.map((each) => {
    if (!isObject(each) || !each.id) throw new ApiError("invalid_arguments");
    const file = uploadedFile(world, asText(each.id));
    return { ...file, title: each.title ? asText(each.title) : file.name };
  });
}

interface Place {
  readonly channel: Channel;
  readonly threadTs: string | null;
}

/** Null for a file that nobody but the app sees. A person's id does not stand for their direct message here. */
function readPlace(world: World, args: Args): Place | null {
  const id = text(args, "channel_id");
  if (!id) return null;
  const channel = visibleChannel(world, id);
  if (channel.archived) throw new ApiError("is_archived");
  // `chat:write.public` is for messages alone.
  if (!isMember(world, channel)) throw new ApiError("not_in_channel");
  if (channel.restriction) throw new ApiError(channel.restriction);
  if (channel.isAppDm && !world.credentials.messagesTabEnabled) throw new ApiError("messages_tab_disabled");
  return { channel, threadTs: readThread(world, channel, args) };
}

/**
 * The message that carries the files. Slack limits `chat.postMessage` alone to one a second; to people this is a message
 * like any other, and so it counts when it comes too fast.
 */
function share(
  world: World,
  { channel, threadTs }: Place,
  comment: string,
  files: readonly StoredFile[],
  minGapMs: number,
): void {
  const { ts } = storeMessage(world, {
    channel: channel.id,
    content: { text: comment, blocks: [], attachments: [] },
    user: world.app.botUserId,
    origin: "upload",
    threadTs,
    flags: PLAIN_FLAGS,
    fileIds: files.map(({ id }) => id),
    minGapMs,
  });
  for (const file of files) keepFile(world, { ...file, share: { channel: channel.id, threadTs, ts } });
}

function info(args: Args, { world }: MethodContext): Json {
  const file = world.files.get(required(args, "file", "file_not_found"));
  if (!file?.isComplete) throw new ApiError("file_not_found");
  return { file: { ...fileToWire(world, file), shares: sharesOf(world, file) }, comments: [] };
}

function sharesOf(world: World, { share: at }: StoredFile): Json {
  if (!at) return {};
  const kind = world.channels.get(at.channel)?.kind === "public" ? "public" : "private";
  return { [kind]: { [at.channel]: [{ ts: at.ts, ...(at.threadTs ? { thread_ts: at.threadTs } : {}) }] } };
}

export const FILE_METHODS: MethodTable = {
  "files.getUploadURLExternal": { scope: "files:write", handle: getUploadUrl },
  "files.completeUploadExternal": { scope: "files:write", handle: completeUpload },
  "files.info": { scope: "files:read", handle: info },
};
