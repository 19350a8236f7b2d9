import type { Json } from "../../fake-slack/model.ts";
import { asText, isObject } from "../../fake-slack/validate/checks.ts";
import { attributes, type Html, html } from "./html.ts";
import { byTypeOf, listOf } from "./json.ts";
import type { Look } from "./look.ts";
import { notShown } from "./not-shown.ts";
import { leafHtml } from "./rich-text-leaves.ts";

/** A `rich_text` block or value. */
export function richTextHtml(value: unknown, look: Look): Html {
  if (!isObject(value) || value.type !== "rich_text") return notShown("rich text", value);
  return html`<div class="b-rich">${listOf(value.elements).map((each) => containerHtml(each, look))}</div>`;
}

type Container = (container: Json, look: Look) => Html;

const CONTAINERS: Readonly<Record<string, Container>> = {
  rich_text_section: (section, look) => html`<div class="b-rich-section">${leaves(section, look)}</div>`,
  rich_text_list: list,
  rich_text_quote: (quote, look) =>
    html`<blockquote${attributes({ class: `b-quote${bordered(quote)}` })}>${leaves(quote, look)}</blockquote>`,
  rich_text_preformatted: (pre, look) => {
    const names = {
      class: `b-pre${bordered(pre)}`,
      "data-language": pre.language === undefined ? null : asText(pre.language),
    };
    return html`<pre${attributes(names)}><code>${leaves(pre, look)}</code></pre>`;
  },
};

function containerHtml(container: unknown, look: Look): Html {
  const render = byTypeOf(CONTAINERS, container);
  return render ? render(container as Json, look) : notShown("rich text part", container);
}

function leaves(container: Json, look: Look): readonly Html[] {
  return listOf(container.elements).map((leaf) => leafHtml(leaf, look));
}

const DEEPEST = 8;

/** A list; Slack keeps one for each stretch of the same indent, so that depth is a class and not a nesting. */
function list(value: Json, look: Look): Html {
  const indent = Math.min(DEEPEST, Math.max(0, Math.trunc(Number(value.indent) || 0)));
  const ordered = value.style === "ordered";
  const items = listOf(value.elements).map((item) => html`<li>${itemHtml(item, look)}</li>`);
  const names = { class: `b-list b-indent-${indent} b-marks-${indent % 3}${bordered(value)}` };
  if (!ordered) return html`<ul${attributes(names)}>${items}</ul>`;
  const start = Math.trunc(Number(value.offset) || 0) + 1;
  return html`<ol${attributes({ ...names, start: start === 1 ? null : start })}>${items}</ol>`;
}

function itemHtml(item: unknown, look: Look): Html {
  if (isObject(item) && item.type === "rich_text_section") return html`${leaves(item, look)}`;
  return containerHtml(item, look);
}

function bordered(container: Json): string {
  return container.border === 1 ? " b-bordered" : "";
}
