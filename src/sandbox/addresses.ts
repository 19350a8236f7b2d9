import type { FakeFindAll } from "./fake-findall/server.ts";
import type { FakeSlack } from "./fake-slack/index.ts";

/** The environment of a service that takes the fakes for Slack and Parallel; how Slack reaches it is not in it. */
export function addressesOf(slack: FakeSlack, findall: FakeFindAll): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl,
    PARALLEL_API_KEY: findall.apiKey,
    PARALLEL_BASE_URL: findall.baseUrl,
  };
}
