import type { Reply } from "./ask.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";
import { readSlackReply, type SlackReading } from "./slack-reply.ts";
import { scopeFindings } from "./slack-scopes.ts";
import { sourceOf } from "./token-kinds.ts";

const BOT = "bot token";
const SOCKET = "Socket Mode";
const textIn = (value: unknown) => (typeof value === "string" ? value : "?");

/** What `auth.test` said of the bot token. */
export function botTokenFindings(apiUrl: string, reply: Reply): readonly Finding[] {
  const renew = `${sourceOf("SLACK_BOT_TOKEN")}; if need be, install the app again`;
  const reading = readSlackReply({ subject: BOT, apiUrl, renew }, reply);
  if (reading.kind === "trouble") return [reading.finding];
  return [identityFinding(reading), ...scopeFindings(reading.scopes)];
}

function identityFinding({ fields }: SlackReading & { kind: "accepted" }): Finding {
  const text = `accepted: team ${textIn(fields.team)} (${textIn(fields.team_id)}), bot @${textIn(fields.user)}`;
  // Only bots have one (https://docs.slack.dev/reference/methods/auth.test).
  if (typeof fields.bot_id !== "string")
    return fail(BOT, "it is a person's, no bot's", String(sourceOf("SLACK_BOT_TOKEN")));
  if (fields.is_enterprise_install === true) {
    return warn(BOT, `${text}, of a whole organization`, "install the app into one workspace: the service serves one");
  }
  return ok(BOT, text);
}

/**
 * What `apps.connections.open` said of the app-level token: it succeeds with `connections:write` alone, gives an address
 * for a connection, and opens none.
 * @param appToken for the app's id, which stands in it (`xapp-1-A0…-…`); nothing else of it is used
 * @param auth what `auth.test` said of the bot token
 */
export function appTokenFinding(apiUrl: string, reply: Reply, appToken: string, auth: Reply | null): Finding {
  const renew = String(sourceOf("SLACK_APP_TOKEN"));
  const reading = readSlackReply({ subject: SOCKET, apiUrl, renew }, reply);
  if (reading.kind === "trouble") return ofAppToken(reading.finding);
  const [ours, theirs] = [/^xapp-\d+-(A[A-Z0-9]+)-/.exec(appToken)?.[1], appOf(auth)];
  if (ours && theirs && ours !== theirs) {
    return fail(
      SOCKET,
      `the app-level token is of app ${ours}, the bot token of app ${theirs}`,
      "take both from the same app",
    );
  }
  return ok(SOCKET, "app-level token accepted, with connections:write");
}

const ofAppToken = (finding: Finding): Finding => ({ ...finding, text: `app-level token: ${finding.text}` });

function appOf(auth: Reply | null): string | null {
  if (auth?.kind !== "answer") return null;
  const { app_id: id } = (auth.body ?? {}) as { app_id?: unknown };
  return typeof id === "string" ? id : null;
}
