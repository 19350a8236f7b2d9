import { isObject } from "./checks.ts";

export interface Totals {
  /** Characters of all that is shown: texts, labels, titles. Ids, values and addresses do not count. */
  readonly content: number;
  readonly charts: number;
  readonly tables: number;
  readonly markdown: number;
  readonly tableCells: number;
  readonly dataTableCells: number;
}

// Slack does not document its formula; what people see is the reading that fits the reports.
const NOT_SHOWN = new Set([
  "type",
  "block_id",
  "action_id",
  "value",
  "url",
  "image_url",
  "style",
  "level",
  "task_id",
  "status",
]);

/** Sums over all blocks of a message, for the limits that no single block can break. */
export function totalsOf(blocks: readonly unknown[]): Totals {
  const ofType = (type: string) => blocks.filter((block) => isObject(block) && block.type === type);
  const charsOf = (type: string) => ofType(type).reduce<number>((sum, block) => sum + shownChars(block), 0);
  return {
    content: blocks.reduce<number>((sum, block) => sum + shownChars(block), 0),
    charts: ofType("data_visualization").length,
    tables: ofType("table").length,
    markdown: charsOf("markdown"),
    tableCells: charsOf("table"),
    dataTableCells: charsOf("data_table"),
  };
}

function shownChars(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + shownChars(each), 0);
  if (!isObject(value)) return 0;
  let sum = 0;
  for (const [name, field] of Object.entries(value)) if (!NOT_SHOWN.has(name)) sum += shownChars(field);
  return sum;
}
