import { LIMITS } from "./limits.ts";
import { escapeControl, jsonSize, mrkdwn } from "./text.ts";

const LABEL = 200;

export interface CheckedUrl {
  /** Absolute http(s) URL, safe between `<` and `|` once escaped. */
  readonly href: string;
  /** As the browser will see it: punycode, port when unusual, no `www.`. */
  readonly host: string;
}

/**
 * A foreign URL, or null when it must not become a link: other schemes than http(s), user names inside, no host, longer
 * than `LIMITS.url`. Scheme-less ones become https (findall-api 1.10).
 */
export function checkUrl(raw: string): CheckedUrl | null {
  const text = raw.trim();
  // `\s` and control characters inside would be dropped silently by the parser: what is shown must be what is opened.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (text === "" || text.length > LIMITS.url || /[\x00-\x1f\x7f\\]/.test(text)) return null;
  const url = parse(text);
  if (url === null || url.username !== "" || url.password !== "" || url.hostname === "") return null;
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  const href = encoded(url.href);
  return href.length > LIMITS.url ? null : { href, host: url.host.replace(/^www\./, "") };
}

function parse(text: string): URL | null {
  const hasScheme = /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text);
  if (hasScheme) return /^https?:\/\//i.test(text) ? attempt(text) : null;
  const url = attempt(`https://${text.replace(/^\/\//, "")}`);
  // "unknown" or "n/a" in a URL field is no address.
  return url?.hostname.includes(".") ? url : null;
}

function attempt(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

// The parser leaves some characters alone that would end a link in mrkdwn.
function encoded(href: string): string {
  return href.replace(
    /[|<>\s`"{}^\\]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}

/** `<url|label>` for a checked URL; the label is foreign text. @param max JSON length of the label */
export function link(url: CheckedUrl, label: string, max: number): string {
  return `<${escapeControl(url.href)}|${linkLabel(label, max) || linkLabel(hostLabel(url, 60), max)}>`;
}

/** A link that names the host it leads to. */
export function hostLink(url: CheckedUrl): string {
  return `<${escapeControl(url.href)}|${linkLabel(hostLabel(url, 60), 120)}>`;
}

/** The host as plain words. The end of a host says whose it is, so a long one loses its beginning. */
export function hostLabel(url: CheckedUrl, max: number): string {
  return url.host.length > max ? `…${url.host.slice(-(max - 1))}` : url.host;
}

/** A link when there is a checked URL and room for it, else the label alone. @param room JSON length of the whole */
export function linkOrLabel(
  url: CheckedUrl | null,
  label: string,
  room: number,
  foreign: (text: string, max: number) => string,
): string {
  const whole = url === null ? null : link(url, label, Math.min(room, LABEL));
  return whole !== null && jsonSize(whole) <= room ? whole : foreign(label, Math.min(room, LABEL));
}

function linkLabel(label: string, max: number): string {
  // Slack does not look for names and URLs inside a label; a bar would end the address.
  return mrkdwn(label.replace(/\|/g, "\u00a6"), max);
}
