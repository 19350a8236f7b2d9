import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import { errorRow, type SendAction } from "./error-table.ts";

export type { SendAction } from "./error-table.ts";

/** A failed call to Slack, classified once. */
export interface SendFailure {
  readonly action: SendAction;
  /** Slack's error code, or ours: `timeout`, `connection_failed`, `connection_lost`, `http_502`, `not_json`, `past_deadline`, … */
  readonly code: string;
  /** How long to wait, in ms, at most ten minutes; set exactly when the action is `retry_after`. */
  readonly retryAfterMs: number | null;
  /** The scope that is missing (`missing_scope`). */
  readonly needed: string | null;
  /** For the log; holds no token and no message text. */
  readonly detail: string;
}

/** `read` is any call that changes nothing. */
export type SlackOperation = "post" | "update" | "read";

/** The request was about to start after its `notAfter`, and did not. */
export class PastDeadlineError extends Error {
  override readonly name = "PastDeadlineError";
  readonly code = "past_deadline";
}

const RETRY_AFTER_MAX_MS = 10 * 60_000;
/** When Slack limits us and does not say for how long: its windows are a minute long (slack-platform 3). */
const RETRY_AFTER_DEFAULT_MS = 30_000;

/** Turns whatever a call to Slack threw into what to do next. Never throws. */
export function classifySlackError(error: unknown, operation: SlackOperation): SendFailure {
  if (error instanceof WebAPIPlatformError) return platformFailure(error, operation);
  if (error instanceof WebAPIRateLimitedError) return limited("ratelimited", error.retryAfter);
  if (error instanceof WebAPIHTTPError) return httpFailure(error.statusCode, operation);
  if (error instanceof WebAPIRequestError) return networkFailure(error.original, operation);
  // A 429 without a usable Retry-After comes as a plain Error (slack-platform 6.6), told apart by its words alone.
  if (error instanceof Error && error.message.startsWith("Retry header did not contain a valid timeout")) {
    return limited("ratelimited", null);
  }
  return networkFailure(error, operation);
}

/** A failure by its code alone. */
export function failureOf(code: string, action: SendAction, detail = code): SendFailure {
  return { action, code, retryAfterMs: null, needed: null, detail };
}

/** An HTTP status other than 200 and 429. Slack uses none; gateways and proxies do. */
export function httpFailure(status: number, operation: SlackOperation): SendFailure {
  const code = `http_${status}`;
  if (status === 413) return failureOf(code, "plain_text");
  const reached = status >= 500 || status === 408;
  return failureOf(code, reached ? unsure(operation) : "retry_slowly");
}

/** @param seconds as Slack gave it, if it did */
export function limited(code: string, seconds: unknown): SendFailure {
  const usable = typeof seconds === "number" && seconds >= 0;
  // Zero means at once; a second later does nobody harm and cannot become a storm.
  const asked = usable ? Math.max(seconds * 1000, 1000) : RETRY_AFTER_DEFAULT_MS;
  return { ...failureOf(code, "retry_after"), retryAfterMs: Math.min(asked, RETRY_AFTER_MAX_MS) };
}

function platformFailure(error: WebAPIPlatformError, operation: SlackOperation): SendFailure {
  const data = error.data as Readonly<Record<string, unknown>> & typeof error.data;
  const code = data.error;
  // The SDK puts a body that is no JSON where the code belongs: a proxy's page, and the post may have gone through.
  if (typeof code !== "string" || !/^[a-z][a-z0-9_:.-]{0,99}$/i.test(code))
    return failureOf("not_json", unsure(operation));
  const row = errorRow(code);
  if (row.post === "retry_after") return limited(code, error.data.response_metadata?.retryAfter);
  const action = operation === "post" ? row.post : row.update;
  return {
    ...failureOf(code, operation === "read" && action === "ambiguous" ? "retry" : action, detailOf(error)),
    needed: typeof data.needed === "string" ? data.needed : null,
  };
}

/** `response_metadata.messages` says which block is wrong; it names fields by pointer and quotes no text. */
function detailOf(error: WebAPIPlatformError): string {
  const messages = error.data.response_metadata?.messages ?? [];
  return [error.data.error, ...messages].join("; ").slice(0, 500);
}

function networkFailure(error: unknown, operation: SlackOperation): SendFailure {
  if (error instanceof PastDeadlineError) return failureOf(error.code, "not_sent");
  const [code, sent] = networkCode(error);
  return failureOf(code, sent ? unsure(operation) : "retry", `${code}: ${causes(error).join(" < ")}`.slice(0, 500));
}

/** Before a connection stands nothing can have been posted. */
const NEVER_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

function networkCode(error: unknown): readonly [code: string, sent: boolean] {
  for (const cause of causeChain(error)) {
    const { code: anyCode, syscall, name } = cause as Error & { code?: unknown; syscall?: unknown };
    // A DOMException, as a timeout is, has a number here.
    const code = typeof anyCode === "string" ? anyCode : "";
    if (syscall === "connect" || syscall === "getaddrinfo") return ["connection_failed", false];
    if (NEVER_CONNECTED.has(code) || isCertificateCode(code)) return ["connection_failed", false];
    if (name === "TimeoutError" || name === "AbortError") return ["timeout", true];
    if (code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT") return ["timeout", true];
    if (code === "ECONNRESET" || code === "EPIPE" || code === "UND_ERR_SOCKET") return ["connection_lost", true];
  }
  return ["unexpected", true];
}

function isCertificateCode(code: string): boolean {
  return code.startsWith("ERR_TLS_CERT") || code.startsWith("CERT_") || /_CERT(_|$)|SIGNATURE/.test(code);
}

function causeChain(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  for (let each = error; each instanceof Error && chain.length < 8; each = each.cause) {
    chain.push(each);
    // Several addresses were tried: the first failure stands for all only when all failed before connecting.
    if (each instanceof AggregateError && each.errors[0] instanceof Error) chain.push(each.errors[0]);
  }
  return chain;
}

function causes(error: unknown): readonly string[] {
  const chain = causeChain(error);
  return chain.length === 0 ? [typeof error] : chain.map((each) => `${each.name}: ${each.message}`);
}

function unsure(operation: SlackOperation): SendAction {
  return operation === "post" ? "ambiguous" : "retry";
}
