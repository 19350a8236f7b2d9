import type { App } from "@slack/bolt";
import type { BotLogger } from "../bolt-logger.ts";
import type { BotDeps } from "../deps.ts";
import { bareWords, idsInAddresses, isRunId, plainTextOf } from "../extract-id.ts";

/** As the manifest declares the step. */
export const WATCH_STEP = "watch_findall_run";

/** The step "Watch a FindAll run" of Slack's Workflow Builder. @param inHand keeps what is being worked on until it is done */
export function registerWorkflow(
  app: App,
  { actions }: BotDeps,
  log: BotLogger,
  inHand: (work: Promise<void>) => Promise<void>,
): void {
  // Acknowledged only once it is durable: what is not, Slack delivers again.
  app.function(WATCH_STEP, { autoAcknowledge: false }, async ({ event, inputs, ack }) => {
    const id = event.function_execution_id;
    await actions.beginExecution({
      id,
      runId: runIdIn(textOf(inputs.run_id)),
      channel: textOf(inputs.channel),
      requester: textOf(inputs.requester),
    });
    await ack();
    log.info({ event: "workflow_step_acked", execution: id }, "acknowledged a workflow's step");
    await inHand(actions.advanceExecution(id));
  });
}

/** Workflows are filled in by people too: the id may stand in a link. Empty when there is none, or more than one. */
function runIdIn(given: string): string {
  const text = plainTextOf(given);
  const { ids } = idsInAddresses(text);
  const found = ids.length > 0 ? ids : bareWords(text);
  const [id] = found;
  return found.length === 1 && id !== undefined && isRunId(id) ? id : "";
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}
