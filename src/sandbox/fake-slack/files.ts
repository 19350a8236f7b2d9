import { ApiError } from "./api-error.ts";
import type { Json, SlackFile, StoredFile } from "./model.ts";
import { nextId, type World } from "./world.ts";

/** A place for a file whose bytes are still to come. */
export function reserveFile(world: World, name: string, length: number): StoredFile {
  const id = nextId(world, "F");
  return keepFile(world, {
    id,
    name,
    title: name,
    length,
    createdAt: world.now(),
    uploadPath: `/upload/v1/${id.toLowerCase()}-ticket`,
    content: null,
    share: null,
    isComplete: false,
  });
}

export function keepFile(world: World, file: StoredFile): StoredFile {
  world.files.set(file.id, file);
  return file;
}

/** Takes the bytes for a place. Slack answers 200 when it has them, and any other status when not. */
export function receiveBytes(world: World, path: string, content: Buffer): { status: number; body: string } {
  const file = [...world.files.values()].find((each) => each.uploadPath === path);
  if (!file || file.isComplete) return { status: 404, body: "no such upload" };
  if (content.length !== file.length) {
    return { status: 400, body: `${content.length} bytes came, ${file.length} were announced` };
  }
  keepFile(world, { ...file, content });
  return { status: 200, body: `OK - ${content.length}` };
}

/** A file that can be completed: reserved, its bytes there, and not completed before. */
export function uploadedFile(world: World, id: string): StoredFile {
  const file = world.files.get(id);
  if (!file?.content || file.isComplete) throw new ApiError("file_not_found");
  return file;
}

/** The files that people see, oldest first. */
export function filesOf(world: World): readonly SlackFile[] {
  return [...world.files.values()].flatMap((file) => {
    const { id, name, title, content, share } = file;
    if (!file.isComplete || !content) return [];
    const place = { channel: share?.channel ?? null, threadTs: share?.threadTs ?? null, messageTs: share?.ts ?? null };
    return [{ id, name, title, content, ...place, permalink: permalinkOf(world, file), url: urlOf(world, file) }];
  });
}

/** A file as the Web API shows it, in messages too. */
export function fileToWire(world: World, file: StoredFile): Json {
  const created = Math.floor(file.createdAt / 1000);
  const extension = /\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? "text";
  return {
    id: file.id,
    created,
    timestamp: created,
    name: file.name,
    title: file.title,
    mimetype: extension === "csv" ? "text/csv" : "text/plain",
    filetype: extension,
    pretty_type: extension.toUpperCase(),
    user: world.app.botUserId,
    user_team: world.team.id,
    size: file.length,
    mode: "hosted",
    is_external: false,
    is_public: world.channels.get(file.share?.channel ?? "")?.kind === "public",
    url_private: urlOf(world, file),
    url_private_download: urlOf(world, file),
    permalink: permalinkOf(world, file),
  };
}

/** The file whose bytes stand at this path, if any. */
export function fileAt(world: World, path: string): StoredFile | undefined {
  return [...world.files.values()].find((file) => file.isComplete && pathOf(world, file) === path);
}

function permalinkOf(world: World, file: StoredFile): string {
  return `${world.team.url}files/${world.app.botUserId}/${file.id}/${slug(file.name)}`;
}

function urlOf(world: World, file: StoredFile): string {
  return world.url + pathOf(world, file);
}

function pathOf(world: World, file: StoredFile): string {
  return `/files-pri/${world.team.id}-${file.id}/${slug(file.name)}`;
}

function slug(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9._-]+/g, "_");
}
