import type { FakePath } from "./faults.ts";
import type { FakeRun } from "./run.ts";

/** What an endpoint answers, before faults and compression. `body` undefined means no body. */
export interface FakeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface FakeCall {
  readonly path: FakePath;
  readonly runId: string;
  readonly query: URLSearchParams;
}

export const REF_ID = "fcb2b4f3-c75e-4186-87bc-caa1a8381331";

/** Messages as in the vendor's examples (findall-api, "Rate limits and errors"). */
const MESSAGES: Readonly<Record<number, string>> = {
  401: "Unauthorized: invalid or missing credentials",
  402: "Payment required: insufficient credit in account",
  403: "Forbidden: invalid processor in request",
  404: "FindAll run not found",
  408: "Request timeout: synchronous request timed out",
  409: "Cannot cancel a terminated FindAll run",
  422: "Unprocessable content: request validation error",
  429: "Too many requests: quota temporarily exceeded",
  500: "Internal server error",
};

const ENDPOINTS: readonly { readonly method: string; readonly tail: string; readonly path: FakePath }[] = [
  { method: "GET", tail: "", path: "run" },
  { method: "GET", tail: "/result", path: "result" },
  { method: "GET", tail: "/events", path: "events" },
  { method: "GET", tail: "/schema", path: "schema" },
  { method: "POST", tail: "/extend", path: "extend" },
  { method: "POST", tail: "/enrich", path: "enrich" },
  { method: "POST", tail: "/cancel", path: "cancel" },
];

/** Which endpoint a request is for; null when there is none. */
export function callOf(method: string, url: string): FakeCall | null {
  const [path = "", query = ""] = url.split("?");
  const match = /^\/v1beta\/findall\/runs\/([^/]+)(\/[a-z]+)?$/.exec(path);
  const endpoint = ENDPOINTS.find((known) => known.method === method && known.tail === (match?.[2] ?? ""));
  if (match?.[1] === undefined || endpoint === undefined) return null;
  return { path: endpoint.path, runId: decodeURIComponent(match[1]), query: new URLSearchParams(query) };
}

/** The documented error body of a status. */
export function errorAnswer(status: number): FakeAnswer {
  const message = MESSAGES[status] ?? `Status ${status}`;
  return { status, body: { type: "error", error: { ref_id: REF_ID, message } } };
}

/** What the API answers about a run at once (events come as a stream); a run of another account is as unknown as one that never was. */
export function answerCall(
  call: FakeCall & { readonly path: Exclude<FakePath, "events"> },
  run: FakeRun,
  requestBody: unknown,
): FakeAnswer {
  switch (call.path) {
    case "run":
      return { status: 200, body: run.runBody() };
    case "result":
      return { status: 200, body: run.resultBody() };
    case "schema":
      return { status: 200, body: run.schemaBody() };
    case "extend":
      return extend(run, requestBody);
    case "enrich":
      return enrich(run, requestBody);
    case "cancel":
      return cancel(run);
  }
}

/** Straight to `cancelled`, and 409 when the run is over (findall-api, "Extend, enrich, cancel"). */
function cancel(run: FakeRun): FakeAnswer {
  if (!run.isActive) return errorAnswer(409);
  run.end({ status: "cancelled", reason: "user_cancelled" });
  return { status: 204 };
}

/** Possible while queued or running, and after `match_limit_met`; never for preview, never over 1,000 matches. */
function extend(run: FakeRun, body: unknown): FakeAnswer {
  const additional = fieldOf(body, "additional_match_limit");
  if (typeof additional !== "number" || !Number.isInteger(additional) || additional <= 0) return errorAnswer(422);
  const { generator, match_limit } = run.schemaBody();
  const metLimit = run.status === "completed" && run.reason === "match_limit_met";
  if (generator === "preview" || !(run.isActive || metLimit)) return errorAnswer(422);
  if ((match_limit ?? 0) + additional > 1000) return errorAnswer(422);
  run.extend(additional);
  return { status: 200, body: run.schemaBody() };
}

/** Possible at any time; a run that is over is queued again. */
function enrich(run: FakeRun, body: unknown): FakeAnswer {
  const schema = fieldOf(fieldOf(body, "output_schema"), "json_schema");
  if (typeof schema !== "object" || schema === null) return errorAnswer(422);
  const json_schema = schema as { [key: string]: unknown };
  run.requeueForEnrichment({ output_schema: { type: "json", json_schema }, processor: "core" });
  return { status: 200, body: run.schemaBody() };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
