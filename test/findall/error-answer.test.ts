import { expect, test } from "vitest";
import { classifyFindAllError, FindAllError, type FindAllErrorCode } from "../../src/findall/error.ts";
import { cleanDetail, codeOfStatus, errorOfAnswer, retryAfterMs } from "../../src/findall/error-answer.ts";
import { fixtureText } from "./fixture.ts";

const KEY = "secret-key-1234";
const REF = "fcb2b4f3-c75e-4186-87bc-caa1a8381331";
const NOW = Date.parse("2026-01-01T00:00:00Z");

test.each([
  ["error-401", 401, "unauthorized", "Unauthorized: invalid or missing credentials", REF],
  ["error-402", 402, "payment_required", "Payment required: insufficient credit in account", REF],
  ["error-404", 404, "not_found", "FindAll run not found", REF],
  ["error-409-cancel", 409, "server", "Cannot cancel a terminated FindAll run", REF],
  ["error-422-error-response", 422, "invalid_id", "Unprocessable content: request validation error", REF],
  ["error-422-fastapi", 422, "invalid_id", "path.findall_id: Input should be a valid string", null],
  ["error-429", 429, "rate_limited", "Too many requests: quota temporarily exceeded", REF],
  ["error-docs-page-shape", 500, "server", "Human-readable error description", null],
])("%s with status %i is %s", (name, status, code, detail, refId) => {
  const error = errorOfAnswer({ status, headers: {}, body: fixtureText(name) }, KEY, NOW);
  expect(error).toBeInstanceOf(FindAllError);
  expect(error).toMatchObject({ code, status, detail, refId });
});

test.each([
  ["<html><head><title>502 Bad\n Gateway</title></head><body>nginx</body></html>", "502 Bad Gateway"],
  ["<html><body>no title</body></html>", "Parallel answered with status 502"],
  ["upstream connect error", "upstream connect error"],
  ["", "Parallel answered with status 502"],
  ["null", "Parallel answered with status 502"],
  ['"just text"', "just text"],
  ['{"detail":"Not Found"}', "Not Found"],
  ['{"message":"Forbidden"}', "Forbidden"],
  ['{"error":"broken"}', "broken"],
  ['{"detail":[null,{"loc":"x"},{"msg":"m"}]}', "; m"],
  [null, "Parallel answered with status 502"],
])("the body %j is told as %j", (body, detail) => {
  expect(errorOfAnswer({ status: 502, headers: {}, body }, KEY, NOW).detail).toBe(detail);
});

test("a redirect is told with its target, since the base URL is wrong then", () => {
  const error = errorOfAnswer({ status: 302, headers: { location: "https://login.example/" }, body: "" }, KEY, NOW);
  expect(error).toMatchObject({ code: "server", detail: expect.stringContaining("https://login.example/") });
});

test("the API key is never in an error, also when the answer echoes it", () => {
  const body = JSON.stringify({ error: { message: `bad key ${KEY}`, ref_id: `ref-${KEY}` } });
  const error = errorOfAnswer({ status: 401, headers: {}, body }, KEY, NOW);
  expect([error.message, error.detail, error.refId, error.stack].join(" ")).not.toContain(KEY);
  expect(error.detail).toBe("bad key [api key]");
});

test("a long detail is one bounded, well-formed line", () => {
  const detail = cleanDetail(`a\r\n\u0000b${"🦩".repeat(500)}`, KEY);
  expect(detail.length).toBeLessThanOrEqual(300);
  expect(detail.startsWith("a b🦩")).toBe(true);
  expect(detail).not.toMatch(/\p{Surrogate}/u);
});

test.each([
  [{ "retry-after": "3" }, 3000],
  [{ "retry-after": " 0 " }, 0],
  [{ "retry-after": "1.5" }, 1500],
  [{ "retry-after": "-5" }, 0],
  [{ "retry-after": "86400" }, 600_000],
  [{ "retry-after": "Thu, 01 Jan 2026 00:00:30 GMT" }, 30_000],
  [{ "retry-after": "Wed, 31 Dec 2025 23:00:00 GMT" }, 0],
  [{ "retry-after": "Fri, 01 Jan 2027 00:00:00 GMT" }, 600_000],
  [{ "retry-after": "soon" }, null],
  [{ "retry-after": "" }, null],
  [{ "retry-after": ["7", "9"] }, 7000],
  [{ "retry-after-ms": "250", "retry-after": "9" }, 250],
  [{}, null],
])("%j asks to wait %j ms", (headers, ms) => {
  expect(retryAfterMs(headers, NOW)).toBe(ms);
});

test.each([
  [401, "unauthorized"],
  [403, "unauthorized"],
  [404, "not_found"],
  [410, "not_found"],
  [408, "timeout"],
  [400, "server"],
  [500, "server"],
  [503, "server"],
])("status %i is %s", (status, code) => {
  expect(codeOfStatus(status)).toBe(code);
});

test.each<[FindAllErrorCode, boolean, string]>([
  ["not_found", false, "not_found"],
  ["invalid_id", false, "not_found"],
  ["unauthorized", true, "unauthorized"],
  ["payment_required", true, "unauthorized"],
  ["rate_limited", true, "unreachable"],
  ["server", true, "unreachable"],
  ["network", true, "unreachable"],
  ["timeout", true, "unreachable"],
  ["unreadable", true, "unreadable"],
  ["too_large", true, "too_large"],
])("%s: retry is %s, told as %s", (code, retry, trouble) => {
  expect(classifyFindAllError(new FindAllError(code, ""))).toMatchObject({ retry, trouble });
});
