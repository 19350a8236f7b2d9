import type { IncomingMessage, ServerResponse } from "node:http";
import { ApiError } from "./api-error.ts";
import { type Args, parseArgs, text } from "./args.ts";
import type { Faults } from "./faults.ts";
import { type HttpAnswer, jsonAnswer, readBody, send } from "./http-io.ts";
import { requireScope, resolveTarget } from "./methods/access.ts";
import type { Method, MethodContext, MethodTable } from "./methods/method.ts";
import type { CallRecord, Json } from "./model.ts";
import { type Outcome, playFault, rateLimitedAnswer } from "./play-faults.ts";
import type { World } from "./world.ts";

export interface WebApiParts {
  readonly context: MethodContext;
  readonly faults: Faults;
  readonly methods: MethodTable;
}

interface Work {
  readonly answer: HttpAnswer;
  readonly error: string | null;
}

/** Answers `POST /api/<method>`: faults first, then token, scope, limits and the method itself. */
export async function answerWebApi(
  parts: WebApiParts,
  method: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { world } = parts.context;
  const call = await readCall(request);
  const channel = channelOfCall(world, call.args);
  const strike = parts.faults.take(method, channel, call.args);
  const work = () => run(parts, method, call, channel);
  let outcome: Outcome;
  if (strike) {
    if (strike.kind.kind === "rate_limited") noteWait(parts, method, channel, strike.kind.retryAfter);
    outcome = await playFault(strike, { request, response, work });
  } else {
    const { answer, error } = work();
    outcome = { status: answer.status, error };
    // Logged before it is sent: whoever has the answer must find the call in the log.
    record(world, method, call.args, channel, outcome, null);
    return send(response, answer);
  }
  record(world, method, call.args, channel, outcome, strike.kind.kind);
}

interface Call {
  readonly args: Args;
  readonly token: string | null;
  /** Set when the body could not be read as arguments. */
  readonly broken: ApiError | null;
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const body = await readBody(request);
  const query = new URL(request.url ?? "/", "http://fake").searchParams;
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  try {
    const args = parseArgs(body, request.headers["content-type"] ?? "", query);
    return { args, token: bearer ?? text(args, "token") ?? null, broken: null };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { args: {}, token: bearer ?? null, broken: error };
  }
}

/** The channel a call is about, with a person's id resolved to the direct message it stands for. */
function channelOfCall(world: World, args: Args): string | null {
  // Uploads name their channel in their own way.
  const given = text(args, "channel") ?? text(args, "channel_id");
  return given ? resolveTarget(world, given) : null;
}

function run(parts: WebApiParts, name: string, call: Call, channel: string | null): Work {
  const { world, limits } = parts.context;
  const method = Object.hasOwn(parts.methods, name) ? parts.methods[name] : undefined;
  try {
    if (call.broken) throw call.broken;
    if (!method) throw new ApiError("unknown_method", { req_method: name });
    authenticate(world, call.token, method);
    if (method.scope) requireScope(world, method.scope);
    const wait = limits.check(name, channel);
    if (wait !== null) {
      limits.told(name, channel, wait);
      return { answer: rateLimitedAnswer(wait), error: "ratelimited" };
    }
    return { answer: okAnswer(world, method, method.handle(call.args, parts.context)), error: null };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return {
      answer: jsonAnswer(200, { ok: false, error: error.code, ...error.extra }, scopeHeaders(world, method)),
      error: error.code,
    };
  }
}

function authenticate(world: World, token: string | null, method: Method): void {
  const { botToken, appToken, revoked } = world.credentials;
  if (token === null) throw new ApiError("not_authed");
  if (token !== botToken && token !== appToken) throw new ApiError("invalid_auth");
  const wanted = method.token === "app" ? appToken : botToken;
  if (token !== wanted) throw new ApiError("not_allowed_token_type");
  if (revoked) throw new ApiError(revoked);
}

function okAnswer(world: World, method: Method, fields: Json): HttpAnswer {
  return jsonAnswer(200, { ok: true, ...fields }, scopeHeaders(world, method));
}

function scopeHeaders(world: World, method: Method | undefined): Record<string, string> {
  const accepted: Record<string, string> = method?.scope ? { "x-accepted-oauth-scopes": method.scope } : {};
  return { "x-oauth-scopes": [...world.credentials.scopes].join(","), ...accepted };
}

function noteWait(
  parts: WebApiParts,
  method: string,
  channel: string | null,
  retryAfter: number | string | null | undefined,
): void {
  const seconds = Number(retryAfter ?? (retryAfter === null ? 0 : 1));
  if (Number.isFinite(seconds)) parts.context.limits.told(method, channel, seconds);
}

function record(
  world: World,
  method: string,
  args: Args,
  channel: string | null,
  outcome: Outcome,
  fault: string | null,
): void {
  const entry: CallRecord = {
    method,
    at: world.now(),
    channel,
    ts: text(args, "ts") ?? text(args, "thread_ts") ?? null,
    ok: outcome.error === null,
    error: outcome.error,
    status: outcome.status,
    fault,
  };
  world.calls.push(entry);
  world.changes.emit("call", entry);
}
