import type { Json } from "../../fake-slack/model.ts";
import { asText, isObject } from "../../fake-slack/validate/checks.ts";
import { elementHtml } from "./elements.ts";
import { attributes, type Html, html } from "./html.ts";
import { imageHtml } from "./images.ts";
import { field, listOf } from "./json.ts";
import { link } from "./links.ts";
import { inside, type Spot } from "./look.ts";
import { textHtml } from "./mrkdwn.ts";
import { notShown } from "./not-shown.ts";
import { richTextHtml } from "./rich-text.ts";

/** Renders a block inside another one. */
export type Nested = (block: unknown, spot: Spot) => Html;

const isGiven = (value: unknown) => value !== undefined && value !== null;

/** A card: images, four kinds of text, up to three buttons. */
export function card(block: Json, spot: Spot): Html {
  const { look } = spot;
  const hero = isGiven(block.hero_image) ? html`<div class="b-frame">${imageHtml(block.hero_image)}</div>` : null;
  const texts = ["title", "subtitle", "body", "subtext"]
    .filter((name) => isGiven(block[name]))
    .map((name) => html`<div${attributes({ class: `b-text b-card-${name}` })}>${textHtml(block[name], look)}</div>`);
  const buttons = listOf(block.actions).map(
    (each, index) => html`<div class="b-action">${elementHtml(each, inside(spot, index))}</div>`,
  );
  const actions = buttons.length > 0 ? html`<div class="b-actions">${buttons}</div>` : null;
  return html`<article class="b-card">${hero}${icon(block)}${texts}${actions}</article>`;
}

function icon(block: Json): Html | null {
  if (isGiven(block.icon)) return imageHtml(block.icon);
  if (!isGiven(block.slack_icon)) return null;
  const name = isObject(block.slack_icon) ? asText(block.slack_icon.name ?? "") : asText(block.slack_icon);
  return html`<span class="b-image-named">Slack’s icon “${name}”</span>`;
}

/** Cards side by side, to scroll through. */
export function carousel(block: Json, spot: Spot, nested: Nested): Html {
  const cards = listOf(block.elements).map((each, index) => html`<li>${nested(each, inside(spot, index))}</li>`);
  return html`<ul class="b-carousel" tabindex="0" aria-label="Cards">${cards}</ul>`;
}

/** Blocks under a title, which may be folded away. */
export function container(block: Json, spot: Spot, nested: Nested): Html {
  const { look } = spot;
  const title = isGiven(block.rich_text_title)
    ? richTextHtml(block.rich_text_title, look)
    : html`<span>${textHtml(block.title, look)}</span>`;
  const subtitle = isGiven(block.subtitle)
    ? html`<span class="b-description">${textHtml(block.subtitle, look)}</span>`
    : null;
  const head = html`${isGiven(block.icon) ? imageHtml(block.icon) : null}${title}${subtitle}`;
  const line = block.has_header_divider === true ? html`<hr class="b-divider">` : null;
  const children = listOf(block.child_blocks).map((each, index) => nested(each, inside(spot, index)));
  const width = ["narrow", "standard", "wide", "full"].find((each) => each === block.width) ?? "standard";
  const names = `b-container b-width-${width}`;
  if (block.is_collapsible !== true) {
    return html`<section${attributes({ class: names })}><div class="b-container-head">${head}</div>${line}${children}</section>`;
  }
  const open = block.default_collapsed !== true;
  return html`<details${attributes({ class: names, open })}><summary class="b-container-head">${head}</summary>${line}${children}</details>`;
}

const LEVELS: Readonly<Record<string, string>> = { info: "ℹ", warning: "⚠", error: "⛔", success: "✓" };

/** A notice in a modal; its level is told by a word, too. */
export function alert(block: Json, { look }: Spot): Html {
  const level = field(block, "level") ?? "default";
  const known = Object.hasOwn(LEVELS, level);
  const word = level === "default" ? null : html`<span class="b-alert-level">${LEVELS[level]} ${level}</span>`;
  const names = { class: `b-alert b-alert-${known ? level : "default"}`, role: "note" };
  return html`<div${attributes(names)}>${word}<div class="b-text">${textHtml(block.text, look)}</div></div>`;
}

/** A plan and its tasks. */
export function plan(block: Json, spot: Spot, nested: Nested): Html {
  const tasks = listOf(block.tasks).map((task, index) => html`<li>${nested(task, inside(spot, index))}</li>`);
  const title = html`<div class="b-plan-title">${bareText(block.title, spot)}</div>`;
  return html`<section class="b-plan">${title}<ol class="b-tasks">${tasks}</ol></section>`;
}

const STATUSES: Readonly<Record<string, readonly [string, string]>> = {
  pending: ["○", "pending"],
  in_progress: ["◐", "in progress"],
  complete: ["●", "complete"],
  error: ["✗", "error"],
};

/** One step of work: its state, what it was about, what came out and where that is from. */
export function taskCard(block: Json, spot: Spot): Html {
  const status = field(block, "status") ?? "without a status";
  const [sign, words] = Object.hasOwn(STATUSES, status) ? (STATUSES[status] ?? ["", status]) : ["", status];
  const parts = ["details", "output"]
    .filter((name) => isGiven(block[name]))
    .map((name) => html`<div${attributes({ class: `b-task-${name}` })}>${richTextHtml(block[name], spot.look)}</div>`);
  const sources = listOf(block.sources).map((each) => html`<li>${source(each)}</li>`);
  const list = sources.length > 0 ? html`<ul class="b-sources">${sources}</ul>` : null;
  const state = html`<span class="b-task-status">${sign} ${words}</span>`;
  return html`<div class="b-task"><div class="b-task-title">${bareText(block.title, spot)} ${state}</div>${parts}${list}</div>`;
}

// Slack takes bare strings here and refuses text objects; if one is there it is shown all the same.
function bareText(text: unknown, { look }: Spot): Html {
  return typeof text === "string" ? html`${text}` : textHtml(text, look);
}

function source(value: unknown): Html {
  if (!isObject(value) || value.type !== "url") return notShown("source", value);
  return link(asText(value.url ?? ""), asText(value.text ?? value.url ?? ""));
}
