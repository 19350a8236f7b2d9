import type { Json } from "../../fake-slack/model.ts";
import { asText } from "../../fake-slack/validate/checks.ts";
import { elementHtml } from "./elements.ts";
import { type Html, html } from "./html.ts";
import { imageHtml } from "./images.ts";
import { field, listOf } from "./json.ts";
import { hostOf, link } from "./links.ts";
import { inside, type Spot } from "./look.ts";
import { textHtml } from "./mrkdwn.ts";
import { namedBox } from "./not-shown.ts";

/** A headline. Its level is the fourth of the page's at most: the page itself has headlines above it. */
export function header(block: Json, { look }: Spot): Html {
  const words = textHtml(block.text, look);
  switch (block.level) {
    case 2:
      return html`<h4 class="b-header b-header-2">${words}</h4>`;
    case 3:
      return html`<h5 class="b-header b-header-3">${words}</h5>`;
    case 4:
      return html`<h6 class="b-header b-header-4">${words}</h6>`;
    default:
      return html`<h3 class="b-header">${words}</h3>`;
  }
}

/** Text, fields in two columns, and an element at the side. */
export function section(block: Json, spot: Spot): Html {
  const text = block.text === undefined ? null : html`<div class="b-text">${textHtml(block.text, spot.look)}</div>`;
  const cells = listOf(block.fields).map((each) => html`<div class="b-text">${textHtml(each, spot.look)}</div>`);
  const fields = cells.length > 0 ? html`<div class="b-fields">${cells}</div>` : null;
  const accessory =
    block.accessory === undefined
      ? null
      : html`<div class="b-accessory">${elementHtml(block.accessory, inside(spot, "accessory"))}</div>`;
  return html`<div class="b-section"><div class="b-section-body">${text}${fields}</div>${accessory}</div>`;
}

/** Small text and images in a row. */
export function context(block: Json, spot: Spot): Html {
  const items = listOf(block.elements).map(
    (each, index) => html`<span class="b-context-item">${elementHtml(each, inside(spot, index))}</span>`,
  );
  return html`<div class="b-context">${items}</div>`;
}

/** Elements in a row. */
export function actions(block: Json, spot: Spot): Html {
  const items = listOf(block.elements).map(
    (each, index) => html`<div class="b-action">${elementHtml(each, inside(spot, index))}</div>`,
  );
  return html`<div class="b-actions">${items}</div>`;
}

/** A line across. */
export function divider(): Html {
  return html`<hr class="b-divider">`;
}

/** An image, in words. */
export function image(block: Json, { look }: Spot): Html {
  const title = block.title === undefined ? null : html`<figcaption>${textHtml(block.title, look)}</figcaption>`;
  return html`<figure class="b-image">${title}<div class="b-frame">${imageHtml(block)}</div></figure>`;
}

/** A video, in words. */
export function video(block: Json, { look }: Spot): Html {
  const title = textHtml(block.title, look);
  const titleUrl = field(block, "title_url");
  const said = [field(block, "author_name"), field(block, "provider_name"), hostOf(asText(block.video_url ?? ""))];
  const words = html`Video: ${titleUrl === undefined ? title : link(titleUrl, title)} <span class="b-host">(${said.filter(Boolean).join(" · ")})</span>`;
  const description =
    block.description === undefined ? null : html`<div class="b-text">${textHtml(block.description, look)}</div>`;
  const alt = html`<div class="b-description">${field(block, "alt_text") ?? "without a description"}</div>`;
  return html`<div class="b-video">${namedBox(words, block)}${description}${alt}</div>`;
}

/** A remote file, in words. */
export function file(block: Json): Html {
  const name = field(block, "external_id") ?? "without an id";
  return namedBox(`File “${name}” (${field(block, "source") ?? "no source"}) is not shown here`, block);
}
