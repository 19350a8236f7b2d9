import type { IncomingMessage, ServerResponse } from "node:http";
import type { Faults } from "./faults.ts";
import { jsonAnswer, readBody, send } from "./http-io.ts";
import { playFault } from "./play-faults.ts";
import type { ResponseUrls } from "./response-url.ts";

/** Answers a post to a `response_url`, with the fault ordered for the method `response_url` if any; false for other paths. */
export async function answerResponseUrl(
  parts: { readonly hooks: ResponseUrls; readonly faults: Faults },
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (!/^\/(commands|actions)\//.test(path)) return false;
  const body = await readBody(request);
  const strike = parts.faults.take("response_url", null, {});
  const work = () => {
    const answer = parts.hooks.answer(path, body, request.headers["content-type"] ?? "");
    return { answer: answer ?? jsonAnswer(404, { ok: false, error: "no_such_url" }), error: null };
  };
  if (strike) await playFault(strike, { request, response, work });
  else send(response, work().answer);
  return true;
}
