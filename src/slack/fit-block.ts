import { LIMITS } from "./limits.ts";
import { clip, clipPlain } from "./text.ts";

type Json = Readonly<Record<string, unknown>>;

/** A block within the limits that hold for it alone. Null when nothing that Slack would take is left of it. */
export function fitBlock(block: object): object | null {
  const json = block as Json;
  if (json.type === "section") return fitSection(json);
  if (json.type === "context") return fitContext(json);
  if (json.type === "actions") return fitActions(json);
  if (json.type === "header") {
    const text = fitText(json.text, LIMITS.headerText);
    return text === null ? null : { ...json, text };
  }
  return block;
}

/** Halves of characters become U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

function fitSection(json: Json): object | null {
  const text = fitText(json.text, LIMITS.sectionText);
  const fields = fitList(json.fields, LIMITS.fields, (item) => fitElement(item, LIMITS.fieldText));
  if (text === null && fields === null) return null;
  const accessory = json.accessory === undefined ? null : fitControl(json.accessory);
  const { text: _text, fields: _fields, accessory: _accessory, ...rest } = json;
  return {
    ...rest,
    ...(text === null ? {} : { text }),
    ...(fields === null ? {} : { fields }),
    ...(accessory === null ? {} : { accessory }),
  };
}

function fitContext(json: Json): object | null {
  const elements = fitList(json.elements, LIMITS.contextElements, (item) => fitElement(item, LIMITS.contextText));
  return elements === null ? null : { ...json, elements };
}

function fitActions(json: Json): object | null {
  const elements = fitList(json.elements, LIMITS.actions, fitControl);
  return elements === null ? null : { ...json, elements };
}

/** A button within the limits. What a click does is never changed: a button whose value or address would be is left out. */
function fitControl(item: unknown): object | null {
  if (typeof item !== "object" || item === null) return null;
  const json = item as Json;
  if (json.type !== "button") return item;
  const text = fitText(json.text, LIMITS.buttonText);
  if (text === null || !isWithin(json.value, LIMITS.buttonValue) || !isWithin(json.url, LIMITS.buttonUrl)) return null;
  const label = json.accessibility_label;
  const fitted = typeof label === "string" ? clipPlain(wellFormed(label), LIMITS.buttonText) : undefined;
  const { accessibility_label: _label, ...rest } = json;
  return { ...rest, text, ...(fitted ? { accessibility_label: fitted } : {}) };
}

function isWithin(value: unknown, max: number): boolean {
  return typeof value !== "string" || (value.length <= max && wellFormed(value) === value);
}

function fitList(list: unknown, most: number, fit: (item: unknown) => object | null): readonly object[] | null {
  if (!Array.isArray(list)) return null;
  const kept = list.map(fit).filter((item) => item !== null);
  return kept.length === 0 ? null : kept.slice(0, most);
}

function fitElement(item: unknown, max: number): object | null {
  if (typeof item !== "object" || item === null) return null;
  return (item as Json).type === "image" ? item : fitText(item, max);
}

function fitText(value: unknown, max: number): object | null {
  if (typeof value !== "object" || value === null) return null;
  const json = value as Json;
  if (typeof json.text !== "string" || json.text.trim() === "") return null;
  const text = wellFormed(json.text);
  return { ...json, text: json.type === "mrkdwn" ? clip(text, max) : clipPlain(text, max) };
}
