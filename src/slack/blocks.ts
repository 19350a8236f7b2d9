import type { ActionsBlock, Button, ContextBlock, HeaderBlock, MrkdwnElement, SectionBlock } from "@slack/types";
import { LIMITS } from "./limits.ts";
import { clip, plain } from "./text.ts";

/**
 * The few blocks that our messages are made of. They take finished mrkdwn: foreign text in it went through `text.ts`
 * before. `verbatim` keeps Slack from looking for names and URLs in it (slack-platform 1.7).
 */
export function section(text: string): SectionBlock {
  return { type: "section", text: mrkdwnText(text, LIMITS.sectionText), expand: true };
}

/** Two columns; at most ten fields. */
export function fields(texts: readonly string[]): SectionBlock {
  const kept = texts.slice(0, LIMITS.fields);
  return { type: "section", fields: kept.map((text) => mrkdwnText(text, LIMITS.fieldText)) };
}

/** Small grey text. */
export function context(text: string): ContextBlock {
  return { type: "context", elements: [mrkdwnText(text, LIMITS.contextText)] };
}

/** A headline of foreign text. */
export function header(text: string): HeaderBlock {
  return { type: "header", text: { type: "plain_text", text: plain(text, LIMITS.headerText) || "–", emoji: false } };
}

/** Something to press. The text is ours; foreign text never names what a click does. */
export function button(text: string, actionId: string, more: Pick<Button, "value" | "url" | "style"> = {}): Button {
  return { type: "button", text: { type: "plain_text", text }, action_id: actionId, ...more };
}

/** A row of buttons; the block's id says what they are about. */
export function actions(blockId: string, buttons: readonly Button[]): ActionsBlock {
  return { type: "actions", block_id: blockId, elements: buttons.slice(0, LIMITS.actions) };
}

/** A section with a button at its side; the block's id says what they are about. */
export function withAccessory(block: SectionBlock, blockId: string, accessory: Button): SectionBlock {
  return { ...block, block_id: blockId, accessory };
}

/** What blocks cost of the message's budget. */
export function blocksSize(blocks: readonly object[]): number {
  return JSON.stringify(blocks).length;
}

function mrkdwnText(text: string, max: number): MrkdwnElement {
  // Slack refuses an empty text (slack-platform 2.1).
  return { type: "mrkdwn", text: clip(text, max) || "–", verbatim: true };
}

/** The parts that say something, with a dot between. */
export function dotted(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== "").join(" · ");
}

/** The lines that say something. */
export function lines(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== "").join("\n");
}
