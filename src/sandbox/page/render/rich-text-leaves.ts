import type { Json } from "../../fake-slack/model.ts";
import { asText, isObject } from "../../fake-slack/validate/checks.ts";
import { emojiHtml, emojiOf } from "./emoji.ts";
import { attributes, type Html, html, withBreaks } from "./html.ts";
import { type Emphasis, emphasised, mention, moment } from "./inline.ts";
import { byTypeOf, field } from "./json.ts";
import { link } from "./links.ts";
import type { Look } from "./look.ts";
import { notShown } from "./not-shown.ts";

type Leaf = (leaf: Json, look: Look) => Html;

const LEAVES: Readonly<Record<string, Leaf>> = {
  text: (leaf) => withBreaks(asText(leaf.text ?? "")),
  link: (leaf) => link(asText(leaf.url ?? ""), withBreaks(asText(leaf.text ?? leaf.url ?? ""))),
  user: (leaf, look) => mention("user", ...named(leaf.user_id, look)),
  channel: (leaf, look) => mention("channel", ...named(leaf.channel_id, look)),
  usergroup: (leaf, look) => mention("usergroup", ...named(leaf.usergroup_id, look)),
  team: (leaf, look) => mention("team", ...named(leaf.team_id, look)),
  broadcast: (leaf) => mention("broadcast", asText(leaf.range), asText(leaf.range)),
  emoji,
  color,
  date: (leaf, look) =>
    moment(
      {
        timestamp: Number(leaf.timestamp),
        format: asText(leaf.format ?? ""),
        fallback: asText(leaf.fallback ?? ""),
        url: field(leaf, "url") ?? null,
      },
      look,
    ),
};

/** A leaf of rich text, with its emphasis. Its text is never parsed. */
export function leafHtml(leaf: unknown, look: Look): Html {
  const render = byTypeOf(LEAVES, leaf);
  if (!render || !isObject(leaf)) return notShown("rich text part", leaf);
  return emphasised(render(leaf, look), emphasisOf(leaf.style));
}

function emphasisOf(style: unknown): Emphasis {
  if (!isObject(style)) return {};
  const has = (name: string) => style[name] === true;
  return {
    bold: has("bold"),
    italic: has("italic"),
    strike: has("strike"),
    code: has("code"),
    underline: has("underline"),
    highlight: has("highlight") || has("client_highlight"),
  };
}

function named(id: unknown, look: Look): readonly [string, string] {
  const known = asText(id ?? "");
  return [known, look.nameOf(known) ?? known];
}

function emoji(leaf: Json): Html {
  const name = asText(leaf.name ?? "");
  const tone = typeof leaf.skin_tone === "number" ? leaf.skin_tone : undefined;
  return emojiHtml(name, fromCodePoints(leaf.unicode) ?? emojiOf(name, tone));
}

/** `1f44d-1f3fb` as characters. */
function fromCodePoints(unicode: unknown): string | undefined {
  if (typeof unicode !== "string" || !/^[0-9a-f]{2,5}(?:-[0-9a-f]{2,5}){0,15}$/i.test(unicode)) return undefined;
  return String.fromCodePoint(...unicode.split("-").map((point) => Number.parseInt(point, 16)));
}

// An SVG, because a strict page allows no style attribute.
function color(leaf: Json): Html {
  const value = asText(leaf.value ?? "");
  if (!/^#[0-9a-f]{3,8}$/i.test(value)) return html`${value}`;
  const swatch = html`<svg class="b-swatch" viewBox="0 0 1 1" aria-hidden="true"><rect${attributes({ width: 1, height: 1, fill: value })}/></svg>`;
  return html`<span class="b-color">${swatch}${value}</span>`;
}
