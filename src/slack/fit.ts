import type { Message } from "../domain/message.ts";
import { blocksSize, context } from "./blocks.ts";
import { fitBlock, wellFormed } from "./fit-block.ts";
import { BUDGET, LIMITS } from "./limits.ts";
import { clip } from "./text.ts";

/**
 * The guard at the end of every renderer: whatever comes in, what goes out is within Slack's limits. Renderers divide
 * their room themselves; when one miscounts, this cuts from the end and says so, and the message is still sent.
 * Never throws.
 */
export function fitMessage(message: Message): Message {
  const text = clip(wellFormed(message.text), BUDGET.text).trim();
  return { ...message, text: text === "" ? "FindAll Notifier" : text, blocks: fitBlocks(validBlocks(message.blocks)) };
}

/** The same message without blocks, for when Slack refuses them. */
export function toPlainMessage(message: Message): Message {
  return { ...fitMessage(message), blocks: [] };
}

const CUT = context("… the rest did not fit into one message.");

/** Buttons belong to what stands above them: when that is nothing any more, they would seem to belong to what is above it. */
function validBlocks(blocks: readonly object[]): readonly object[] {
  const fitted = blocks.map(fitBlock);
  return fitted.filter(
    (block, index) => block !== null && !(isRow(block) && index > 0 && fitted[index - 1] === null),
  ) as object[];
}

function isRow(block: object): boolean {
  return "type" in block && block.type === "actions";
}

function fitBlocks(blocks: readonly object[]): readonly object[] {
  if (fits(blocks)) return blocks;
  const kept: object[] = [];
  for (const group of groupsOf(blocks)) {
    if (fits([...kept, ...group, CUT])) kept.push(...group);
    else return [...kept, ...(kept.some(isRow) ? [] : shortened(group, kept)), CUT];
  }
  return [...kept, CUT];
}

function fits(blocks: readonly object[]): boolean {
  return blocks.length <= LIMITS.blocks && blocksSize(blocks) <= BUDGET.blocksJson;
}

/** What is kept or cut together: a row of buttons with all that it is about, and every block that has no row below it. */
function groupsOf(blocks: readonly object[]): readonly (readonly object[])[] {
  const lastRow = blocks.findLastIndex(isRow);
  const groups: object[][] = [[]];
  for (const [index, block] of blocks.entries()) {
    groups.at(-1)?.push(block);
    if (isRow(block) || index > lastRow) groups.push([]);
  }
  return groups.filter((group) => group.length > 0);
}

/** The first blocks of a group and its buttons: a candidate can be decided also where its evidence is cut. */
function shortened(group: readonly object[], before: readonly object[]): readonly object[] {
  const row = group.slice(-1).filter(isRow);
  const kept: object[] = [];
  for (const block of group.slice(0, group.length - row.length)) {
    if (!fits([...before, ...kept, block, ...row, CUT])) break;
    kept.push(block);
  }
  return kept.length > 0 && fits([...before, ...kept, ...row, CUT]) ? [...kept, ...row] : kept;
}
