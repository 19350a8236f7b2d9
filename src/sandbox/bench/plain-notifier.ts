import { setTimeout as sleep } from "node:timers/promises";
import { LogLevel, WebClient } from "@slack/web-api";
import type { WireRunResult } from "../../findall/wire.ts";
import type { FakeFindAll } from "../fake-findall/server.ts";
import type { FakeSlack } from "../fake-slack/index.ts";

/** What one would write otherwise, in an afternoon, to compare with. */
export interface PlainNotifier {
  readonly stop: () => void;
}

export interface PlainNotifierOptions {
  readonly findall: FakeFindAll;
  readonly slack: FakeSlack;
  readonly runId: string;
  readonly channel: string;
  readonly intervalMs: number;
}

/**
 * Reads `/result` every few seconds, as the loop around an SDK does, and posts one message for each match it has not seen,
 * in order, through Slack's own client as it comes: that waits out a 429 and tries again after a failure.
 */
export function startPlainNotifier(options: PlainNotifierOptions): PlainNotifier {
  const { slack, channel } = options;
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, logLevel: LogLevel.ERROR });
  const seen = new Set<string>();
  const waiting: { readonly name: string; readonly url: string | null | undefined }[] = [];
  let isStopped = false;

  const read = async () => {
    while (!isStopped) {
      const { candidates = [] } = await resultOf(options).catch(() => ({ candidates: [] }));
      for (const { candidate_id: id, match_status: status, name, url } of candidates) {
        if (status !== "matched" || seen.has(id)) continue;
        seen.add(id);
        waiting.push({ name, url });
      }
      await sleep(options.intervalMs);
    }
  };
  const post = async () => {
    while (!isStopped) {
      const next = waiting.shift();
      if (next)
        await client.chat.postMessage({ channel, text: `Match: ${next.name} ${next.url ?? ""}` }).catch(() => {});
      else await sleep(100);
    }
  };
  void read();
  void post();
  return {
    stop: () => {
      isStopped = true;
    },
  };
}

async function resultOf({ findall, runId }: PlainNotifierOptions): Promise<WireRunResult> {
  const answer = await fetch(`${findall.baseUrl}/v1beta/findall/runs/${runId}/result`, {
    headers: { "x-api-key": findall.apiKey },
  });
  return (await answer.json()) as WireRunResult;
}
