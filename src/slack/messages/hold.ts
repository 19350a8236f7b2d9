import type { Message } from "../../domain/message.ts";
import { section } from "../blocks.ts";
import { explainCode } from "../explain.ts";
import { fitMessage } from "../fit.ts";

/** Why Slack takes nothing from the app in the whole workspace. */
export interface HoldView {
  /** Slack's error code. */
  readonly reason: string;
  /** The scope that Slack misses (`missing_scope`). */
  readonly needed: string | null;
}

/** What is wrong, who can mend it, and that nothing is lost. */
export function holdWords({ reason, needed }: HoldView): string {
  const { what, mend } = explainCode(reason, { botName: null, needed });
  return `⏸ *Nothing can be posted in this workspace just now*: ${what} ${mend} What is found is kept, and comes by itself once that is mended.`;
}

/** To who asked for a run a moment ago, in answer to their command. */
export function renderHeldNote(hold: HoldView): Message {
  const words = holdWords(hold);
  return fitMessage({ text: words, blocks: [section(words)] });
}

/** Any other answer, with word that nothing can be posted. */
export function withHold(message: Message, hold: HoldView): Message {
  const words = holdWords(hold);
  const blocks = message.blocks.length > 0 ? [...message.blocks, section(words)] : [];
  return fitMessage({ ...message, text: `${message.text}\n${words}`, blocks });
}
