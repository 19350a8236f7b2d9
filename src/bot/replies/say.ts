import type { Message } from "../../domain/message.ts";
import type { RunSpec } from "../../domain/run.ts";
import { section } from "../../slack/blocks.ts";
import { fitMessage } from "../../slack/fit.ts";
import { checkUrl, link } from "../../slack/links.ts";
import { bare, escapeControl } from "../../slack/text.ts";

const TITLE_LENGTH = 150;

/** A reply of a few paragraphs: each a section of its own, and all of them as plain text. */
export function say(...paragraphs: readonly string[]): Message {
  return fitMessage({ text: paragraphs.join("\n"), blocks: paragraphs.map(section) });
}

/** Something to type, or an id: shown as code. Never for foreign text, which may hold a back-tick. */
export function code(text: string): string {
  return `\`${escapeControl(text)}\``;
}

/** Text that somebody else wrote, harmless in blocks and in the top-level text alike. @param max length */
export function foreign(text: string, max: number): string {
  return bare(text, max);
}

/** What a run is called where its id stands beside it. @param max length */
export function runTitle(spec: RunSpec | null, max: number): string {
  return foreign(spec?.objective ?? "", max) || "A run";
}

/** The run in a sentence: its objective, and the id that commands take. */
export function runName(runId: string, spec: RunSpec | null): string {
  const objective = foreign(spec?.objective ?? "", TITLE_LENGTH);
  return objective ? `*${objective}* (${code(runId)})` : code(runId);
}

/** The card as a link, or word that it is still on its way. */
export function cardReference(cardLink: string | null): string {
  return linked(cardLink, "here is its card") ?? "its card is on its way";
}

/** The card as an afterthought; nothing when there is no link. */
export function cardSuffix(cardLink: string | null): string {
  const reference = linked(cardLink, "see the card");
  return reference ? ` (${reference})` : "";
}

/** A link with a label, or null when the address is not one to link to. */
export function linked(address: string | null, label: string): string | null {
  const url = address === null ? null : checkUrl(address);
  return url === null ? null : link(url, label, TITLE_LENGTH);
}

/** What a person types to let the bot in; the mention shows the name that the bot has in this workspace. */
export function invite(botUserId: string): string {
  return `*/invite <@${botUserId}>*`;
}
