import type { Trouble } from "../domain/run.ts";

/**
 * Why the API could not be read.
 *
 *   not_found         404 or 410: unknown id, or (by inference) a run of another account
 *   unauthorized      401 or 403: the key is wrong or lacks the permission
 *   invalid_id        422, or an id that cannot be asked for at all
 *   payment_required  402
 *   rate_limited      429
 *   server            5xx, and every other status that is no answer
 *   network           no connection, or it was lost in the middle
 *   timeout           no complete answer within the deadline, or 408
 *   unreadable        an answer that is not the JSON we were promised: truncated, not JSON, wrong shape, V0 run
 *   too_large         the decoded body is over the limit
 */
export type FindAllErrorCode =
  | "not_found"
  | "unauthorized"
  | "invalid_id"
  | "payment_required"
  | "rate_limited"
  | "server"
  | "network"
  | "timeout"
  | "unreadable"
  | "too_large";

export interface FindAllErrorFields {
  /** HTTP status; null when there was no answer. */
  readonly status?: number | null;
  /** The vendor's reference of the failure, for support; to be logged, not shown. */
  readonly refId?: string | null;
  /** How long the vendor asks us to wait, capped at 10 minutes; null when it does not say. */
  readonly retryAfterMs?: number | null;
  readonly cause?: unknown;
}

/** The one error of the FindAll client. `detail` is for people, bounded, foreign text, and never holds the API key. */
export class FindAllError extends Error {
  override readonly name = "FindAllError";
  readonly code: FindAllErrorCode;
  readonly detail: string;
  readonly status: number | null;
  readonly refId: string | null;
  readonly retryAfterMs: number | null;

  constructor(code: FindAllErrorCode, detail: string, fields: FindAllErrorFields = {}) {
    super(`${code}: ${detail}`, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.code = code;
    this.detail = detail;
    this.status = fields.status ?? null;
    this.refId = fields.refId ?? null;
    this.retryAfterMs = fields.retryAfterMs ?? null;
  }
}

/** What to do after a failed read. */
export interface FindAllErrorClass {
  /** Whether the same read may succeed later. */
  readonly retry: boolean;
  /** Retry only slowly: nothing changes until a person does something. */
  readonly slow: boolean;
  /** How the failure is told on the card and in readiness. */
  readonly trouble: Trouble["kind"];
}

const CLASSES: Readonly<Record<FindAllErrorCode, FindAllErrorClass>> = {
  not_found: { retry: false, slow: true, trouble: "not_found" },
  invalid_id: { retry: false, slow: true, trouble: "not_found" },
  unauthorized: { retry: true, slow: true, trouble: "unauthorized" },
  payment_required: { retry: true, slow: true, trouble: "unauthorized" },
  rate_limited: { retry: true, slow: false, trouble: "unreachable" },
  server: { retry: true, slow: false, trouble: "unreachable" },
  network: { retry: true, slow: false, trouble: "unreachable" },
  timeout: { retry: true, slow: false, trouble: "unreachable" },
  unreadable: { retry: true, slow: false, trouble: "unreadable" },
  too_large: { retry: true, slow: true, trouble: "too_large" },
};

/** What a failed read means for a watch. Whether a 404 ends it is the poll's decision: it takes three in a row. */
export function classifyFindAllError(error: FindAllError): FindAllErrorClass {
  return CLASSES[error.code];
}
