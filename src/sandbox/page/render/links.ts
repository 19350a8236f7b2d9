import { attributes, type Html, html, type Part } from "./html.ts";

/** Every link leaves the page: it gets a tab of its own, and the other side learns nothing of ours. */
export const LEAVES_THE_PAGE = { target: "_blank", rel: "noopener noreferrer" } as const;

/** The address when a browser may be sent there, else undefined. */
export function safeHref(url: string): string | undefined {
  return /^(?:https?:\/\/|mailto:)[^\s<>]+$/i.test(url) ? url : undefined;
}

/** A link; where the address is of another kind, its label with the address beside it, dead. */
export function link(url: string, label: Part): Html {
  const href = safeHref(url);
  if (href === undefined) return html`<span class="b-dead-link">${label}</span> ${deadAddress(url)}`;
  return html`<a${attributes({ class: "b-link", href, ...LEAVES_THE_PAGE })}>${label}</a>`;
}

/** Says that an address leads nowhere from here. */
export function deadAddress(url: string): Html {
  return html`<span class="b-note">(address not opened here: ${url})</span>`;
}

/** The host of an address, or the address where it has none. */
export function hostOf(url: string): string {
  return (URL.canParse(url) && new URL(url).host) || url;
}
