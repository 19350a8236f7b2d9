import type { Json } from "./model.ts";
import { interpretMrkdwn } from "./mrkdwn.ts";
import { richTextLines } from "./rich-text-text.ts";
import { linkText, type NameOf, spansToText } from "./span-text.ts";
import { asText, isObject } from "./validate/checks.ts";

export interface Reader {
  readonly nameOf: NameOf;
  readonly verbose: boolean;
}

type Lines = (block: Json, reader: Reader) => readonly string[];

/** A block as lines of plain text; one that is not known here is named with its content. */
export function blockLines(block: unknown, reader: Reader): readonly string[] {
  if (!isObject(block)) return [`(not a block: ${JSON.stringify(block)})`];
  const lines = Object.hasOwn(BLOCKS, asText(block.type)) ? BLOCKS[asText(block.type)] : undefined;
  return lines ? lines(block, reader) : [`(${asText(block.type)}: ${JSON.stringify(block)})`];
}

const BLOCKS: Readonly<Record<string, Lines>> = {
  header: (block, reader) => [`# ${textOf(block.text, reader)}`],
  section: sectionLines,
  context: (block, reader) => [
    listOf(block.elements)
      .map((each) => elementText(each, reader))
      .join("  "),
  ],
  actions: (block, reader) => [
    listOf(block.elements)
      .map((each) => elementText(each, reader))
      .join(" "),
  ],
  context_actions: (block, reader) => [
    listOf(block.elements)
      .map((each) => elementText(each, reader))
      .join(" "),
  ],
  divider: () => ["────────"],
  image: (block, reader) => [
    `${isObject(block.title) ? `${textOf(block.title, reader)} ` : ""}${elementText(block, reader)}`,
  ],
  rich_text: (block, reader) => richTextLines(block, reader.nameOf),
  markdown: (block) => asText(block.text).split("\n"),
  input: (block, reader) => [
    `${textOf(block.label, reader)}: ${elementText(block.element, reader)}`,
    ...hintLines(block, reader),
  ],
  alert: (block, reader) => [`(${asText(block.level ?? "default")}) ${textOf(block.text, reader)}`],
  table: (block, reader) => rowLines(block, reader),
  data_table: (block, reader) => [`Table: ${asText(block.caption)}`, ...rowLines(block, reader)],
  data_visualization: (block) => [`Chart: ${asText(block.title)}`, JSON.stringify(block.chart)],
  card: cardLines,
  carousel: (block, reader) => listOf(block.elements).flatMap((each) => [...blockLines(each, reader), ""]),
  container: containerLines,
  plan: (block, reader) => [asText(block.title), ...listOf(block.tasks).flatMap((task) => blockLines(task, reader))],
  task_card: taskLines,
  video: (block, reader) => [`(video: ${linkText(textOf(block.title, reader), asText(block.video_url))})`],
};

function sectionLines(block: Json, reader: Reader): readonly string[] {
  const text = isObject(block.text) ? textOf(block.text, reader).split("\n") : [];
  const fields = listOf(block.fields).map((field) => textOf(field, reader).replaceAll("\n", ": "));
  const accessory = isObject(block.accessory) ? [elementText(block.accessory, reader)] : [];
  return [...text, ...fields, ...accessory];
}

function hintLines(block: Json, reader: Reader): readonly string[] {
  return isObject(block.hint) ? [`  ${textOf(block.hint, reader)}`] : [];
}

function rowLines(block: Json, reader: Reader): readonly string[] {
  return listOf(block.rows).map((row) =>
    listOf(row)
      .map((cell) => cellText(cell, reader))
      .join(" | "),
  );
}

function cellText(cell: unknown, reader: Reader): string {
  if (!isObject(cell)) return "";
  return cell.type === "rich_text" ? richTextLines(cell, reader.nameOf).join(" ") : asText(cell.text);
}

