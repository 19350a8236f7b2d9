import type { WebClient } from "@slack/web-api";
import { classifySlackError, type SendFailure } from "./errors.ts";

/** How a step of a workflow went. */
export type FunctionOutcome =
  | { readonly kind: "success"; readonly outputs: Readonly<Record<string, string | number>> }
  /** Plain text for whoever looks after the workflow. */
  | { readonly kind: "error"; readonly error: string };

export type CompleteResult =
  | { readonly kind: "completed" }
  /** Slack knows no such execution, or it is over: it was cancelled, it timed out, or we have told before. */
  | { readonly kind: "gone"; readonly code: string }
  | { readonly kind: "failed"; readonly failure: SendFailure };

/** Slack's errors of both methods (docs.slack.dev, functions.completeSuccess and functions.completeError). */
const GONE = new Set(["function_execution_not_found", "execution_not_in_running_state", "access_denied"]);

/** Ends a step of a workflow (`functions.completeSuccess`, `functions.completeError`). Slack takes the first answer only. */
export async function completeFunction(
  web: WebClient,
  executionId: string,
  outcome: FunctionOutcome,
): Promise<CompleteResult> {
  const function_execution_id = executionId;
  try {
    if (outcome.kind === "success") {
      await web.functions.completeSuccess({ function_execution_id, outputs: { ...outcome.outputs } });
    } else {
      await web.functions.completeError({ function_execution_id, error: outcome.error });
    }
    return { kind: "completed" };
  } catch (error) {
    const failure = classifySlackError(error, "update");
    return GONE.has(failure.code) ? { kind: "gone", code: failure.code } : { kind: "failed", failure };
  }
}
