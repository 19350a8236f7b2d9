import { idsInAddresses, isRunId, plainTextOf } from "../extract-id.ts";

/** More than a person reads in one message; what is beyond is not looked at. */
const MOST_TEXTS = 400;
const MOST_CHARACTERS = 40_000;
const DEEPEST = 12;
/** Ids stand in prose here, so only what nothing else looks like is one. */
export const RUN_ID = /(?<![\w-])(?:findall|run)_(?!id(?![\w-]))[A-Za-z0-9_-]+/gi;

/** The run ids in a text that was not written for us, in the order of reading, each once. */
export function findRunIds(texts: readonly string[]): readonly string[] {
  const found = texts.flatMap((text) => {
    const plain = plainTextOf(text);
    const { ids } = idsInAddresses(plain);
    return [...ids, ...(plain.match(RUN_ID) ?? [])];
  });
  return [...new Set(found)].filter(isRunId);
}

/** Every text of a message: its own, and what stands in its blocks and attachments. @param message as Slack sent it */
export function textsOf(message: unknown): readonly string[] {
  const texts: string[] = [];
  let left = MOST_CHARACTERS;
  const visit = (value: unknown, depth: number): void => {
    if (depth > DEEPEST || texts.length >= MOST_TEXTS || left <= 0) return;
    if (typeof value === "string") {
      texts.push(value.slice(0, left));
      left -= value.length;
    } else if (Array.isArray(value)) {
      for (const each of value) visit(each, depth + 1);
    } else if (typeof value === "object" && value !== null) {
      for (const [name, each] of Object.entries(value)) if (!NOT_WRITTEN.has(name)) visit(each, depth + 1);
    }
  };
  const { text, blocks, attachments } = Object(message) as Readonly<Record<string, unknown>>;
  for (const part of [text, blocks, attachments]) visit(part, 0);
  return texts;
}

/** Names that nobody wrote: what a button carries, and how a block is called. */
const NOT_WRITTEN = new Set(["type", "block_id", "action_id", "value", "id", "ts", "style"]);
