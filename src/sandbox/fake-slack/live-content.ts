import { PLAIN_FLAGS } from "./messages.ts";
import type { ContentFlags, Json } from "./model.ts";
import { interpretMrkdwn, type MrkdwnOptions, type Span } from "./mrkdwn.ts";
import { asText } from "./validate/checks.ts";
import { type Place, placesIn } from "./walk-blocks.ts";

/** A mention that pings or names somebody. `where` is a JSON pointer into the message. */
export interface LiveMention {
  readonly kind: "user" | "channel" | "broadcast" | "usergroup" | "team";
  /** The id, or for broadcasts `here`, `channel` or `everyone`; a bare `#name` gives the name. */
  readonly target: string;
  readonly where: string;
}

/** Something that leads elsewhere when it is clicked. */
export interface LiveLink {
  readonly url: string;
  readonly label: string;
  /** Made by Slack out of a bare address. */
  readonly auto: boolean;
  readonly where: string;
}

export interface LiveContent {
  readonly mentions: readonly LiveMention[];
  readonly links: readonly LiveLink[];
}

/** What `liveContentOf` needs of a message; stored ones and mere payloads both fit. */
export interface Readable {
  readonly text?: string;
  readonly blocks?: readonly unknown[];
  readonly attachments?: readonly unknown[];
  readonly flags?: ContentFlags;
}

/** Every mention and every link of a message, wherever it hides: top-level text, blocks, buttons, attachments. */
export function liveContentOf(message: Readable): LiveContent {
  const topLevel = interpretMrkdwn(message.text ?? "", topLevelReading(message.flags ?? PLAIN_FLAGS));
  const places = [...placesIn(message.blocks ?? [], "/blocks"), ...placesIn(message.attachments ?? [], "/attachments")];
  const parts = [fromSpans(topLevel, "/text"), ...places.map(liveIn)];
  return { mentions: parts.flatMap((part) => part.mentions), links: parts.flatMap((part) => part.links) };
}

/** How the top-level text of a message is read: its flags tell apart what `verbatim` does in a text object. */
export function topLevelReading({ mrkdwn, linkNames, parse }: ContentFlags): MrkdwnOptions {
  return { linkUrls: parse !== "none", linkNames: linkNames || parse === "full", emphasis: mrkdwn };
}

function liveIn(place: Place): LiveContent {
  switch (place.kind) {
    case "mrkdwn":
      return fromSpans(interpretMrkdwn(place.text, { verbatim: place.verbatim }), `${place.at}/text`);
    case "markdown":
      return fromMarkdown(place.text, `${place.at}/text`);
    case "rich":
      return fromLeaf(place.leaf, place.at);
    case "url":
      return { mentions: [], links: [{ url: place.url, label: place.label, auto: false, where: place.at }] };
  }
}

function fromSpans(spans: readonly Span[], where: string): LiveContent {
  const mentions: LiveMention[] = [];
  const links: LiveLink[] = [];
  for (const span of spans) {
    if (span.kind === "user") mentions.push({ kind: "user", target: span.id, where });
    if (span.kind === "channel") mentions.push({ kind: "channel", target: span.id ?? span.name ?? "", where });
    if (span.kind === "broadcast") mentions.push({ kind: "broadcast", target: span.range, where });
    if (span.kind === "usergroup") mentions.push({ kind: "usergroup", target: span.id ?? span.label ?? "", where });
    if (span.kind === "link") links.push({ url: span.url, label: span.label, auto: span.auto, where });
    if (span.kind === "date" && span.url) links.push({ url: span.url, label: span.fallback, auto: false, where });
  }
  return { mentions, links };
}

/** Standard markdown also has `[label](address)`; the rest is as lively as mrkdwn. */
function fromMarkdown(text: string, where: string): LiveContent {
  const links: LiveLink[] = [];
  const rest = text.replace(/\[([^\]\n]*)\]\(([^)\s]+)[^)\n]*\)/g, (_whole, label: string, url: string) => {
    links.push({ url, label, auto: false, where });
    return label;
  });
  const live = fromSpans(interpretMrkdwn(rest, { verbatim: false }), where);
  return { mentions: live.mentions, links: [...links, ...live.links] };
}

function fromLeaf(leaf: Json, where: string): LiveContent {
  const mention = (kind: LiveMention["kind"], target: unknown): LiveContent => ({
    mentions: [{ kind, target: asText(target), where }],
    links: [],
  });
  const link = (url: unknown, label: unknown): LiveContent => ({
    mentions: [],
    links: [{ url: asText(url), label: asText(label ?? url), auto: false, where }],
  });
  if (leaf.type === "user") return mention("user", leaf.user_id);
  if (leaf.type === "channel") return mention("channel", leaf.channel_id);
  if (leaf.type === "usergroup") return mention("usergroup", leaf.usergroup_id);
  if (leaf.type === "broadcast") return mention("broadcast", leaf.range);
  if (leaf.type === "team") return mention("team", leaf.team_id);
  if (leaf.type === "link") return link(leaf.url, leaf.text);
  if (leaf.type === "date" && leaf.url) return link(leaf.url, leaf.fallback);
  return { mentions: [], links: [] };
}
