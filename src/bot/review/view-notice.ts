import { context } from "../../slack/blocks.ts";
import { VIEW_LIMITS } from "../../slack/views/modal.ts";
import type { Fields } from "../../slack/views/read-state.ts";
import type { OpenView } from "./payload.ts";

const BLOCK_ID = "notice";
/** What of a view that Slack sent may be sent back; the rest (ids, hash, state) is Slack's own. */
const OURS = [
  "type",
  "callback_id",
  "private_metadata",
  "title",
  "submit",
  "close",
  "clear_on_close",
  "notify_on_close",
  "external_id",
] as const;

/**
 * The view a person has before them with a line on top, made of nothing but what Slack sent: also while the store is down,
 * and with everything they typed, since Slack keeps that as long as the fields keep their names.
 * @param notice finished mrkdwn
 */
export function withNotice(view: OpenView, notice: string): object {
  const blocks = Array.isArray(view.wire.blocks) ? (view.wire.blocks as readonly Fields[]) : [];
  const rest = blocks.filter((block) => block.block_id !== BLOCK_ID).slice(0, VIEW_LIMITS.blocks - 1);
  const kept = OURS.map((name) => [name, view.wire[name]] as const);
  return {
    ...Object.fromEntries(kept.filter(([, value]) => value !== null && value !== undefined && value !== "")),
    blocks: [{ ...context(notice), block_id: BLOCK_ID }, ...rest],
  };
}
