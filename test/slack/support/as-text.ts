import type { Message } from "../../../src/domain/message.ts";
import { messageToText } from "../../../src/sandbox/fake-slack/message-text.ts";

/** A message as a person reads it. */
export function asText(message: Message): string {
  return messageToText({ text: message.text, blocks: message.blocks, attachments: [] }, { nameOf: () => undefined });
}