function cardLines(block: Json, reader: Reader): readonly string[] {
  const texts = [block.title, block.subtitle, block.body, block.subtext].filter(isObject);
  const images = [block.hero_image, block.icon].filter(isObject).map((image) => elementText(image, reader));
  const actions = listOf(block.actions).map((each) => elementText(each, reader));
  return [...texts.map((text) => textOf(text, reader)), ...images, ...(actions.length > 0 ? [actions.join(" ")] : [])];
}

function containerLines(block: Json, reader: Reader): readonly string[] {
  const title = isObject(block.rich_text_title)
    ? richTextLines(block.rich_text_title, reader.nameOf).join(" ")
    : textOf(block.title, reader);
  const subtitle = isObject(block.subtitle) ? [`  ${textOf(block.subtitle, reader)}`] : [];
  const children = listOf(block.child_blocks).flatMap((child) => blockLines(child, reader));
  return [`${block.default_collapsed ? "▸" : "▾"} ${title}`, ...subtitle, ...children.map((line) => `  ${line}`)];
}

function taskLines(block: Json, reader: Reader): readonly string[] {
  const rich = [block.details, block.output].filter(isObject).flatMap((each) => richTextLines(each, reader.nameOf));
  const sources = listOf(block.sources)
    .filter(isObject)
    .map((each) => linkText(asText(each.text), asText(each.url)));
  return [`- ${asText(block.title)} (${asText(block.status)})`, ...[...rich, ...sources].map((line) => `  ${line}`)];
}

/** A text object as plain text. */
export function textOf(text: unknown, reader: Reader): string {
  if (!isObject(text)) return typeof text === "string" ? text : "";
  if (text.type !== "mrkdwn") return asText(text.text);
  return spansToText(interpretMrkdwn(asText(text.text), { verbatim: text.verbatim === true }), reader.nameOf);
}

/** An element as a person would describe it: `[Accept]`, `[Reason ▾]`, an image by its alternative text. */
function elementText(element: unknown, reader: Reader): string {
  if (!isObject(element)) return "";
  const type = asText(element.type);
  const id = reader.verbose && element.action_id ? `{${asText(element.action_id)}}` : "";
  if (type === "mrkdwn" || type === "plain_text") return textOf(element, reader);
  if (type === "image") return `(image: ${asText(element.alt_text)})`;
  if (type === "button" || type === "workflow_button" || type === "icon_button")
    return `[${buttonText(element, reader)}]${id}`;
  if (type === "overflow") return `[… ${optionTexts(element, reader)}]${id}`;
  if (type === "feedback_buttons") return feedbackText(element, reader) + id;
  if (Array.isArray(element.options) || Array.isArray(element.option_groups))
    return `[${menuText(element, reader)} ▾]${id}`;
  return `[${textOf(element.placeholder, reader) || type}${element.initial_value ? `: ${asText(element.initial_value)}` : ""}]${id}`;
}

function buttonText(element: Json, reader: Reader): string {
  const text = textOf(element.text, reader);
  return element.url ? linkText(text, asText(element.url)) : text;
}

function feedbackText(element: Json, reader: Reader): string {
  return [element.positive_button, element.negative_button]
    .filter(isObject)
    .map((button) => `[${textOf(button.text, reader)}]`)
    .join(" ");
}

function menuText(element: Json, reader: Reader): string {
  const initial = isObject(element.initial_option) ? textOf(element.initial_option.text, reader) : "";
  const label = initial || textOf(element.placeholder, reader);
  return `${label ? `${label}: ` : ""}${optionTexts(element, reader)}`;
}

function optionTexts(element: Json, reader: Reader): string {
  const groups = listOf(element.option_groups)
    .filter(isObject)
    .flatMap((group) => listOf(group.options));
  return [...listOf(element.options), ...groups]
    .filter(isObject)
    .map((option) =>
      option.url ? linkText(textOf(option.text, reader), asText(option.url)) : textOf(option.text, reader),
    )
    .join(" / ");
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
