import { errorRow } from "../slack/error-table.ts";
import { fieldsOf, type Reply } from "./ask.ts";
import { type Finding, fail, warn } from "./finding.ts";

/** The fields of an `ok: true`, or what to say of any other answer. */
export type SlackReading =
  | { readonly kind: "accepted"; readonly fields: Readonly<Record<string, unknown>>; readonly scopes: string | null }
  | { readonly kind: "trouble"; readonly finding: Finding };

export interface SlackQuestion {
  /** As the report calls it, such as "bot token". */
  readonly subject: string;
  readonly apiUrl: string;
  /** What to do about a token that Slack refuses. */
  readonly renew: string;
}

/** Errors of auth.test and apps.connections.open (docs.slack.dev/reference/methods) that only another token mends. */
const REFUSED: Readonly<Record<string, string>> = {
  invalid_auth: "Slack does not know it",
  not_authed: "Slack got no token",
  token_revoked: "it was revoked",
  token_expired: "it has expired, as tokens of an app with token rotation do",
  account_inactive: "the app was removed from the workspace",
  not_allowed_token_type: "it is of another kind",
  missing_scope: "it lacks a scope",
};

/** Errors that pass by themselves. */
const PASSING = new Set([
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
]);

/** Reads an answer of Slack's Web API, whatever it is. */
export function readSlackReply(question: SlackQuestion, reply: Reply): SlackReading {
  const { subject, apiUrl } = question;
  const host = new URL(apiUrl).host;
  const trouble = (finding: Finding): SlackReading => ({ kind: "trouble", finding });
  if (reply.kind === "none") {
    return trouble(fail(subject, `${host} cannot be asked: ${reply.obstacle.text}`, reply.obstacle.mend));
  }
  const { status, headers } = reply;
  if (status === 429) {
    const seconds = Number(headers.get("retry-after")) || 60;
    return trouble(warn(subject, "Slack takes no more calls for now", `run this again in ${seconds} s`));
  }
  if (status >= 500)
    return trouble(fail(subject, `${host} answered ${status}`, "see slack-status.com; run this again"));
  const fields = fieldsOf(reply.body);
  if (status !== 200 || typeof fields.ok !== "boolean") {
    const text = `what answers at ${host} (status ${status}) is not Slack's Web API`;
    return trouble(fail(subject, text, "check SLACK_API_URL, and what a proxy puts in between"));
  }
  if (!fields.ok) return trouble(refusalOf(question, fields));
  return { kind: "accepted", fields, scopes: headers.get("x-oauth-scopes") };
}

function refusalOf({ subject, renew }: SlackQuestion, fields: Readonly<Record<string, unknown>>): Finding {
  const code = String(fields.error ?? "no reason given").slice(0, 100);
  if (PASSING.has(code)) return fail(subject, `Slack fails (${code})`, "see slack-status.com; run this again");
  const known = REFUSED[code];
  if (known) return fail(subject, `refused (${code}): ${known}`, renew);
  const { what, mend } = errorRow(code);
  return fail(
    subject,
    `refused (${code})${what && !what.includes("{") ? `: ${what}` : ""}`,
    mend && !mend.includes("{") ? mend : renew,
  );
}
