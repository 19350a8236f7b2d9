/** Markup that is safe as it stands. It is made by `html` alone, so what is a string is still foreign. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a template: text is escaped, `null` and the like leave no trace. */
export type Part = Html | string | number | null | undefined | false | readonly Part[];

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Makes a text harmless, both between tags and inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? "");
}

/** Markup with holes: every string put into one is escaped. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const markup = strings.map((each, index) => each + (index < parts.length ? markupOf(parts[index]) : ""));
  return { markup: markup.join("") };
}

function markupOf(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (typeof part === "string") return escapeHtml(part);
  if (typeof part === "number") return String(part);
  return "markup" in part ? part.markup : part.map(markupOf).join("");
}

export type AttributeValue = string | number | boolean | null | undefined;

/** Attributes with a blank before each; `true` stands alone, `false` and nothing leave it out. Names are our own. */
export function attributes(values: Readonly<Record<string, AttributeValue>>): Html {
  const written = Object.entries(values).map(([name, value]) => {
    if (value === null || value === undefined || value === false) return "";
    return value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`;
  });
  return { markup: written.join("") };
}

/** Text with its line breaks kept. */
export function withBreaks(text: string): Html {
  return { markup: escapeHtml(text).replace(/\r\n|\r|\n/g, "<br>") };
}

/** Whether anything would be seen. */
export function isEmpty(part: Html): boolean {
  return part.markup === "";
}
