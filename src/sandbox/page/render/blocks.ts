import type { Json } from "../../fake-slack/model.ts";
import { alert, card, carousel, container, type Nested, plan, taskCard } from "./cards.ts";
import { actions, context, divider, file, header, image, section, video } from "./classic-blocks.ts";
import { type AttributeValue, attributes, type Html, html } from "./html.ts";
import { inputBlock } from "./input-block.ts";
import { byTypeOf, field } from "./json.ts";
import type { Look, Spot } from "./look.ts";
import { markdown } from "./markdown.ts";
import { notShown } from "./not-shown.ts";
import { richTextHtml } from "./rich-text.ts";
import { chart, dataTable, table } from "./tables.ts";

export type { Look } from "./look.ts";

/** Blocks of a message, a modal or a Home tab as markup. Pure; what it cannot render it names, and nothing is dropped. */
export function renderBlocks(blocks: readonly Json[], look: Look): string {
  const rendered = blocks.map((block, index) =>
    blockHtml(block, { look, id: `${look.idPrefix}-${index}`, blockId: undefined }),
  );
  return html`${rendered}`.markup;
}

type Block = (block: Json, spot: Spot, nested: Nested) => Html;

const BLOCKS: Readonly<Record<string, Block>> = {
  header,
  section,
  context,
  actions,
  // Its buttons stand in a row like those of others.
  context_actions: actions,
  divider,
  image,
  rich_text: (block, spot) => richTextHtml(block, spot.look),
  markdown: (block, spot) => markdown(block, spot.look),
  input: inputBlock,
  table,
  data_table: dataTable,
  data_visualization: chart,
  card,
  carousel,
  container,
  alert,
  plan,
  task_card: taskCard,
  video,
  file,
};

function blockHtml(block: unknown, around: Spot): Html {
  const render = byTypeOf(BLOCKS, block);
  if (!render) return notShown("block type", block);
  const known = block as Json;
  // Blocks inside others have an id of their own only where the app gave one.
  const blockId = field(known, "block_id") ?? around.blockId;
  const names: Readonly<Record<string, AttributeValue>> = {
    class: "b-block",
    "data-block": field(known, "type"),
    "data-block-id": blockId,
  };
  return html`<div${attributes(names)}>${render(known, { ...around, blockId }, blockHtml)}</div>`;
}
