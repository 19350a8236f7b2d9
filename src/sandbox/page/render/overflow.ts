import type { Json } from "../../fake-slack/model.ts";
import { isObject } from "../../fake-slack/validate/checks.ts";
import { controlData } from "./control.ts";
import { attributes, type Html, html } from "./html.ts";
import { field, listOf } from "./json.ts";
import { deadAddress, LEAVES_THE_PAGE, safeHref } from "./links.ts";
import type { Spot } from "./look.ts";
import { textHtml } from "./mrkdwn.ts";
import { notShown } from "./not-shown.ts";

/** A menu behind three dots. It unfolds without a script; its options carry their values. */
export function overflow(element: Json, spot: Spot): Html {
  const names = { id: spot.id, class: "b-overflow", ...controlData("overflow", element, spot) };
  const items = listOf(element.options).map((option) => html`<li>${overflowOption(option, spot)}</li>`);
  return html`<details${attributes(names)}><summary aria-label="More actions">⋯</summary><ul>${items}</ul></details>`;
}

function overflowOption(option: unknown, { look }: Spot): Html {
  if (!isObject(option)) return notShown("option", option);
  const description = option.description
    ? html`<span class="b-description">${textHtml(option.description, look)}</span>`
    : null;
  const label = html`<span>${textHtml(option.text, look)}</span>${description}`;
  const url = field(option, "url");
  const href = url === undefined ? undefined : safeHref(url);
  const shared = { class: "b-overflow-option", "data-option-value": field(option, "value") ?? "" };
  if (href !== undefined && look.interactive) {
    return html`<a${attributes({ ...shared, href, ...LEAVES_THE_PAGE })}>${label}</a>`;
  }
  const own = { type: "button", ...shared, "data-url": href, disabled: !look.interactive };
  const dead = url !== undefined && href === undefined ? deadAddress(url) : null;
  return html`<button${attributes(own)}>${label}</button>${dead}`;
}
