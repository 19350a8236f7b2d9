import type { Ack, FunctionExecution, Json } from "../model.ts";
import { nextId, nextTs } from "../world.ts";
import type { Acting, ActOptions } from "./acting.ts";
import { sendEvent } from "./event.ts";

export interface WorkflowInput extends ActOptions {
  /** Default: the app's step "Watch a FindAll run". */
  readonly callbackId?: string;
  readonly inputs: Json;
  /** Another delivery for an execution that there is already. */
  readonly again?: string;
}

export interface WorkflowStep {
  /** The execution's id. */
  readonly id: string;
  readonly acks: readonly Ack[];
}

/** The outputs that the app's manifest declares, by their type in JSON. */
export const STEP_OUTPUTS = { status: "string", reason: "string", matched: "number", card_link: "string" } as const;

/** A workflow comes to a step that the app provides: the app is told by `function_executed`. */
export async function runWorkflowStep(acting: Acting, input: WorkflowInput): Promise<WorkflowStep> {
  const { world } = acting;
  const { callbackId = "watch_findall_run", inputs } = input;
  const id = input.again ?? nextId(world, "Fx");
  if (!input.again) world.executions.set(id, newExecution(id, inputs));
  const event = {
    type: "function_executed",
    function: {
      id: "Fn0FINDALL",
      callback_id: callbackId,
      title: "Watch a FindAll run",
      type: "app",
      app_id: world.app.id,
      input_parameters: Object.keys(inputs).map((name) => ({ name, type: "string", title: name, is_required: false })),
      output_parameters: Object.entries(STEP_OUTPUTS).map(([name, type]) => ({ name, type, title: name })),
      date_created: 1_700_000_000,
      date_updated: 1_700_000_000,
      date_deleted: 0,
    },
    inputs,
    function_execution_id: id,
    workflow_execution_id: `Wx${id.slice(2)}`,
    event_ts: nextTs(world),
    bot_access_token: "xwfp-fake-workflow-token",
  };
  return { id, acks: await sendEvent(acting, event, input) };
}

function newExecution(id: string, inputs: Json): FunctionExecution {
  return { id, inputs, outputTypes: STEP_OUTPUTS, state: "running", outputs: null, error: null };
}
