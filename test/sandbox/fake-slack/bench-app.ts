import { App, type Logger, LogLevel } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from "../../../src/sandbox/fake-slack/index.ts";

/** Refusals are what these tests provoke: the client shall not print them. */
const silent: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

/** A fake Slack and the official client, as the product configures it. */
export async function withClient(options: FakeSlackOptions = {}): Promise<{ slack: FakeSlack; client: WebClient }> {
  const slack = await startFakeSlack(options);
  return { slack, client: clientOf(slack) };
}

export function clientOf(slack: FakeSlack, token: string = slack.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 2_000,
    logger: silent,
  });
}

/** A real Bolt app in Socket Mode, connected. */
export async function socketApp(slack: FakeSlack): Promise<App> {
  const app = new App({
    token: slack.botToken,
    appToken: slack.appToken,
    socketMode: true,
    logger: silent,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  await app.start();
  return app;
}

/** A real Bolt app over HTTP on a free port, and the fake told to deliver there. */
export async function httpApp(slack: FakeSlack): Promise<App> {
  const app = new App({
    token: slack.botToken,
    signingSecret: slack.signingSecret,
    logger: silent,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  const server = await app.start({ port: 0, host: "127.0.0.1" });
  const address = (server as { address(): { port: number } }).address();
  slack.useHttp(`http://127.0.0.1:${address.port}/slack/events`);
  return app;
}

/** The error code of a refused call, and the whole body. */
export async function refusal(call: Promise<unknown>): Promise<{ error: string; data: Record<string, unknown> }> {
  try {
    await call;
  } catch (error) {
    const data = (error as { data?: Record<string, unknown> }).data ?? {};
    return { error: String(data.error ?? (error as Error).message), data };
  }
  return { error: "ok", data: {} };
}
