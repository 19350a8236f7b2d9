/** Where a message of the workspace stands. */
export interface MessagePlace {
  readonly channel: string;
  readonly ts: string;
  /** Of the thread it is in; its own when it has none around it. */
  readonly thread: string;
}

/** The message that a link of Slack's leads to; null for every other link. */
export function messageAt(href: string): MessagePlace | null {
  if (!URL.canParse(href)) return null;
  const { hostname, pathname, searchParams } = new URL(href);
  const [, channel, seconds, micros] = /^\/archives\/(\w+)\/p(\d+)(\d{6})$/.exec(pathname) ?? [];
  if (!hostname.endsWith(".slack.com") || !channel || !seconds || !micros) return null;
  const ts = `${seconds}.${micros}`;
  return { channel, ts, thread: searchParams.get("thread_ts") ?? ts };
}
