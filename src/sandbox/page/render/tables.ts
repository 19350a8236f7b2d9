import type { Json } from "../../fake-slack/model.ts";
import { asText, isObject } from "../../fake-slack/validate/checks.ts";
import { attributes, type Html, html, withBreaks } from "./html.ts";
import { byTypeOf, field, listOf } from "./json.ts";
import type { Look, Spot } from "./look.ts";
import { notShown } from "./not-shown.ts";
import { richTextHtml } from "./rich-text.ts";

interface Columns {
  /** Class of each column, by its number. */
  readonly classes: readonly string[];
  /** The column that names its row. */
  readonly head: number | null;
}

/** A `table`. Its first row is the head, as Slack draws it. */
export function table(block: Json, { look }: Spot): Html {
  const classes = listOf(block.column_settings).map(columnClass);
  return scrolling("Table", html`<table class="b-table">${rows(block, { classes, head: null }, look)}</table>`);
}

/** A `data_table` with all of its rows: what Slack would put on further pages is here at once. */
export function dataTable(block: Json, { look }: Spot): Html {
  const caption = field(block, "caption") ?? "Table";
  const head = typeof block.row_header_column_index === "number" ? block.row_header_column_index : null;
  const body = rows(block, { classes: [], head }, look);
  const whole = scrolling(caption, html`<table class="b-table"><caption>${caption}</caption>${body}</table>`);
  const perPage = typeof block.page_size === "number" ? block.page_size : 5;
  const count = Math.max(0, listOf(block.rows).length - 1);
  const note = count > perPage ? html`<div class="b-note">${count} rows; Slack shows ${perPage} a page</div>` : null;
  return html`${whole}${note}`;
}

// What scrolls must be within reach of the keyboard.
function scrolling(label: string, content: Html): Html {
  return html`<div${attributes({ class: "b-scroll", role: "region", tabindex: "0", "aria-label": label })}>${content}</div>`;
}

function columnClass(settings: unknown): string {
  if (!isObject(settings)) return "";
  const align = settings.align === "right" || settings.align === "center" ? `b-${settings.align}` : "";
  return settings.is_wrapped === true ? `${align} b-wraps`.trim() : align;
}

function rows(block: Json, columns: Columns, look: Look): Html {
  const [head, ...others] = listOf(block.rows);
  const first = head === undefined ? null : html`<thead>${row(head, columns, true, look)}</thead>`;
  return html`${first}<tbody>${others.map((each) => row(each, columns, false, look))}</tbody>`;
}

function row(value: unknown, columns: Columns, isHead: boolean, look: Look): Html {
  const cells = listOf(value).map((cell, index) => {
    const name = columns.classes[index] ?? "";
    const number = isObject(cell) && cell.type === "raw_number" ? "b-number" : "";
    const names = { class: `${name} ${number}`.trim() || null };
    if (isHead) return html`<th${attributes({ ...names, scope: "col" })}>${cellHtml(cell, look)}</th>`;
    if (index === columns.head) return html`<th${attributes({ ...names, scope: "row" })}>${cellHtml(cell, look)}</th>`;
    return html`<td${attributes(names)}>${cellHtml(cell, look)}</td>`;
  });
  return html`<tr>${cells}</tr>`;
}

const CELLS: Readonly<Record<string, (cell: Json, look: Look) => Html>> = {
  raw_text: (cell) => withBreaks(asText(cell.text ?? "")),
  raw_number: (cell) => withBreaks(asText(cell.text ?? cell.value ?? "")),
  rich_text: richTextHtml,
};

function cellHtml(cell: unknown, look: Look): Html {
  const render = byTypeOf(CELLS, cell);
  return render ? render(cell as Json, look) : notShown("table cell", cell);
}

/** A chart as the numbers it is drawn from. */
export function chart(block: Json): Html {
  const drawn = isObject(block.chart) ? block.chart : {};
  const lines = [
    ...(drawn.segments === undefined ? [] : [pointsRow("Segments", drawn.segments)]),
    ...listOf(drawn.series).map((each) =>
      isObject(each) ? pointsRow(asText(each.name ?? ""), each.data) : oddRow(notShown("series", each)),
    ),
  ];
  const type = field(drawn, "type") ?? "unknown";
  const title = field(block, "title") ?? "";
  const words = html`<figcaption>${title} <span class="b-note">(a ${type} chart, as its numbers${axes(drawn)})</span></figcaption>`;
  if (lines.length === 0) return html`<figure class="b-chart">${words}${notShown("chart", block.chart)}</figure>`;
  const numbers = scrolling(title, html`<table class="b-table"><tbody>${lines}</tbody></table>`);
  return html`<figure class="b-chart">${words}${numbers}</figure>`;
}

function axes(drawn: Json): string {
  const config = isObject(drawn.axis_config) ? drawn.axis_config : {};
  const said = [config.x_label, config.y_label].filter((each) => each !== undefined).map(asText);
  const categories = listOf(config.categories).map(asText).join(", ");
  return [categories && `; categories ${categories}`, said.length > 0 && `; axes ${said.join(" and ")}`]
    .filter(Boolean)
    .join("");
}

function pointsRow(name: string, points: unknown): Html {
  const cells = listOf(points).map((point) =>
    isObject(point)
      ? html`<td>${asText(point.label ?? "")}: ${asText(point.value ?? "")}</td>`
      : html`<td>${notShown("point", point)}</td>`,
  );
  return html`<tr><th scope="row">${name}</th>${cells}</tr>`;
}

function oddRow(content: Html): Html {
  return html`<tr><td>${content}</td></tr>`;
}
