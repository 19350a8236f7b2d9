import type { WebClient } from "@slack/web-api";
import { classifySlackError, type SendFailure } from "./errors.ts";

export interface FindRequest {
  readonly channel: string;
  /** Null looks in the channel itself. */
  readonly threadTs: string | null;
  /** When the first still ambiguous post was claimed (ms since the epoch). */
  readonly oldestMs: number;
  readonly entryId: string;
}

/** A message of the app, by what its metadata says. */
export interface FoundMessage {
  readonly ts: string;
  /** Of its outbox entry. */
  readonly id: string;
  readonly watch: string;
  /** Entry ids of the candidates on it. */
  readonly candidates: readonly string[];
}

export type FindResult =
  /** It, or the page that it is on. */
  | ({ readonly kind: "found" } & FoundMessage)
  /** `others`: what the app has posted since then instead. */
  | { readonly kind: "absent"; readonly others: readonly FoundMessage[] }
  /** Slack does not let the app look (no history scope), or there is more than can be read. */
  | { readonly kind: "impossible"; readonly code: string }
  | { readonly kind: "failed"; readonly failure: SendFailure };

/** Our clock and Slack's may differ; what is looked through besides is at most a message a second. */
const CLOCK_MARGIN_MS = 5 * 60_000;
const PAGE = 200;
const MAX_PAGES = 10;

/** Not a member of a public channel: posting may be allowed (`chat:write.public`), reading is not. */
const CANNOT_LOOK = new Set([
  "missing_scope",
  "not_allowed_token_type",
  "no_permission",
  "access_denied",
  "method_not_supported_for_channel_type",
  "unknown_method",
]);

/**
 * Looks for the message of an outbox entry by the id in its metadata (`include_all_metadata`, slack-platform 4.2), from
 * a little before `oldestMs` on. "absent" is said only when everything since then was read.
 */
export async function findMessage(web: WebClient, request: FindRequest): Promise<FindResult> {
  // A person may be posted to by their id, but the history of that conversation has another id, which is not told (4.2).
  if (/^[UW]/.test(request.channel)) return { kind: "impossible", code: "direct_message" };
  try {
    const others: FoundMessage[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const answer = await readPage(web, request, cursor);
      const ours = (answer.messages ?? []).flatMap(foundMessage);
      const message = ours.find(({ id, candidates }) => [id, ...candidates].includes(request.entryId));
      if (message) return { kind: "found", ...message };
      others.push(...ours);
      cursor = answer.response_metadata?.next_cursor || undefined;
      if (cursor === undefined) return answer.has_more === true ? TOO_MANY : { kind: "absent", others };
    }
    return TOO_MANY;
  } catch (error) {
    return readFailure(classifySlackError(error, "read"));
  }
}

const TOO_MANY: FindResult = { kind: "impossible", code: "too_many_messages" };

function readPage(web: WebClient, request: FindRequest, cursor: string | undefined) {
  const { channel, threadTs } = request;
  const range = {
    channel,
    oldest: (Math.max(0, request.oldestMs - CLOCK_MARGIN_MS) / 1000).toFixed(6),
    inclusive: true,
    include_all_metadata: true,
    limit: PAGE,
    ...(cursor === undefined ? {} : { cursor }),
  };
  if (threadTs === null) return web.conversations.history(range);
  return web.conversations.replies({ ...range, ts: threadTs });
}

function foundMessage(message: object): FoundMessage[] {
  const { ts, metadata } = message as { ts?: string; metadata?: { event_payload?: Readonly<Record<string, unknown>> } };
  const { id, watch, candidates } = metadata?.event_payload ?? {};
  if (ts === undefined || typeof id !== "string") return [];
  return [
    {
      ts,
      id,
      watch: String(watch),
      candidates: String(candidates ?? "")
        .split(" ")
        .filter(Boolean),
    },
  ];
}

function readFailure(failure: SendFailure): FindResult {
  if (CANNOT_LOOK.has(failure.code)) return { kind: "impossible", code: failure.code };
  // No such thread, so no reply in it.
  if (failure.code === "thread_not_found") return { kind: "absent", others: [] };
  return { kind: "failed", failure };
}
