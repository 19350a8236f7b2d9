import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "../log.ts";
import type { SlackClient } from "../slack/client.ts";
import type { Workspace } from "./context.ts";
import { type Health, noteFailure, noteOk } from "./health.ts";

const FIRST_WAIT_MS = 500;
const MOST_WAIT_MS = 30_000;

export interface FindWorkspaceDeps {
  readonly slack: SlackClient;
  readonly health: Health;
  readonly log: Logger;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/**
 * Asks Slack which workspace the bot token belongs to, for as long as it takes: Slack may be down, and a wrong token may
 * be mended while we wait. Null when the service stops first.
 */
export async function findWorkspace({ slack, health, log, now, signal }: FindWorkspaceDeps): Promise<Workspace | null> {
  for (let wait = FIRST_WAIT_MS; !signal.aborted; wait = Math.min(MOST_WAIT_MS, wait * 2)) {
    const answer = await slack.authTest();
    if (answer.ok) {
      noteOk(health.slack, now());
      return answer.auth;
    }
    const { action, code } = answer.failure;
    noteFailure(health.slack, now(), code);
    const mend =
      action === "pause_workspace"
        ? "SLACK_BOT_TOKEN is refused: install the app again and set the new token"
        : "Slack is away";
    log.error({ event: "slack_refused_start", code, retryInMs: wait }, `${mend}; trying again`);
    await sleep(answer.failure.retryAfterMs ?? wait, undefined, { signal }).catch(() => {});
  }
  return null;
}
