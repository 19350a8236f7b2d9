import { escapeHtml } from "./render/html.ts";

/** HTML that is finished: everything foreign in it has been escaped. */
export interface Markup {
  readonly html: string;
}

type Part = string | number | Markup | readonly Part[] | null | undefined | false;

/** A template whose values are escaped unless they are markup themselves; nothing, null and false leave no trace. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { html: texts.reduce((all, text, index) => all + write(parts[index - 1]) + text) };
}

/** Takes a string for finished HTML. Only for what a renderer has escaped. */
export function markup(finished: string): Markup {
  return { html: finished };
}

function write(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (typeof part === "string") return escapeHtml(part);
  if (typeof part === "number") return String(part);
  if ("html" in part) return part.html;
  return part.map(write).join("");
}
