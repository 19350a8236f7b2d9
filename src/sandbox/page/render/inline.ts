import { type Calendar, slackDateText, tellsTime } from "./date-text.ts";
import { attributes, type Html, html } from "./html.ts";
import { link } from "./links.ts";
import type { Look } from "./look.ts";

/** Emphasis of any kind of text; mrkdwn knows the first four. */
export interface Emphasis {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly strike?: boolean;
  readonly code?: boolean;
  readonly underline?: boolean;
  readonly highlight?: boolean;
}

/** Wraps what is emphasised; code is innermost, as in Slack. */
export function emphasised(inner: Html, style: Emphasis): Html {
  let whole = inner;
  if (style.code) whole = html`<code class="b-code">${whole}</code>`;
  if (style.highlight) whole = html`<mark>${whole}</mark>`;
  if (style.underline) whole = html`<u>${whole}</u>`;
  if (style.strike) whole = html`<s>${whole}</s>`;
  if (style.italic) whole = html`<em>${whole}</em>`;
  if (style.bold) whole = html`<strong>${whole}</strong>`;
  return whole;
}

/** A name that pings or leads somewhere. `data-mention` says whom: an id, or the range of a broadcast. */
export function mention(
  kind: "user" | "channel" | "usergroup" | "broadcast" | "team",
  target: string,
  name: string,
): Html {
  const sign = kind === "channel" ? "#" : "@";
  const names = { class: `b-mention b-mention-${kind}`, "data-mention": target };
  return html`<span${attributes(names)}>${sign}${name}</span>`;
}

export interface Moment {
  readonly timestamp: number;
  readonly format: string;
  readonly fallback: string;
  readonly url: string | null;
}

/** A date in the zone of who looks, or in UTC where that is not known, which it then says. */
export function moment({ timestamp, format, fallback, url }: Moment, look: Look): Html {
  const calendar: Calendar = { timeZone: look.timeZone ?? "UTC", now: look.now };
  const text = slackDateText(timestamp, format, calendar);
  if (text === null) return html`${fallback}`;
  const told = {
    class: "b-date",
    datetime: new Date(timestamp * 1000).toISOString(),
    "data-timestamp": timestamp,
    "data-format": format,
    title: fallback || null,
  };
  const inUtc = look.timeZone === undefined && tellsTime(format) && !/^\{ago\}$/.test(format) ? " UTC" : "";
  const time = html`<time${attributes(told)}>${text}${inUtc}</time>`;
  return url === null ? time : link(url, time);
}
