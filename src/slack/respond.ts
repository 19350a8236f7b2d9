import type { FetchFunction } from "@slack/web-api";
import type { Message } from "../domain/message.ts";
import { classifySlackError, failureOf, httpFailure, limited, type SendFailure } from "./errors.ts";

export type RespondResult = { readonly ok: true } | { readonly ok: false; readonly failure: SendFailure };

/**
 * Answers through a slash command's `response_url`: shown to the person alone, five times within 30 minutes
 * (slack-platform 5). A used-up or stale URL is `drop`. An answer that may have arrived counts as `ambiguous`.
 */
export async function respond(
  responseUrl: string,
  message: Message,
  options: { readonly timeoutMs: number; readonly fetch?: FetchFunction },
): Promise<RespondResult> {
  const dispatch: FetchFunction = options.fetch ?? ((url, init) => fetch(url, init));
  try {
    const answer = await dispatch(responseUrl, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify({
        response_type: "ephemeral",
        replace_original: false,
        text: message.text,
        ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
      }),
      redirect: "error",
      signal: AbortSignal.timeout(options.timeoutMs),
    });
    const failure = refusal(answer.status, answer.headers.get("retry-after"), await answer.text());
    return failure === null ? { ok: true } : { ok: false, failure };
  } catch (error) {
    return { ok: false, failure: classifySlackError(error, "post") };
  }
}

/** Slack answers `ok`, or `{"ok":false,"error":…}` with status 200, or a bare code with status 4xx. */
function refusal(status: number, retryAfter: string | null, body: string): SendFailure | null {
  if (status === 429) return limited("ratelimited", Number.parseInt(retryAfter ?? "", 10));
  const code = /"ok"\s*:\s*false/.test(body) ? /"error"\s*:\s*"([a-z_]{1,80})"/.exec(body)?.[1] : undefined;
  if (status >= 200 && status < 300) return code === undefined ? null : failureOf(code, "drop");
  if (status >= 500) return httpFailure(status, "post");
  return failureOf(code ?? /^[a-z_]{1,80}$/.exec(body)?.[0] ?? `http_${status}`, "drop");
}
