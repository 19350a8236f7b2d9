import type { Json } from "./model.ts";

/** An `ok: false` answer: Slack's code, and what else the body holds. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: string;
  readonly extra: Json;

  constructor(code: string, extra: Json = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }
}

/** The body of a refusal for invalid blocks or views, with a pointer for every problem as Slack gives them. */
export function invalid(code: string, problems: readonly string[]): ApiError {
  return new ApiError(code, { errors: problems, response_metadata: { messages: problems } });
}
