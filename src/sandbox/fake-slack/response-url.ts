import { randomUUID } from "node:crypto";
import { ApiError } from "./api-error.ts";
import { type Args, flag, parseArgs, text } from "./args.ts";
import type { HttpAnswer } from "./http-io.ts";
import { jsonAnswer } from "./http-io.ts";
import { changeEphemeral, editMessage, removeMessage, storeEphemeral, storeMessage } from "./messages.ts";
import type { Content, ResponseUse, StoredMessage } from "./model.ts";
import { readContent, readFlags } from "./validate/content.ts";
import { messagesOf, type World } from "./world.ts";

const MAX_USES = 5;
const LIFE_MS = 30 * 60_000;

/** Where a `response_url` leads: the place of the command or click, and the message that stands for "original". */
export interface Hook {
  readonly id: string;
  readonly url: string;
  readonly kind: "commands" | "actions";
  readonly channel: string;
  readonly user: string;
  readonly issuedAt: number;
  readonly uses: ResponseUse[];
  /** The clicked message, or the answer that the command got first. */
  original: { readonly ts: string } | { readonly ephemeral: string } | null;
}

export interface ResponseUrls {
  issue(hook: Pick<Hook, "kind" | "channel" | "user" | "original">): Hook;
  /** Answers `POST /commands/…` or `/actions/…`; null when there is no such address. */
  answer(path: string, body: string, contentType: string): HttpAnswer | null;
}

export function createResponseUrls(world: World): ResponseUrls {
  const hooks = new Map<string, Hook>();
  return {
    issue: (place) => {
      const id = randomUUID();
      const url = `${world.url}/${place.kind}/${world.team.id}/${id}`;
      const hook: Hook = { ...place, id, url, issuedAt: world.now(), uses: [] };
      hooks.set(id, hook);
      return hook;
    },
    answer: (path, body, contentType) => {
      const id = /^\/(?:commands|actions)\/[^/]+\/([^/]+)$/.exec(path)?.[1];
      if (!id) return null;
      const hook = hooks.get(id);
      return hook ? use(world, hook, body, contentType) : jsonAnswer(404, { ok: false, error: "no_such_url" });
    },
  };
}

function use(world: World, hook: Hook, body: string, contentType: string): HttpAnswer {
  let args: Args = {};
  let status = 200;
  let error: string | null = null;
  let extra = {};
  try {
    args = parseArgs(body, contentType || "application/json", new URLSearchParams());
    if (world.now() - hook.issuedAt > LIFE_MS) throw new ApiError("expired_url");
    if (hook.uses.filter((each) => each.status === 200).length >= MAX_USES) throw new ApiError("used_url");
    apply(world, hook, args);
  } catch (thrown) {
    if (!(thrown instanceof ApiError)) throw thrown;
    error = thrown.code;
    extra = thrown.extra;
    status = error === "expired_url" || error === "used_url" ? 404 : 400;
  }
  hook.uses.push({ at: world.now(), status, error, body: args });
  world.changes.emit("workspace", "response_url used");
  return error === null
    ? { status, headers: { "content-type": "text/html" }, body: "ok" }
    : jsonAnswer(status, { ok: false, error, ...extra });
}

function apply(world: World, hook: Hook, args: Args): void {
  if (flag(args, "delete_original", false)) {
    deleteOriginal(world, hook);
    return;
  }
  const content = readContent({ ...args, metadata: undefined }, { blockBudget: false });
  if (flag(args, "replace_original", false) && hook.original) replaceOriginal(world, hook, content, args);
  else answerInPlace(world, hook, content, args, "response_url");
}

function replaceOriginal(world: World, hook: Hook, content: Content, args: Args): void {
  const original = originalOf(world, hook);
  if (typeof original === "string") changeEphemeral(world, original, content);
  else {
    const flags = { ...original.flags, ...readFlags(args) };
    editMessage(world, original, { ...content, metadata: original.metadata }, world.app.botUserId, flags);
  }
}

function deleteOriginal(world: World, hook: Hook): void {
  const original = originalOf(world, hook);
  if (typeof original === "string") changeEphemeral(world, original, "delete");
  else removeMessage(world, original);
}

/** The original message, or the id of the ephemeral one. */
function originalOf(world: World, hook: Hook): StoredMessage | string {
  if (!hook.original) throw new ApiError("message_not_found");
  if ("ephemeral" in hook.original) return hook.original.ephemeral;
  const message = messagesOf(world, hook.channel).get(hook.original.ts);
  if (!message || message.deleted) throw new ApiError("message_not_found");
  return message;
}

/** A new message where the command or click was: for the person alone, or for everybody when asked. */
export function answerInPlace(
  world: World,
  hook: Hook,
  content: Content,
  args: Args,
  origin: "response_url" | "command_ack",
): void {
  const flags = readFlags(args);
  const threadTs = text(args, "thread_ts") ?? null;
  if (text(args, "response_type") === "in_channel") {
    const user = world.app.botUserId;
    const stored = storeMessage(world, { channel: hook.channel, content, user, origin, threadTs, flags });
    hook.original ??= { ts: stored.ts };
    return;
  }
  const stored = storeEphemeral(world, { channel: hook.channel, user: hook.user, content, origin, threadTs, flags });
  hook.original ??= { ephemeral: stored.id };
}
