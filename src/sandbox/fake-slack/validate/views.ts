import { blockProblems, type Surface } from "./blocks.ts";
import { boolean, type Check, createProblems, isObject, string, typed } from "./checks.ts";
import { LIMITS } from "./limits.ts";
import { plain } from "./text.ts";

const anyBlocks: Check = () => {};
const shared = {
  private_metadata: string(0, LIMITS.view.privateMetadata),
  callback_id: string(0, LIMITS.view.callbackId),
  external_id: string(0, LIMITS.view.externalId),
};

const SHAPES: Readonly<Record<"modal" | "home", Check>> = {
  modal: typed("modal", {
    required: { title: plain(LIMITS.view.title), blocks: anyBlocks },
    optional: {
      ...shared,
      submit: plain(LIMITS.view.button),
      close: plain(LIMITS.view.button),
      clear_on_close: boolean,
      notify_on_close: boolean,
      submit_disabled: boolean,
    },
  }),
  home: typed("home", { required: { blocks: anyBlocks }, optional: shared }),
};

/** Everything Slack would refuse in a view; empty when it is valid. */
export function viewProblems(view: unknown, type: "modal" | "home"): readonly string[] {
  const problems = createProblems();
  SHAPES[type](view, "/view", problems);
  if (!isObject(view)) return problems.list;
  if (hasInputs(view) && type === "modal" && view.submit === undefined) {
    problems.add("/view/submit", "missing required field: submit (the view has input blocks)");
  }
  const surface: Surface = type;
  return [...problems.list, ...blockProblems(view.blocks, surface, "/view/blocks")];
}

function hasInputs(view: Record<string, unknown>): boolean {
  return Array.isArray(view.blocks) && view.blocks.some((block) => isObject(block) && block.type === "input");
}

export function isViewTooLarge(view: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(view) ?? "", "utf8") > LIMITS.view.bytes;
}
