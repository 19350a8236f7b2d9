import type { FetchFunction } from "@slack/web-api";
import type { Message } from "../domain/message.ts";
import { classifySlackError, failureOf, httpFailure, limited, type SendFailure } from "./errors.ts";

export type RespondResult = { readonly ok: true } | { readonly ok: false; readonly failure: SendFailure };

/** What an answer does; without any of these it is a new message for the person alone. */
export interface RespondOptions {
  /** Edit the message that was clicked, or the first answer to the command, instead: whoever sees it sees the edit. */
  readonly replaceOriginal?: boolean;
  /** Take that message away; what the new one would say is not sent. */
  readonly deleteOriginal?: boolean;
  /** Show the answer in this thread; without it Slack shows it in the channel, where a person in a thread misses it. */
  readonly threadTs?: string;
}

/** How the request leaves. */
export interface RespondTransport {
  readonly timeoutMs: number;
  readonly fetch?: FetchFunction;
}

/** Nothing in a text is linked but what says `<…>`. An edit that leaves these out resets them (slack-platform 2.4). */
export const AS_WRITTEN = { parse: "none", link_names: false } as const;

/**
 * Answers through the `response_url` of a command or a click: good five times within 30 minutes (slack-platform 5). A
 * used-up or stale URL is `drop`. An answer that may have arrived counts as `ambiguous`.
 */
export async function respond(
  responseUrl: string,
  message: Message,
  transport: RespondTransport,
  options: RespondOptions = {},
): Promise<RespondResult> {
  const dispatch: FetchFunction = transport.fetch ?? ((url, init) => fetch(url, init));
  try {
    const answer = await dispatch(responseUrl, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(bodyOf(message, options)),
      redirect: "error",
      signal: AbortSignal.timeout(transport.timeoutMs),
    });
    const failure = refusal(answer.status, answer.headers.get("retry-after"), await answer.text());
    return failure === null ? { ok: true } : { ok: false, failure };
  } catch (error) {
    return { ok: false, failure: classifySlackError(error, "post") };
  }
}

/** Metadata never goes along: Slack keeps what an edited message carries, and a private answer needs none. */
function bodyOf({ text, blocks }: Message, options: RespondOptions): object {
  if (options.deleteOriginal) return { delete_original: true };
  // No `response_type`: the message stays as public or as private as it is. An empty list takes earlier blocks away.
  if (options.replaceOriginal) return { replace_original: true, text, blocks, ...AS_WRITTEN };
  return {
    response_type: "ephemeral",
    replace_original: false,
    text,
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(options.threadTs === undefined ? {} : { thread_ts: options.threadTs }),
  };
}

/** Slack answers `ok`, or `{"ok":false,"error":…}` with status 200, or a bare code with status 4xx. */
function refusal(status: number, retryAfter: string | null, body: string): SendFailure | null {
  if (status === 429) return limited("ratelimited", Number.parseInt(retryAfter ?? "", 10));
  const code = /"ok"\s*:\s*false/.test(body) ? /"error"\s*:\s*"([a-z_]{1,80})"/.exec(body)?.[1] : undefined;
  if (status >= 200 && status < 300) return code === undefined ? null : failureOf(code, "drop");
  if (status >= 500) return httpFailure(status, "post");
  return failureOf(code ?? /^[a-z_]{1,80}$/.exec(body)?.[0] ?? `http_${status}`, "drop");
}
