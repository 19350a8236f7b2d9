import type { Json } from "../../fake-slack/model.ts";
import { asText, isObject } from "../../fake-slack/validate/checks.ts";
import { type Html, html } from "./html.ts";
import { field } from "./json.ts";
import { hostOf } from "./links.ts";

/** An image in a line of text. The page loads nothing from elsewhere, so it says what would be seen, and from where. */
export function imageHtml(image: unknown): Html {
  if (!isObject(image)) return html`<span class="b-image-named">Image: ${asText(image)}</span>`;
  const alt = field(image, "alt_text") ?? "without a description";
  return html`<span class="b-image-named"><span aria-hidden="true">🖼</span> Image: ${alt} <span class="b-host">${sourceOf(image)}</span></span>`;
}

function sourceOf(image: Json): string {
  const url = field(image, "image_url");
  if (url !== undefined) return `(${hostOf(url)})`;
  const file = isObject(image.slack_file) ? image.slack_file : {};
  return `(Slack file ${field(file, "id") ?? field(file, "url") ?? "unknown"})`;
}
