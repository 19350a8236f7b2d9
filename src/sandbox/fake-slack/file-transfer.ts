import type { IncomingMessage, ServerResponse } from "node:http";
import type { Faults } from "./faults.ts";
import { fileAt, receiveBytes } from "./files.ts";
import { type HttpAnswer, readBytes, send } from "./http-io.ts";
import { type Outcome, playFault } from "./play-faults.ts";
import type { World } from "./world.ts";

interface TransferParts {
  readonly context: { readonly world: World };
  readonly faults: Faults;
}

/**
 * Answers the two addresses of a file: bytes are posted to its upload URL (faults and the log of calls name it
 * `upload_url`), and read from `url_private` with the bot's token. False for other paths.
 */
export async function answerFileTransfer(
  parts: TransferParts,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (path.startsWith("/upload/v1/")) await takeBytes(parts, path, request, response);
  else if (path.startsWith("/files-pri/")) send(response, bytesOf(parts.context.world, path, request));
  else return false;
  return true;
}

async function takeBytes(
  { context: { world }, faults }: TransferParts,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const content = await contentOf(await readBytes(request), request.headers["content-type"] ?? "");
  const strike = faults.take("upload_url", null, {});
  const work = () => {
    const answer = request.method === "POST" ? receiveBytes(world, path, content) : { status: 405, body: "POST only" };
    return { answer, error: answer.status === 200 ? null : `http_${answer.status}` };
  };
  if (strike) return record(world, await playFault(strike, { request, response, work }), strike.kind.kind);
  const { answer, error } = work();
  record(world, { status: answer.status, error }, null);
  send(response, answer);
}

/** Raw bytes, or the first file of a form (docs.slack.dev: files.getUploadURLExternal). */
async function contentOf(body: Buffer, contentType: string): Promise<Buffer> {
  if (!contentType.startsWith("multipart/form-data")) return body;
  try {
    const form = await new Response(new Uint8Array(body), { headers: { "content-type": contentType } }).formData();
    const file = [...form.values()].find((value) => typeof value !== "string");
    return file ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0);
  } catch {
    return Buffer.alloc(0);
  }
}

function bytesOf(world: World, path: string, request: IncomingMessage): HttpAnswer {
  // Slack sends whoever has no token to its page for signing in.
  if (request.headers.authorization !== `Bearer ${world.credentials.botToken}`) {
    return { status: 302, headers: { location: world.team.url }, body: "" };
  }
  const file = fileAt(world, path);
  if (!file?.content) return { status: 404, body: "not found" };
  return { status: 200, headers: { "content-type": "application/octet-stream" }, body: file.content };
}

function record(world: World, { status, error }: Outcome, fault: string | null): void {
  const entry = { method: "upload_url", at: world.now(), channel: null, ts: null, ok: error === null, error, status };
  world.calls.push({ ...entry, fault });
  world.changes.emit("call", { ...entry, fault });
}
