import { ApiError } from "../api-error.ts";
import { type Args, json, required } from "../args.ts";
import type { FunctionExecution, Json } from "../model.ts";
import { isObject } from "../validate/checks.ts";
import type { World } from "../world.ts";
import type { MethodContext, MethodTable } from "./method.ts";

/** Slack takes one answer for each execution; afterwards it is over (docs.slack.dev, functions.completeSuccess). */
function runningExecution(args: Args, world: World): FunctionExecution {
  const execution = world.executions.get(required(args, "function_execution_id"));
  if (!execution) throw new ApiError("function_execution_not_found");
  if (execution.state !== "running") throw new ApiError("execution_not_in_running_state");
  return execution;
}

function completeSuccess(args: Args, { world }: MethodContext): Json {
  const execution = runningExecution(args, world);
  const outputs = json(args, "outputs", "invalid_arguments");
  if (!isObject(outputs)) throw new ApiError("invalid_arguments");
  const wrong = Object.entries(outputs).filter(([name, value]) => typeof value !== execution.outputTypes[name]);
  if (wrong.length > 0) {
    const messages = wrong.map(([name]) => `[ERROR] output ${name} is not as declared`);
    throw new ApiError("parameter_validation_failed", { response_metadata: { messages } });
  }
  finish(world, { ...execution, state: "completed", outputs });
  return {};
}

function completeError(args: Args, { world }: MethodContext): Json {
  const execution = runningExecution(args, world);
  finish(world, { ...execution, state: "failed", error: required(args, "error") });
  return {};
}

function finish(world: World, execution: FunctionExecution): void {
  world.executions.set(execution.id, execution);
  world.changes.emit("workspace", `execution ${execution.id} ${execution.state}`);
}

export const FUNCTION_METHODS: MethodTable = {
  "functions.completeSuccess": { handle: completeSuccess },
  "functions.completeError": { handle: completeError },
};
