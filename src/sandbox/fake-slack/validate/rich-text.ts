import { array, boolean, byType, type Check, integer, number, object, oneOf, string, typed } from "./checks.ts";
import { LIMITS } from "./limits.ts";
import { id, url } from "./text.ts";

const MANY = 10_000;
const style = object({
  optional: {
    bold: boolean,
    italic: boolean,
    strike: boolean,
    code: boolean,
    underline: boolean,
    highlight: boolean,
    client_highlight: boolean,
    unlink: boolean,
  },
});

const text = typed("text", { required: { text: string(1, LIMITS.text) }, optional: { style } });
const link = typed("link", {
  required: { url },
  optional: { text: string(1, LIMITS.text), unsafe: boolean, style },
});

const LEAVES: Readonly<Record<string, Check>> = {
  text,
  link,
  emoji: typed("emoji", {
    required: { name: string(1, 100) },
    optional: { unicode: string(1, 100), url, skin_tone: integer(1, 6), style },
  }),
  user: typed("user", { required: { user_id: string(1, 30) }, optional: { style } }),
  usergroup: typed("usergroup", { required: { usergroup_id: string(1, 30) }, optional: { style } }),
  channel: typed("channel", { required: { channel_id: string(1, 30) }, optional: { style } }),
  team: typed("team", { required: { team_id: string(1, 30) }, optional: { style } }),
  broadcast: typed("broadcast", { required: { range: oneOf("here", "channel", "everyone") }, optional: { style } }),
  color: typed("color", { required: { value: string(1, 30) }, optional: { style } }),
  date: typed("date", {
    required: { timestamp: number, format: string(1, LIMITS.text) },
    optional: { url, fallback: string(1, LIMITS.text), style },
  }),
};

const border = oneOf(0, 1);
const section = typed("rich_text_section", { required: { elements: array(byType(LEAVES), 1, MANY) } });

const CONTAINERS: Readonly<Record<string, Check>> = {
  rich_text_section: section,
  rich_text_list: typed("rich_text_list", {
    required: { elements: array(byType({ rich_text_section: section }), 1, MANY), style: oneOf("bullet", "ordered") },
    optional: { indent: integer(0, 8), offset: integer(0, 10_000), border },
  }),
  rich_text_quote: typed("rich_text_quote", {
    required: { elements: array(byType(LEAVES), 1, MANY) },
    optional: { border },
  }),
  rich_text_preformatted: typed("rich_text_preformatted", {
    required: { elements: array(byType({ text, link }), 1, MANY) },
    optional: { border, language: string(1, 50) },
  }),
};

/** A `rich_text` block or value: containers of leaves, none of them empty. */
export const richText: Check = typed("rich_text", {
  required: { elements: array(byType(CONTAINERS), 1, MANY) },
  optional: { block_id: id },
});
