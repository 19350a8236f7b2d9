import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import { describe, expect, test } from "vitest";
import { SLACK_ERRORS } from "../../src/slack/error-table.ts";
import { classifySlackError, PastDeadlineError, type SendAction, type SlackOperation } from "../../src/slack/errors.ts";

const refused = (error: string, more: object = {}) => new WebAPIPlatformError({ ok: false, error, ...more } as never);
const network = (code: string, syscall?: string) =>
  new WebAPIRequestError(new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code, syscall }) }));
const actionOf = (error: unknown, operation: SlackOperation = "post") => classifySlackError(error, operation).action;

/** Code, what a post does, what an edit does: slack-platform 4.4 and the errors of uploads, row by row. */
const ROWS: readonly (readonly [string, SendAction, SendAction])[] = [
  ["ratelimited", "retry_after", "retry_after"],
  ["rate_limited", "retry_after", "retry_after"],
  ["internal_error", "ambiguous", "retry"],
  ["fatal_error", "ambiguous", "retry"],
  ["service_unavailable", "ambiguous", "retry"],
  ["request_timeout", "ambiguous", "retry"],
  ["message_limit_exceeded", "pause_channel", "retry_slowly"],
  ["team_added_to_org", "retry_slowly", "retry_slowly"],
  ["org_login_required", "retry_slowly", "retry_slowly"],
  ["external_channel_migrating", "retry_slowly", "retry_slowly"],
  ["update_failed", "retry_slowly", "retry_slowly"],
  ["streaming_state_conflict", "retry_slowly", "retry_slowly"],
  ["not_in_channel", "pause_channel", "pause_channel"],
  ["channel_not_found", "pause_channel", "pause_channel"],
  ["is_archived", "pause_channel", "pause_channel"],
  ["is_inactive", "pause_channel", "pause_channel"],
  ["restricted_action", "pause_channel", "pause_channel"],
  ["restricted_action_read_only_channel", "pause_channel", "pause_channel"],
  ["restricted_action_thread_only_channel", "pause_channel", "pause_channel"],
  ["restricted_action_non_threadable_channel", "pause_channel", "pause_channel"],
  ["restricted_action_thread_locked", "pause_watch", "pause_watch"],
  ["cannot_reply_to_message", "pause_watch", "pause_watch"],
  ["invalid_blocks", "plain_text", "plain_text"],
  ["invalid_blocks_format", "plain_text", "plain_text"],
  ["msg_blocks_too_long", "plain_text", "plain_text"],
  ["msg_too_long", "plain_text", "plain_text"],
  ["no_text", "plain_text", "plain_text"],
  ["too_many_attachments", "plain_text", "plain_text"],
  ["markdown_text_conflict", "plain_text", "plain_text"],
  ["invalid_metadata_format", "plain_text", "plain_text"],
  ["invalid_metadata_schema", "plain_text", "plain_text"],
  ["metadata_too_large", "plain_text", "plain_text"],
  ["metadata_must_be_sent_from_app", "plain_text", "plain_text"],
  ["invalid_arguments", "plain_text", "plain_text"],
  ["block_mismatch", "plain_text", "plain_text"],
  ["message_not_found", "drop", "repost_card"],
  ["thread_not_found", "repost_card", "repost_card"],
  ["cant_update_message", "drop", "new_card"],
  ["edit_window_closed", "drop", "new_card"],
  ["invalid_auth", "pause_workspace", "pause_workspace"],
  ["not_authed", "pause_workspace", "pause_workspace"],
  ["token_revoked", "pause_workspace", "pause_workspace"],
  ["account_inactive", "pause_workspace", "pause_workspace"],
  ["token_expired", "pause_workspace", "pause_workspace"],
  ["team_access_not_granted", "pause_workspace", "pause_workspace"],
  ["missing_scope", "pause_workspace", "pause_workspace"],
  ["not_allowed_token_type", "pause_workspace", "pause_workspace"],
  ["no_permission", "pause_workspace", "pause_workspace"],
  ["ekm_access_denied", "pause_workspace", "pause_workspace"],
  ["access_denied", "pause_workspace", "pause_workspace"],
  ["accesslimited", "pause_workspace", "pause_workspace"],
  ["enterprise_is_restricted", "pause_workspace", "pause_workspace"],
  ["two_factor_setup_required", "pause_workspace", "pause_workspace"],
  ["messages_tab_disabled", "drop", "drop"],
  ["user_not_in_channel", "drop", "drop"],
  ["user_not_found", "drop", "drop"],
  ["user_disabled", "drop", "drop"],
  ["user_not_visible", "drop", "drop"],
  ["storage_limit_reached", "drop", "drop"],
  ["file_uploads_disabled", "drop", "drop"],
  ["file_uploads_except_images_disabled", "drop", "drop"],
  ["file_type_not_allowed", "drop", "drop"],
  ["file_upload_size_restricted", "drop", "drop"],
  ["posting_to_channel_denied", "pause_channel", "pause_channel"],
  ["invalid_channel", "pause_channel", "pause_channel"],
  ["file_not_found", "retry", "retry"],
  ["file_update_failed", "ambiguous", "retry"],
];

