import type { Network } from "../network.ts";
import { type Obstacle, obstacleOf } from "./reach.ts";

/** What one request came to. */
export type Reply =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: Headers;
      /** Null when the body is not JSON. */
      readonly body: unknown;
      readonly sentAt: number;
      readonly receivedAt: number;
    }
  | { readonly kind: "none"; readonly obstacle: Obstacle };

export interface Question {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
}

export interface Asking {
  readonly fetch: Network["fetch"];
  /** ms since the epoch, of the clock that is examined. */
  readonly now: () => number;
  readonly limitMs: number;
}

/** Asks once, the way the service would: through the same proxy, following no redirect, and never longer than the limit. */
export async function ask({ fetch, now, limitMs }: Asking, { url, method, headers }: Question): Promise<Reply> {
  const sentAt = now();
  try {
    const signal = AbortSignal.timeout(limitMs);
    const response = await fetch(url, { method, headers, signal, redirect: "manual" });
    const receivedAt = now();
    const body = jsonIn(await response.text());
    return { kind: "answer", status: response.status, headers: response.headers, body, sentAt, receivedAt };
  } catch (error) {
    return { kind: "none", obstacle: obstacleOf(error) };
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The fields of a body that is an object; none of any other. */
export function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
}
