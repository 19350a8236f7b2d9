import type { Span } from "./mrkdwn.ts";

export type NameOf = (id: string) => string | undefined;

/** Spans as plain text: emphasis falls away, mentions get names, links show where they lead. */
export function spansToText(spans: readonly Span[], nameOf: NameOf): string {
  return spans.map((span) => spanToText(span, nameOf)).join("");
}

function spanToText(span: Span, nameOf: NameOf): string {
  switch (span.kind) {
    case "text":
      return span.style.code ? `\`${span.text}\`` : span.text;
    case "preformatted":
      return span.text;
    case "user":
      return `@${nameOf(span.id) ?? span.label ?? span.id}`;
    case "channel":
      return `#${(span.id ? nameOf(span.id) : undefined) ?? span.name ?? span.id}`;
    case "broadcast":
      return `@${span.range}`;
    case "usergroup":
      return `@${span.label ?? span.id}`;
    case "link":
      return linkText(span.label, span.url);
    case "date":
      return dateText(span.timestamp, span.fallback);
    case "emoji":
      return `:${span.name}:`;
    case "unknown":
      return span.raw;
  }
}

/** A label with the host it leads to, unless the label says it already. */
export function linkText(label: string, url: string): string {
  if (label === "" || label === url) return url;
  const host = hostOf(url);
  return label.includes(host) ? label : `${label} (${host})`;
}

function hostOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return host || pathname;
  } catch {
    return url;
  }
}

/** A moment as everybody can read it, in UTC. */
export function dateText(timestamp: number, fallback: string): string {
  const date = new Date(timestamp * 1000);
  if (Number.isNaN(date.getTime())) return fallback;
  return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