describe("an error that Slack answers with", () => {
  test.each(ROWS)("%s: a post → %s, an edit → %s", (code, post, update) => {
    expect(classifySlackError(refused(code), "post")).toMatchObject({ action: post, code });
    expect(classifySlackError(refused(code), "update")).toMatchObject({ action: update, code });
  });

  test("has its row here when it has one in the table", () => {
    expect(Object.keys(SLACK_ERRORS).sort()).toEqual(ROWS.map(([code]) => code).sort());
  });

  test.each<[string, SendAction]>([
    ["restricted_action_brand_new", "pause_channel"],
    ["invalid_blocks_brand_new", "plain_text"],
    ["msg_brand_new", "plain_text"],
    ["token_brand_new", "pause_workspace"],
    ["brand_new", "retry_slowly"],
    ["toString", "retry_slowly"],
  ])("and does not exist yet (%s) has a sane default", (code, action) => {
    expect(actionOf(refused(code))).toBe(action);
  });

  test("carries the missing scope", () => {
    const failure = classifySlackError(
      refused("missing_scope", { needed: "chat:write", provided: "commands" }),
      "post",
    );
    expect(failure.needed).toBe("chat:write");
  });

  test("carries Slack's pointer to the wrong block for the log", () => {
    const messages = ["[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]"];
    const failure = classifySlackError(refused("invalid_blocks", { response_metadata: { messages } }), "post");
    expect(failure.detail).toContain("/blocks/0/text/text");
  });

  test("is never ambiguous for a read", () => {
    expect(actionOf(refused("internal_error"), "read")).toBe("retry");
  });

  test("is ambiguous when it is a page of HTML", () => {
    expect(classifySlackError(refused("<html>502 Bad Gateway</html>"), "post")).toMatchObject({
      action: "ambiguous",
      code: "not_json",
    });
    expect(actionOf(refused("<html>"), "update")).toBe("retry");
  });
});

describe("a rate limit", () => {
  test.each([
    [30, 30_000],
    [1, 1000],
    [0, 1000],
    [3600, 600_000],
    [Number.NaN, 30_000],
    [-5, 30_000],
  ])("of %d seconds waits %d ms", (seconds, ms) => {
    expect(classifySlackError(new WebAPIRateLimitedError(seconds), "post")).toMatchObject({
      action: "retry_after",
      retryAfterMs: ms,
    });
  });

  test("in the body of a 200 waits as the header says, or half a minute", () => {
    const withHeader = refused("ratelimited", { response_metadata: { retryAfter: 7 } });
    expect(classifySlackError(withHeader, "update").retryAfterMs).toBe(7000);
    expect(classifySlackError(refused("rate_limited"), "post").retryAfterMs).toBe(30_000);
  });

  test("without a header is a rate limit all the same", () => {
    const error = new Error("Retry header did not contain a valid timeout (url: x, retry-after header: null)");
    expect(classifySlackError(error, "post")).toMatchObject({ action: "retry_after", retryAfterMs: 30_000 });
  });
});

describe("an HTTP status", () => {
  test.each<[number, SendAction, SendAction]>([
    [500, "ambiguous", "retry"],
    [502, "ambiguous", "retry"],
    [503, "ambiguous", "retry"],
    [408, "ambiguous", "retry"],
    [413, "plain_text", "plain_text"],
    [403, "retry_slowly", "retry_slowly"],
    [404, "retry_slowly", "retry_slowly"],
  ])("%i: a post → %s, an edit → %s", (status, post, update) => {
    const error = new WebAPIHTTPError(status, "", {}, "");
    expect(classifySlackError(error, "post")).toMatchObject({ action: post, code: `http_${status}` });
    expect(actionOf(error, "update")).toBe(update);
  });
});

describe("a network failure", () => {
  test.each([
    ["ECONNREFUSED", "connect"],
    ["ENOTFOUND", "getaddrinfo"],
    ["EAI_AGAIN", "getaddrinfo"],
    ["ETIMEDOUT", "connect"],
    ["EHOSTUNREACH", "connect"],
    ["UND_ERR_CONNECT_TIMEOUT", undefined],
    ["CERT_HAS_EXPIRED", undefined],
    ["ERR_TLS_CERT_ALTNAME_INVALID", undefined],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", undefined],
  ])("%s (%s) happens before anything is sent", (code, syscall) => {
    expect(classifySlackError(network(code, syscall), "post")).toMatchObject({
      action: "retry",
      code: "connection_failed",
    });
  });

  test.each([
    ["ECONNRESET", "read", "connection_lost"],
    ["EPIPE", "write", "connection_lost"],
    ["UND_ERR_SOCKET", undefined, "connection_lost"],
    ["ETIMEDOUT", "read", "unexpected"],
    ["UND_ERR_HEADERS_TIMEOUT", undefined, "timeout"],
    ["UND_ERR_BODY_TIMEOUT", undefined, "timeout"],
  ])("%s (%s) may happen after the post was done", (code, syscall, named) => {
    expect(classifySlackError(network(code, syscall), "post")).toMatchObject({ action: "ambiguous", code: named });
    expect(actionOf(network(code, syscall), "update")).toBe("retry");
  });

  test("on every address before connecting is before anything is sent", () => {
    const each = Object.assign(new Error("refused"), { code: "ECONNREFUSED", syscall: "connect" });
    const error = new WebAPIRequestError(new TypeError("fetch failed", { cause: new AggregateError([each, each]) }));
    expect(actionOf(error)).toBe("retry");
  });

  test("is ambiguous when it timed out", () => {
    const error = new WebAPIRequestError(new DOMException("timed out", "TimeoutError") as never);
    expect(classifySlackError(error, "post")).toMatchObject({ action: "ambiguous", code: "timeout" });
  });
});

describe("anything else", () => {
  test("past its deadline was not sent", () => {
    const error = new WebAPIRequestError(new PastDeadlineError("late"));
    expect(classifySlackError(error, "post")).toMatchObject({ action: "not_sent", code: "past_deadline" });
  });

  test.each([new Error("?"), "text", null, undefined, { code: 3 }])("%s is ambiguous for a post", (thrown) => {
    expect(classifySlackError(thrown, "post")).toMatchObject({ action: "ambiguous", code: "unexpected" });
    expect(actionOf(thrown, "update")).toBe("retry");
  });
});
