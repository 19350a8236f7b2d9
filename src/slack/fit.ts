import type { Message } from "../domain/message.ts";
import { blocksSize, context } from "./blocks.ts";
import { BUDGET, LIMITS } from "./limits.ts";
import { clip, clipPlain } from "./text.ts";

/**
 * The guard at the end of every renderer: whatever comes in, what goes out is within Slack's limits. Renderers divide
 * their room themselves; when one miscounts, this cuts from the end and says so, and the message is still sent.
 * Never throws.
 */
export function fitMessage(message: Message): Message {
  const text = clip(wellFormed(message.text), BUDGET.text).trim();
  const blocks = fitBlocks(message.blocks.map(fitBlock).filter((block) => block !== null));
  return { ...message, text: text === "" ? "FindAll Notifier" : text, blocks };
}

/** The same message without blocks, for when Slack refuses them. */
export function toPlainMessage(message: Message): Message {
  return { ...fitMessage(message), blocks: [] };
}

const CUT = context("… the rest did not fit into one message.");

function fitBlocks(blocks: readonly object[]): readonly object[] {
  if (blocks.length <= LIMITS.blocks && blocksSize(blocks) <= BUDGET.blocksJson) return blocks;
  const kept: object[] = [];
  let size = blocksSize([CUT]);
  for (const block of blocks.slice(0, LIMITS.blocks - 1)) {
    size += blocksSize([block]);
    if (size > BUDGET.blocksJson) break;
    kept.push(block);
  }
  return [...kept, CUT];
}

type Json = Readonly<Record<string, unknown>>;

/** Null when nothing that Slack would take is left of it. */
function fitBlock(block: object): object | null {
  const json = block as Json;
  if (json.type === "section") return fitSection(json);
  if (json.type === "context") return fitContext(json);
  if (json.type === "header") {
    const text = fitText(json.text, LIMITS.headerText);
    return text === null ? null : { ...json, text };
  }
  return block;
}

function fitSection(json: Json): object | null {
  const text = fitText(json.text, LIMITS.sectionText);
  const fields = fitList(json.fields, LIMITS.fields, LIMITS.fieldText);
  if (text === null && fields === null) return null;
  const { text: _text, fields: _fields, ...rest } = json;
  return { ...rest, ...(text === null ? {} : { text }), ...(fields === null ? {} : { fields }) };
}

function fitContext(json: Json): object | null {
  const elements = fitList(json.elements, LIMITS.contextElements, LIMITS.contextText);
  return elements === null ? null : { ...json, elements };
}

function fitList(list: unknown, maxItems: number, maxText: number): readonly object[] | null {
  if (!Array.isArray(list)) return null;
  const kept = list.map((item: unknown) => fitElement(item, maxText)).filter((item) => item !== null);
  return kept.length === 0 ? null : kept.slice(0, maxItems);
}

function fitElement(item: unknown, max: number): object | null {
  if (typeof item !== "object" || item === null) return null;
  return (item as Json).type === "image" ? item : fitText(item, max);
}

function fitText(value: unknown, max: number): object | null {
  if (typeof value !== "object" || value === null) return null;
  const json = value as Json;
  if (typeof json.text !== "string" || json.text.trim() === "") return null;
  const text = wellFormed(json.text);
  return { ...json, text: json.type === "mrkdwn" ? clip(text, max) : clipPlain(text, max) };
}

function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
