import type { Message } from "../domain/message.ts";

/** A message as the answer to one person. */
export function ephemeral({ text, blocks }: Message) {
  return {
    response_type: "ephemeral" as const,
    text,
    ...(blocks.length > 0 ? { blocks: [...blocks] as never[] } : {}),
  };
}
