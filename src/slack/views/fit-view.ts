import type { KnownBlock } from "@slack/types";
import { context } from "../blocks.ts";
import { LIMITS } from "../limits.ts";
import { clip, clipPlain } from "../text.ts";
import { type ModalView, VIEW_LIMITS } from "./modal.ts";

const CUT = context("… the rest did not fit into this window.");

/**
 * The guard at the end of every renderer of a modal: what goes out is within Slack's limits. Renderers divide their
 * material into pages themselves; when one miscounts, this cuts from the end and says so. Never throws.
 */
export function fitView(view: ModalView): ModalView {
  const whole = { ...view, blocks: view.blocks.map((block) => fitTexts(block) as KnownBlock) };
  if (whole.blocks.length <= VIEW_LIMITS.blocks && bytesOf(whole) <= VIEW_LIMITS.bytes) return whole;
  const kept: KnownBlock[] = [];
  let size = bytesOf({ ...whole, blocks: [CUT] });
  for (const block of whole.blocks.slice(0, VIEW_LIMITS.blocks - 1)) {
    size += bytesOf(block) + 1;
    if (size > VIEW_LIMITS.bytes) break;
    kept.push(block);
  }
  return { ...whole, blocks: [...kept, CUT] };
}

/** What something costs of a view's size: Slack counts bytes. */
export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

type Json = Readonly<Record<string, unknown>>;

/** Slack refuses the whole view for one text that is empty or too long. */
function fitTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fitTexts);
  if (typeof value !== "object" || value === null) return value;
  const json = value as Json;
  if ((json.type === "mrkdwn" || json.type === "plain_text") && typeof json.text === "string") {
    const cut = json.type === "mrkdwn" ? clip : clipPlain;
    const text = json.text.replace(/\p{Surrogate}/gu, "\ufffd");
    return { ...json, text: text.trim() === "" ? "–" : cut(text, LIMITS.sectionText) };
  }
  return Object.fromEntries(Object.entries(json).map(([name, each]) => [name, fitTexts(each)]));
}
