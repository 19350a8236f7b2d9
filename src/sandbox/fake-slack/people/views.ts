import { ApiError } from "../api-error.ts";
import { closeView, openModals, pushView, readView, replaceView } from "../methods/views.ts";
import type { Ack, Json, StoredView } from "../model.ts";
import { isObject } from "../validate/checks.ts";
import { viewToWire } from "../view-wire.ts";
import type { World } from "../world.ts";
import { type Acting, type ActOptions, interactionBase, sendTimes } from "./acting.ts";
import { type FilledIn, stateOf } from "./view-state.ts";

export interface SubmitInput extends ActOptions {
  readonly user: string;
  /** Default: the topmost modal the person has open. */
  readonly view?: string;
  readonly values?: FilledIn;
}

export interface SubmitResult extends Ack {
  /** Errors shown under the fields, by block id. */
  readonly errors: Readonly<Record<string, string>>;
  /** The modal the person sees afterwards, if any. */
  readonly view: StoredView | undefined;
}

/** A person submits a modal; what the acknowledgement asks for (errors, update, push, clear) is done. */
export async function submitView(acting: Acting, input: SubmitInput): Promise<SubmitResult> {
  const { world } = acting;
  const stored = modalOf(world, input);
  const payload = {
    type: "view_submission",
    ...interactionBase(world, input.user, acting.triggers.issue(input.user)),
    view: viewToWire(world, stored, { values: stateOf(stored.view.blocks, input.values ?? {}) }),
    response_urls: [],
  };
  const { first } = await sendTimes(acting, "interactive", payload, input);
  const errors = first.acked ? applyAnswer(world, stored, first.body) : {};
  return { ...first, errors, view: openModals(world, input.user).at(-1) };
}

/** A person closes a modal; the app is told only when it asked for that. */
export async function dismissView(
  acting: Acting,
  input: Pick<SubmitInput, "user" | "view"> & ActOptions,
): Promise<void> {
  const { world } = acting;
  const stored = modalOf(world, input);
  closeView(world, stored);
  if (stored.view.notify_on_close !== true) return;
  const base = interactionBase(world, input.user, acting.triggers.issue(input.user));
  await sendTimes(
    acting,
    "interactive",
    { type: "view_closed", ...base, view: viewToWire(world, stored), is_cleared: false },
    input,
  );
}

function modalOf(world: World, input: { user: string; view?: string }): StoredView {
  const stored = input.view ? world.views.get(input.view) : openModals(world, input.user).at(-1);
  if (!stored) throw new Error(`${input.user} has no modal open`);
  return stored;
}

/** Does what the answer to a submission asks for; gives the errors to show. */
function applyAnswer(world: World, stored: StoredView, body: unknown): Readonly<Record<string, string>> {
  const answer = isObject(body) ? body : {};
  try {
    switch (answer.response_action) {
      case undefined:
        closeView(world, stored);
        return {};
      case "errors":
        return checkedErrors(world, stored, answer.errors);
      case "update":
        replaceView(world, stored, readView(answer.view, "modal"));
        return {};
      case "push":
        pushView(world, stored.user, readView(answer.view, "modal"));
        return {};
      case "clear":
        for (const view of openModals(world, stored.user)) closeView(world, view);
        return {};
      default:
        throw new ApiError("invalid_response_action");
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    world.problems.push(`answer to a view submission refused: ${error.code} ${JSON.stringify(error.extra)}`);
    return {};
  }
}

/** Slack shows errors only under input blocks that exist; the others would vanish without a word. */
function checkedErrors(world: World, stored: StoredView, errors: unknown): Readonly<Record<string, string>> {
  const inputs = ((stored.view.blocks ?? []) as Json[])
    .filter((block) => block.type === "input")
    .map((block) => block.block_id);
  const given = isObject(errors) ? errors : {};
  for (const name of Object.keys(given)) {
    if (!inputs.includes(name)) world.problems.push(`view error for ${name}, which is not an input block`);
  }
  return given as Record<string, string>;
}
