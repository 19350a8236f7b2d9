import type { Json } from "../../fake-slack/model.ts";
import { asText, isObject } from "../../fake-slack/validate/checks.ts";
import { controlData } from "./control.ts";
import { attributes, type Html, html, isEmpty } from "./html.ts";
import { field } from "./json.ts";
import { deadAddress, LEAVES_THE_PAGE, safeHref } from "./links.ts";
import type { Spot } from "./look.ts";
import { textHtml } from "./mrkdwn.ts";
import { namedBox, notShown } from "./not-shown.ts";

/** A button. One with a `url` opens it, and the client still sends the action, as Slack does. */
export function button(element: Json, spot: Spot): Html {
  const words = textHtml(element.text, spot.look);
  const label = isEmpty(words) ? "(a button without text)" : words;
  const shared = {
    id: spot.id,
    class: buttonClass(element),
    ...controlData("button", element, spot),
    "data-value": field(element, "value"),
    "aria-label": field(element, "accessibility_label"),
  };
  const url = field(element, "url");
  const href = url === undefined ? undefined : safeHref(url);
  if (href !== undefined && spot.look.interactive) {
    return html`<a${attributes({ ...shared, href, ...LEAVES_THE_PAGE })}>${label}</a>`;
  }
  const own = { type: "button", ...shared, "data-url": href, disabled: !spot.look.interactive };
  const dead = url !== undefined && href === undefined ? deadAddress(url) : null;
  return html`<button${attributes(own)}>${label}</button>${dead}`;
}

function buttonClass(element: Json): string {
  const style = element.style === "primary" || element.style === "danger" ? ` b-${element.style}` : "";
  return `b-button${style}${element.url === undefined ? "" : " b-opens"}`;
}

/** A button that would start a workflow, which nothing does here: it looks like one, and says so. */
export function workflowButton(element: Json, spot: Spot): Html {
  const own = {
    type: "button",
    id: spot.id,
    class: buttonClass(element),
    "data-element": "workflow_button",
    "aria-label": field(element, "accessibility_label"),
    disabled: true,
  };
  const words = "workflow_button: starts nothing here";
  return html`<button${attributes(own)}>${textHtml(element.text, spot.look)}</button>${namedBox(words, element.workflow)}`;
}

/** Two buttons with the action id of one. */
export function feedbackButtons(element: Json, spot: Spot): Html {
  const both = ["positive_button", "negative_button"].map((name) => {
    const own = element[name];
    if (!isObject(own)) return notShown(name, own);
    const { type, action_id, confirm } = element;
    return button({ ...own, type, action_id, confirm }, { ...spot, id: `${spot.id}-${name.slice(0, 3)}` });
  });
  return html`<span class="b-feedback">${both}</span>`;
}

const ICONS: Readonly<Record<string, string>> = { trash: "🗑️" };

/** A small button with an icon before its words. */
export function iconButton(element: Json, spot: Spot): Html {
  const icon = asText(element.icon ?? "");
  const sign = Object.hasOwn(ICONS, icon) ? ICONS[icon] : `(icon ${icon})`;
  const only = Array.isArray(element.visible_to_user_ids)
    ? html`<span class="b-note">(seen by ${element.visible_to_user_ids.map((id) => spot.look.nameOf(asText(id)) ?? asText(id)).join(", ")} only)</span>`
    : null;
  return html`<span class="b-icon" aria-hidden="true">${sign}</span>${button(element, spot)}${only}`;
}
