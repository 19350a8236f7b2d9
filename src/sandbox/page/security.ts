import type { IncomingMessage } from "node:http";

/** Nothing from anywhere else, and nothing written into the page itself. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Headers of every answer. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

/**
 * Why a request is refused, or null. The page is for this machine's browser alone: a name that was rebound to
 * 127.0.0.1 shows in Host, another page that posts here shows in Origin.
 */
export function refusalOf({ headers, method }: IncomingMessage): string | null {
  if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(headers.host ?? "")) return "this page is served to localhost alone";
  if (method === "GET" || method === "HEAD") return null;
  if (headers.origin !== `http://${headers.host}`) return "only the page itself may post here";
  if (!headers["content-type"]?.startsWith("application/json")) return "only JSON is taken";
  return null;
}
