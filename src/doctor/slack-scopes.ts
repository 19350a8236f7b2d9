import { type Finding, ok, warn } from "./finding.ts";
import { USED_SCOPES } from "./scopes.ts";

const SUBJECT = "scopes";
const ADD = 'add it under "OAuth & Permissions" at api.slack.com/apps, then "Reinstall to Workspace"';

/**
 * The scopes that were granted against those that are used.
 * @param granted the header `x-oauth-scopes` of an answer of the Web API, a list with commas; `@slack/web-api` 8.2.0
 * reads it from every answer, as `response_metadata.scopes`
 */
export function scopeFindings(granted: string | null): readonly Finding[] {
  if (granted === null) {
    return [warn(SUBJECT, "Slack did not say which are granted", 'compare "OAuth & Permissions" with manifest.yml')];
  }
  const scopes = granted
    .split(",")
    .map((scope) => scope.trim())
    .filter(Boolean);
  const missing = USED_SCOPES.filter(({ scope }) => !scopes.includes(scope));
  const unneeded = scopes.filter((scope) => !USED_SCOPES.some((used) => used.scope === scope));
  return [
    ...(missing.length === 0 ? [ok(SUBJECT, `all ${USED_SCOPES.length} that are used are granted`)] : []),
    ...missing.map(
      ({ scope, without, costs }): Finding => ({
        level: without,
        subject: SUBJECT,
        text: `${scope} is missing: ${costs}`,
        mend: ADD,
      }),
    ),
    ...(unneeded.length === 0
      ? []
      : [warn(SUBJECT, `granted but not used: ${unneeded.join(", ")}`, "take them away at api.slack.com/apps")]),
  ];
}
