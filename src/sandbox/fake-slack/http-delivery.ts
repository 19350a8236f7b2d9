import { createHmac } from "node:crypto";
import { request as httpRequest } from "node:http";
import type { Envelope } from "./delivery.ts";
import type { Ack } from "./model.ts";

/** How a request is signed: as Slack does, or in one of the ways that an app must refuse. */
export type Signature = "valid" | "forged" | "stale" | "future" | "missing";

/** Headers that prove to an app that a request is Slack's, or fail to. */
export function signatureHeaders(secret: string, body: string, signature: Signature = "valid"): Record<string, string> {
  if (signature === "missing") return {};
  const skew = { valid: 0, forged: 0, stale: -600, future: 3600 }[signature];
  const timestamp = String(Math.floor(Date.now() / 1000) + skew);
  const key = signature === "forged" ? `${secret}-of-somebody-else` : secret;
  const digest = createHmac("sha256", key).update(`v0:${timestamp}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${digest}` };
}

export interface HttpTarget {
  readonly url: string;
  readonly signingSecret: string;
}

/** Posts an envelope to the app's request URL, signed, and reads the acknowledgement from the answer. */
export async function deliverOverHttp(
  target: HttpTarget,
  envelope: Envelope,
  timeoutMs: number,
  signature: Signature = "valid",
): Promise<Ack> {
  const { body, contentType } = encode(envelope);
  const sentAt = performance.now();
  try {
    const headers = {
      "content-type": contentType,
      "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
      ...signatureHeaders(target.signingSecret, body, signature),
      ...retryHeaders(envelope),
    };
    const answer = await post(target.url, body, headers, timeoutMs);
    const acked = answer.status >= 200 && answer.status < 300;
    return {
      acked,
      ackMs: acked ? performance.now() - sentAt : null,
      body: parseBody(answer.body),
      status: answer.status,
      failure: acked ? null : "dispatch_failed",
    };
  } catch (error) {
    const failure = error instanceof TimeoutError ? "operation_timeout" : "dispatch_failed";
    return { acked: false, ackMs: null, body: undefined, status: null, failure };
  }
}

class TimeoutError extends Error {
  override readonly name = "TimeoutError";
}

function encode(envelope: Envelope): { body: string; contentType: string } {
  if (envelope.type === "events_api")
    return { body: JSON.stringify(envelope.payload), contentType: "application/json" };
  const form =
    envelope.type === "interactive"
      ? new URLSearchParams({ payload: JSON.stringify(envelope.payload) })
      : new URLSearchParams(envelope.payload as Record<string, string>);
  return { body: form.toString(), contentType: "application/x-www-form-urlencoded" };
}

function retryHeaders(envelope: Envelope): Record<string, string> {
  if (!envelope.retry) return {};
  return { "x-slack-retry-num": String(envelope.retry.attempt), "x-slack-retry-reason": envelope.retry.reason };
}

/** One request on a connection of its own, so that nothing stays open afterwards. */
function post(
  url: string,
  body: string,
  headers: Record<string, string>,
  timeoutMs: number,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, {
      method: "POST",
      agent: false,
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
    });
    const timer = setTimeout(() => request.destroy(new TimeoutError("no answer in time")), timeoutMs);
    request.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    request.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, body: text });
      });
    });
    request.end(body);
  });
}

function parseBody(body: string): unknown {
  if (body === "") return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
