import type { Json } from "../model.ts";
import {
  array,
  asText,
  boolean,
  byType,
  type Check,
  createProblems,
  integer,
  isObject,
  needs,
  type Problems,
  type Shape,
  string,
  typed,
} from "./checks.ts";
import { actionsElement, contextAction, image, imageFields, inputElement, sectionAccessory } from "./elements.ts";
import { LIMITS } from "./limits.ts";
import { newBlocks } from "./new-blocks.ts";
import { richText } from "./rich-text.ts";
import { anyText, id, imageUrl, plain, url } from "./text.ts";
import { totalsOf } from "./totals.ts";

export type Surface = "message" | "modal" | "home";

function block(type: string, shape: Shape): Check {
  return typed(type, { ...shape, optional: { block_id: id, ...shape.optional } });
}

const contextElement: Check = (value, at, problems) => {
  if (isObject(value) && value.type === "image") return image(value, at, problems);
  anyText(LIMITS.text)(value, at, problems);
};

const CLASSIC: Readonly<Record<string, Check>> = {
  header: block("header", { required: { text: plain(LIMITS.header) }, optional: { level: integer(1, 4) } }),
  section: block("section", {
    optional: {
      text: anyText(LIMITS.text),
      fields: array(anyText(LIMITS.field), 1, LIMITS.fields),
      accessory: sectionAccessory,
      expand: boolean,
    },
    also: needs(["text", "fields"], false),
  }),
  context: block("context", { required: { elements: array(contextElement, 1, LIMITS.contextElements) } }),
  actions: block("actions", { required: { elements: array(actionsElement, 1, LIMITS.actionsElements) } }),
  divider: block("divider", {}),
  image: block("image", {
    ...imageFields,
    optional: { ...imageFields.optional, title: plain(LIMITS.imageTitle) },
  }),
  rich_text: richText,
  input: block("input", {
    required: { label: plain(LIMITS.label), element: inputElement },
    optional: { hint: plain(LIMITS.label), optional: boolean, dispatch_action: boolean },
  }),
  video: block("video", {
    required: { video_url: url, thumbnail_url: imageUrl, alt_text: string(1, LIMITS.altText), title: plain(199) },
    optional: {
      title_url: url,
      author_name: string(1, 49),
      provider_name: string(1, LIMITS.id),
      provider_icon_url: imageUrl,
      description: plain(LIMITS.altText),
    },
  }),
};

const { alert, table, data_table, data_visualization, card, carousel, container, plan, task_card, markdown } =
  newBlocks(CLASSIC) as Record<string, Check>;

// Video needs the scope links.embed:write, which the manifest does not ask for: it is refused everywhere.
const { video: _video, ...usable } = CLASSIC;

const SHAPES: Readonly<Record<Surface, Readonly<Record<string, Check>>>> = {
  message: {
    ...usable,
    context_actions: block("context_actions", {
      required: { elements: array(contextAction, 1, LIMITS.contextActions) },
    }),
    ...({ table, data_table, data_visualization, card, carousel, container, plan, task_card, markdown } as Record<
      string,
      Check
    >),
  },
  modal: { ...usable, alert: alert as Check, card: card as Check },
  home: { ...usable, ...({ table, data_table, card, carousel, container } as Record<string, Check>) },
};

/**
 * Everything Slack would refuse in a list of blocks, as messages with JSON pointers; empty when the list is valid.
 * The total budget of a message is not part of it: that has an error code of its own (`isTooLong`).
 */
export function blockProblems(blocks: unknown, surface: Surface, at = "/blocks"): readonly string[] {
  const problems = createProblems();
  const max = surface === "message" ? LIMITS.blocksPerMessage : LIMITS.blocksPerView;
  array(byType(SHAPES[surface]), 0, max)(blocks, at, problems);
  if (Array.isArray(blocks)) {
    uniqueBlockIds(blocks, at, problems);
    uniqueActionIds(blocks, at, problems);
    if (surface === "message") perMessage(blocks, at, problems);
  }
  return problems.list;
}

function uniqueBlockIds(blocks: readonly unknown[], at: string, problems: Problems): void {
  const seen = new Set<unknown>();
  for (const [index, each] of blocks.entries()) {
    if (!isObject(each) || each.block_id === undefined) continue;
    if (seen.has(each.block_id))
      problems.add(`${at}/${index}/block_id`, `block_id is not unique: ${asText(each.block_id)}`);
    seen.add(each.block_id);
  }
}

function uniqueActionIds(blocks: readonly unknown[], at: string, problems: Problems): void {
  for (const [index, each] of blocks.entries()) {
    if (!isObject(each)) continue;
    const seen = new Set<unknown>();
    for (const element of interactiveOf(each)) {
      if (element.action_id === undefined) continue;
      if (seen.has(element.action_id))
        problems.add(`${at}/${index}`, `action_id is not unique: ${asText(element.action_id)}`);
      seen.add(element.action_id);
    }
  }
}

/** The elements of a block that people can act on, those of nested blocks included. */
export function interactiveOf(each: Json): readonly Json[] {
  const own = [each.accessory, each.element, ...listOf(each.elements), ...listOf(each.actions)].filter(isObject);
  const nested = [...listOf(each.child_blocks), ...listOf(each.elements)].filter(isObject);
  const inCards = nested.flatMap((child) => (child.type === "card" || each.child_blocks ? interactiveOf(child) : []));
  return [...own.filter((element) => element.type !== "card" && "type" in element), ...inCards];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function perMessage(blocks: readonly unknown[], at: string, problems: Problems): void {
  const totals = totalsOf(blocks);
  if (totals.charts > LIMITS.chartsPerMessage)
    problems.add(at, `no more than ${LIMITS.chartsPerMessage} data_visualization blocks allowed`);
  if (totals.tables > LIMITS.table.perMessage)
    problems.add(at, `no more than ${LIMITS.table.perMessage} table blocks allowed`);
  if (totals.markdown > LIMITS.markdownPerMessage)
    problems.add(at, `markdown blocks exceed ${LIMITS.markdownPerMessage} characters`);
  if (totals.tableCells > LIMITS.table.charsPerMessage)
    problems.add(at, `table cells exceed ${LIMITS.table.charsPerMessage} characters`);
  if (totals.dataTableCells > LIMITS.dataTable.charsPerMessage) {
    problems.add(at, `data_table cells exceed ${LIMITS.dataTable.charsPerMessage} characters`);
  }
}

/** Whether the text of all blocks together exceeds the undocumented budget of one message. */
export function isTooLong(blocks: readonly unknown[]): boolean {
  return totalsOf(blocks).content > LIMITS.blockContentPerMessage;
}
