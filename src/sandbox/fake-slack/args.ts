import { ApiError } from "./api-error.ts";
import type { Json } from "./model.ts";
import { asText } from "./validate/checks.ts";

/** Arguments of a call, as they came: strings from a form, any JSON from a JSON body. */
export type Args = Json;

export function text(args: Args, name: string): string | undefined {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  return asText(value);
}

/** A string that must be there and not be empty. */
export function required(args: Args, name: string, code = "invalid_arguments"): string {
  const value = text(args, name);
  if (!value) {
    throw new ApiError(code, { response_metadata: { messages: [`[ERROR] missing required field: ${name}`] } });
  }
  return value;
}

export function flag(args: Args, name: string, fallback: boolean): boolean {
  const value = args[name];
  if (value === undefined || value === null || value === "") return fallback;
  return value === true || value === "true" || value === "1" || value === 1;
}

/** A whole number within bounds, or `invalid_limit`. */
export function count(args: Args, name: string, fallback: number, max: number): number {
  const value = text(args, name);
  if (value === undefined || value === "") return fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > max) throw new ApiError("invalid_limit");
  return number;
}

/** A field that forms carry as a JSON string; `code` is the answer when it is not JSON. */
export function json(args: Args, name: string, code: string): unknown {
  const value = args[name];
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new ApiError(code);
  }
}

/** Reads the arguments of a request: query string, form or JSON. */
export function parseArgs(body: string, contentType: string, query: URLSearchParams): Args {
  const args: Args = Object.fromEntries(query);
  if (contentType.includes("application/json")) {
    const parsed = parseJsonBody(body);
    return { ...args, ...parsed };
  }
  return { ...args, ...Object.fromEntries(new URLSearchParams(body)) };
}

function parseJsonBody(body: string): Json {
  if (body.trim() === "") return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new ApiError("invalid_json");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw new ApiError("json_not_object");
  return parsed as Json;
}
