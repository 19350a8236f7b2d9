import { toUSVString } from "node:util";
import { FindAllError, type FindAllErrorCode } from "./error.ts";
import { isObject, listOf, textOf } from "./foreign-value.ts";

const MAX_DETAIL = 300;
const MAX_REF_ID = 128;
const MAX_RETRY_AFTER_MS = 10 * 60_000;

/** An answer that is no success. `body` is null when it could not be read in time. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string | null;
}

/**
 * Turns an answer other than 2xx into the error to throw.
 * @param apiKey removed from whatever the answer echoes
 * @param now ms since the epoch, for a `Retry-After` that is a date
 */
export function errorOfAnswer(answer: ErrorAnswer, apiKey: string, now: number): FindAllError {
  const told = readErrorBody(answer.body ?? "");
  const detail = told.detail === "" ? fallbackDetail(answer) : told.detail;
  return new FindAllError(codeOfStatus(answer.status), cleanDetail(detail, apiKey), {
    status: answer.status,
    refId: told.refId === "" ? null : cleanDetail(told.refId, apiKey).slice(0, MAX_REF_ID),
    retryAfterMs: retryAfterMs(answer.headers, now),
  });
}

/** What a status means (findall-api, "Rate limits and errors"); statuses it does not name are the server's trouble. */
export function codeOfStatus(status: number): FindAllErrorCode {
  switch (status) {
    case 401:
    case 403:
      return "unauthorized";
    case 402:
      return "payment_required";
    case 404:
    case 410:
      return "not_found";
    case 408:
      return "timeout";
    case 422:
      return "invalid_id";
    case 429:
      return "rate_limited";
    default:
      return "server";
  }
}

/**
 * How long an answer asks us to wait, in ms from 0 to 10 minutes; null when it does not say or cannot be understood.
 * `Retry-After` is not documented for FindAll; the vendor's SDK honours it as seconds or date, and `retry-after-ms`.
 */
export function retryAfterMs(headers: ErrorAnswer["headers"], now: number): number | null {
  const ms = headerNumber(headers["retry-after-ms"]);
  if (ms !== null) return capWait(ms);
  const seconds = headerNumber(headers["retry-after"]);
  if (seconds !== null) return capWait(seconds * 1000);
  const date = Date.parse(headerText(headers["retry-after"]));
  return Number.isNaN(date) ? null : capWait(date - now);
}

/** Foreign text made fit for a message or a log line: one line, bounded, well-formed, without the API key. */
export function cleanDetail(text: string, apiKey: string): string {
  const withoutKey = apiKey === "" ? text : text.replaceAll(apiKey, "[api key]");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here
  const line = withoutKey.replace(/[\s\u0000-\u001f\u007f]+/g, " ").trim();
  return toUSVString(line.length > MAX_DETAIL ? `${line.slice(0, MAX_DETAIL - 1)}…` : line);
}

function capWait(ms: number): number {
  return Math.round(Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS));
}

function headerText(value: string | string[] | undefined): string {
  return ((Array.isArray(value) ? value[0] : value) ?? "").trim();
}

function headerNumber(value: string | string[] | undefined): number | null {
  const text = headerText(value);
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

/**
 * The four known shapes: `{error: {message, ref_id}}` with or without `type` and `ref_id`, FastAPI's
 * `{detail: [{loc, msg}]}`, and a gateway's page that is not JSON at all.
 */
function readErrorBody(body: string): { detail: string; refId: string } {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { detail: titleOf(body), refId: "" };
  }
  if (!isObject(json)) return { detail: textOf(json), refId: "" };
  if (isObject(json.error)) return { detail: textOf(json.error.message), refId: textOf(json.error.ref_id) };
  if (Array.isArray(json.detail)) return { detail: validationText(json.detail), refId: "" };
  return { detail: textOf(json.error ?? json.detail ?? json.message), refId: textOf(json.ref_id) };
}

function validationText(rows: readonly unknown[]): string {
  return rows
    .filter(isObject)
    .map((row) => [listOf(row.loc).map(textOf).join("."), textOf(row.msg)].filter((part) => part !== "").join(": "))
    .join("; ");
}

/** A gateway's page says what happened in its title; its mark-up says nothing to a person. */
function titleOf(body: string): string {
  const title = /<title[^>]*>([^<]*)/i.exec(body)?.[1];
  if (title !== undefined) return title;
  return body.includes("<") ? "" : body;
}

function fallbackDetail({ status, headers }: ErrorAnswer): string {
  const location = headerText(headers.location);
  if (status >= 300 && status < 400) return `Parallel answered with a redirect (${status}) to ${location || "nowhere"}`;
  return `Parallel answered with status ${status}`;
}
