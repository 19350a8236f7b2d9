import type { FetchFunction, WebClient } from "@slack/web-api";
import { classifySlackError, failureOf, httpFailure, limited, type SendFailure } from "./errors.ts";

export interface UploadRequest {
  /** A channel's or direct message's own id, in which the app must be a member; a user's id does not do. */
  readonly channel: string;
  /** The first message of the thread, never a reply; null puts the file into the channel. */
  readonly threadTs: string | null;
  readonly filename: string;
  /** Shown above the file. */
  readonly title: string;
  readonly content: Uint8Array;
  /**
   * The message that carries the file, as finished mrkdwn. Slack takes no `parse` here: names and URLs in it become
   * links, so foreign text must have gone through `bare`.
   */
  readonly comment: string;
  /** Asked once the bytes are there, before anybody sees the file: false leaves it unseen (failure `held_back`). */
  readonly mayBeShown?: () => Promise<boolean>;
}

export type UploadResult =
  | {
      readonly ok: true;
      readonly fileId: string;
      /** The file's own page in Slack; null when Slack did not say. */
      readonly permalink: string | null;
    }
  /** `needed` is set for `missing_scope`. Only an `ambiguous` failure may have left a file in the channel. */
  | { readonly ok: false; readonly failure: SendFailure };

/** How the bytes leave. */
export interface UploadTransport {
  /** One call to Slack; the bytes get a second more for each megabyte. */
  readonly timeoutMs: number;
  readonly fetch: FetchFunction;
}

const MEGABYTE = 1_000_000;

/**
 * Puts a file into a channel or thread: `files.getUploadURLExternal`, the bytes to the URL it gives,
 * `files.completeUploadExternal` (docs.slack.dev/reference/methods/files.getUploadURLExternal, "Usage info"; scope
 * `files:write`).
 *
 * Not the SDK's `filesUploadV2`, which does the same three: its errors do not say which of the three failed, and only
 * the last can leave a file behind; it gives the bytes no more time than any small call; a refused upload of the bytes
 * it turns into a bare `Error` without a status (web-api 8.2.0, `postFileUploadsToExternalURL`).
 */
export async function uploadFile(
  web: WebClient,
  request: UploadRequest,
  transport: UploadTransport,
): Promise<UploadResult> {
  const ticket = await reserve(web, request);
  if (!ticket.ok) return ticket;
  const refused = await sendBytes(ticket.url, request, transport);
  if (refused !== null) return { ok: false, failure: refused };
  if (request.mayBeShown && !(await request.mayBeShown()))
    return { ok: false, failure: failureOf("held_back", "drop") };
  return complete(web, request, ticket.fileId);
}

type Ticket =
  | { readonly ok: true; readonly url: string; readonly fileId: string }
  | { readonly ok: false; readonly failure: SendFailure };

async function reserve(web: WebClient, { filename, content }: UploadRequest): Promise<Ticket> {
  try {
    const answer = await web.files.getUploadURLExternal({ filename, length: content.byteLength });
    if (answer.upload_url === undefined || answer.file_id === undefined) {
      return { ok: false, failure: failureOf("incomplete_answer", "retry") };
    }
    return { ok: true, url: answer.upload_url, fileId: answer.file_id };
  } catch (error) {
    // Nobody sees a file that is only reserved: to be repeated like a read.
    return { ok: false, failure: classifySlackError(error, "read") };
  }
}

/** The URL is a ticket of its own and gets no token. Slack answers 200 when it has the bytes, and nothing else then. */
async function sendBytes(
  url: string,
  { content }: UploadRequest,
  transport: UploadTransport,
): Promise<SendFailure | null> {
  // Raw bytes, not a form: a form of Node's own is a stranger to another copy of `fetch`, as behind a proxy. The SDK's
  // type of `fetch` does not know of bytes; every `fetch` does.
  const body = content as unknown as string;
  try {
    const answer = await transport.fetch(url, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(transport.timeoutMs + Math.ceil(content.byteLength / MEGABYTE) * 1000),
    });
    await answer.text();
    if (answer.status === 200) return null;
    if (answer.status === 429) {
      return limited("ratelimited", Number.parseInt(answer.headers.get("retry-after") ?? "", 10));
    }
    return httpFailure(answer.status, "read");
  } catch (error) {
    return classifySlackError(error, "read");
  }
}

async function complete(web: WebClient, request: UploadRequest, fileId: string): Promise<UploadResult> {
  const { channel, threadTs, title, comment } = request;
  const place = threadTs === null ? { channel_id: channel } : { channel_id: channel, thread_ts: threadTs };
  try {
    const answer = await web.files.completeUploadExternal({
      files: [{ id: fileId, title }],
      initial_comment: comment,
      ...place,
    });
    return { ok: true, fileId, permalink: answer.files?.[0]?.permalink ?? null };
  } catch (error) {
    // From here on the file may be in the channel although the answer was lost.
    return { ok: false, failure: classifySlackError(error, "post") };
  }
}
