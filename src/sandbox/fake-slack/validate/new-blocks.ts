import {
  array,
  boolean,
  byType,
  type Check,
  integer,
  needs,
  number,
  object,
  oneOf,
  type Shape,
  string,
  typed,
} from "./checks.ts";
import { button, image } from "./elements.ts";
import { LIMITS } from "./limits.ts";
import { richText } from "./rich-text.ts";
import { anyText, id, plain, url } from "./text.ts";

/** The block types of 2025 and 2026: tables, charts, cards, plans. */

const rawText = typed("raw_text", { required: { text: string(1, LIMITS.text) } });
const rawNumber = typed("raw_number", { required: { value: number, text: string(1, LIMITS.text) } });
const cell = byType({ raw_text: rawText, raw_number: rawNumber, rich_text: richText });

function block(type: string, shape: Shape): Check {
  return typed(type, { ...shape, optional: { block_id: id, ...shape.optional } });
}

const columnSettings: Check = (value, at, problems) => {
  if (value === null) return;
  object({ optional: { align: oneOf("left", "center", "right"), is_wrapped: boolean } })(value, at, problems);
};

const table = block("table", {
  required: { rows: array(array(cell, 1, LIMITS.table.cells), 1, LIMITS.table.rows) },
  optional: { column_settings: array(columnSettings, 0, LIMITS.table.cells) },
});

const equalRows: Shape["also"] = (value, at, problems) => {
  if (!Array.isArray(value.rows)) return;
  const widths = new Set(value.rows.map((row) => (Array.isArray(row) ? row.length : 0)));
  if (widths.size > 1) problems.add(`${at}/rows`, "all rows must have the same number of cells");
};

const dataTable = block("data_table", {
  required: {
    caption: string(1, LIMITS.text),
    rows: array(array(cell, 1, LIMITS.dataTable.columns), 2, LIMITS.dataTable.rows),
  },
  optional: { page_size: integer(1, 100), row_header_column_index: integer(0, LIMITS.dataTable.columns - 1) },
  also: equalRows,
});

const label = string(1, LIMITS.chart.label);
const positive: Check = (value, at, problems) => {
  if (typeof value !== "number" || !(value > 0)) problems.add(at, "must be more than 0");
};
const series = array(
  object({
    required: {
      name: label,
      data: array(object({ required: { label, value: number } }), 1, LIMITS.chart.points),
    },
  }),
  1,
  LIMITS.chart.series,
);
const axis = object({
  required: { categories: array(label, 1, LIMITS.chart.points) },
  optional: { x_label: string(1, LIMITS.chart.axisLabel), y_label: string(1, LIMITS.chart.axisLabel) },
});

function axisChart(type: string): Check {
  return typed(type, { required: { series, axis_config: axis } });
}

const chart = byType({
  pie: typed("pie", {
    required: { segments: array(object({ required: { label, value: positive } }), 1, LIMITS.chart.segments) },
  }),
  bar: axisChart("bar"),
  area: axisChart("area"),
  line: axisChart("line"),
});

const dataVisualization = block("data_visualization", {
  required: { title: string(1, LIMITS.chart.title), chart },
});

const slackIcon = typed("icon", { required: { name: string(1, 100) } });

export const card: Check = block("card", {
  optional: {
    hero_image: image,
    icon: image,
    slack_icon: slackIcon,
    title: anyText(LIMITS.card.title),
    subtitle: anyText(LIMITS.card.title),
    body: anyText(LIMITS.card.body),
    subtext: anyText(LIMITS.card.body),
    actions: array(button, 1, LIMITS.card.actions),
  },
  also: (value, at, problems) => {
    needs(["hero_image", "title", "actions", "body"], false)(value, at, problems);
    if (value.icon && value.slack_icon) problems.add(at, "must define only one of icon, slack_icon");
  },
});

const source = typed("url", { required: { url, text: string(1, LIMITS.text) } });

function taskCard(statuses: readonly string[]): Check {
  return block("task_card", {
    required: { task_id: id, title: string(1, LIMITS.text), status: oneOf(...statuses) },
    optional: { details: richText, output: richText, sources: array(source, 0, 100) },
  });
}

const SETTLED = ["in_progress", "complete", "error"];

const plan = block("plan", {
  required: { title: string(1, LIMITS.text) },
  optional: {
    tasks: array(taskCard(["pending", ...SETTLED]), 0, 100),
    status: string(1, LIMITS.id),
    plan_id: id,
  },
});

/** A container whose children are checked by `child`. */
function container(child: Check): Check {
  return block("container", {
    required: { child_blocks: array(child, 1, LIMITS.container.children) },
    optional: {
      title: plain(LIMITS.container.title),
      rich_text_title: richText,
      subtitle: anyText(LIMITS.container.title),
      width: oneOf("narrow", "standard", "wide", "full"),
      icon: image,
      is_collapsible: boolean,
      default_collapsed: boolean,
      has_header_divider: boolean,
    },
    also: needs(["title", "rich_text_title"], true),
  });
}

/** The new block types by name; `children` are the block types that a container may hold. */
export function newBlocks(children: Readonly<Record<string, Check>>): Readonly<Record<string, Check>> {
  return {
    table,
    data_table: dataTable,
    data_visualization: dataVisualization,
    card,
    carousel: block("carousel", { required: { elements: array(card, 1, LIMITS.carousel) } }),
    container: container(byType({ ...children, table })),
    plan,
    task_card: taskCard(SETTLED),
    markdown: block("markdown", { required: { text: string(1, LIMITS.markdownPerMessage) } }),
    alert: block("alert", {
      required: { text: anyText(LIMITS.alertText) },
      optional: { level: oneOf("default", "info", "warning", "error", "success") },
    }),
  };
}
