import type { Json } from "./model.ts";
import { dateText, linkText, type NameOf } from "./span-text.ts";
import { asText, isObject } from "./validate/checks.ts";

/** A `rich_text` block as lines of plain text. */
export function richTextLines(block: Json, nameOf: NameOf): readonly string[] {
  return listOf(block.elements).flatMap((element) => containerLines(element, nameOf));
}

function containerLines(element: Json, nameOf: NameOf): readonly string[] {
  switch (element.type) {
    case "rich_text_section":
    case "rich_text_preformatted":
      return leavesText(element, nameOf).replace(/\n$/, "").split("\n");
    case "rich_text_quote":
      return leavesText(element, nameOf)
        .split("\n")
        .map((line) => `> ${line}`);
    case "rich_text_list":
      return listLines(element, nameOf);
    default:
      return [`(${asText(element.type)}: ${JSON.stringify(element)})`];
  }
}

function listLines(list: Json, nameOf: NameOf): readonly string[] {
  const indent = "  ".repeat(typeof list.indent === "number" ? list.indent : 0);
  const first = typeof list.offset === "number" ? list.offset : 0;
  return listOf(list.elements).map((item, index) => {
    const mark = list.style === "ordered" ? `${first + index + 1}.` : "•";
    return `${indent}${mark} ${leavesText(item, nameOf)}`;
  });
}

function leavesText(section: Json, nameOf: NameOf): string {
  return listOf(section.elements)
    .map((leaf) => leafText(leaf, nameOf))
    .join("");
}

function leafText(leaf: Json, nameOf: NameOf): string {
  switch (leaf.type) {
    case "text":
      return asText(leaf.text);
    case "link":
      return linkText(asText(leaf.text ?? ""), asText(leaf.url));
    case "user":
      return `@${nameOf(asText(leaf.user_id)) ?? asText(leaf.user_id)}`;
    case "channel":
      return `#${nameOf(asText(leaf.channel_id)) ?? asText(leaf.channel_id)}`;
    case "usergroup":
      return `@${asText(leaf.usergroup_id)}`;
    case "broadcast":
      return `@${asText(leaf.range)}`;
    case "emoji":
      return `:${asText(leaf.name)}:`;
    case "date":
      return dateText(Number(leaf.timestamp), asText(leaf.fallback ?? ""));
    default:
      return `(${JSON.stringify(leaf)})`;
  }
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
