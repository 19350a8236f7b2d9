import type { Config } from "../config.ts";
import { type Finding, info, ok, warn } from "./finding.ts";
import { doubtAboutSigningSecret, sourceOf } from "./token-kinds.ts";

const SUBJECT = "HTTP mode";

/** Where Slack sends everything; `SLACK_PATH` of the bot, which a test compares. */
export const SLACK_EVENTS = "/slack/events";

/** Whether Slack can reach this machine cannot be seen from inside it. */
export function httpModeFindings({ port, secrets }: Config): readonly Finding[] {
  const doubt = doubtAboutSigningSecret(secrets.slackSigningSecret ?? "");
  const secret = doubt
    ? warn(SUBJECT, `SLACK_SIGNING_SECRET ${doubt}`, String(sourceOf("SLACK_SIGNING_SECRET")))
    : ok(SUBJECT, "SLACK_SIGNING_SECRET is set and has the form of one");
  const reach = info(
    SUBJECT,
    `not checked from here: whether Slack reaches https://HOST${SLACK_EVENTS}, and whether the signing secret is the right one`,
    `from outside, curl -X POST -i https://HOST${SLACK_EVENTS} must give 401 (404, 502: the proxy does not hand on to ` +
      `port ${port}); then "Event Subscriptions" at api.slack.com/apps must say Verified for it`,
  );
  return [secret, reach];
}
