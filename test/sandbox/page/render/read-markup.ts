/*
 * Reads what the renderer writes the way a strict parser would, and throws at anything the renderer has no business to
 * write: a tag or an attribute that is not on the lists, a tag that is not closed, an address of another kind.
 */

export interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Read {
  readonly tags: readonly Tag[];
  /** What stands between the tags. */
  readonly text: string;
}

const TAGS = new Set(
  (
    "a article blockquote br button caption code details div em fieldset figcaption figure h3 h4 h5 h6 hr input label " +
    "legend li mark ol optgroup option p pre rect s section select span strong summary svg table tbody td textarea th " +
    "thead time tr u ul"
  ).split(" "),
);
const VOID = new Set(["br", "hr", "input"]);
const ATTRIBUTES = new Set(
  (
    "checked class datetime disabled fill for height hidden href id label max maxlength min minlength multiple name open " +
    "placeholder rel required role rows scope selected size start step tabindex target title type value viewBox width"
  ).split(" "),
);
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"<>]*")?)*)\s*(\/?)>/y;

/** The tags and the text of a piece of markup; throws when it is not what the renderer may write. */
export function readMarkup(markup: string): Read {
  const tags: Tag[] = [];
  const open: string[] = [];
  let text = "";
  let at = 0;
  while (at < markup.length) {
    const next = markup.indexOf("<", at);
    text += textIn(markup.slice(at, next < 0 ? undefined : next));
    if (next < 0) break;
    TAG.lastIndex = next;
    const found = TAG.exec(markup);
    if (!found) throw new Error(`not a tag: ${markup.slice(next, next + 80)}`);
    const [whole, closing, name = "", written = "", selfClosing] = found;
    if (!TAGS.has(name)) throw new Error(`a tag that is never written: ${whole}`);
    if (closing) closed(open.pop(), name);
    else {
      tags.push({ name, attributes: attributesIn(written) });
      if (!VOID.has(name) && !selfClosing) open.push(name);
    }
    if (name === "br") text += "\n";
    at = next + whole.length;
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(", ")}`);
  return { tags, text };
}

/** All that a person can see or hear of it: the text, and what controls say. */
export function seenIn(markup: string): string {
  const { tags, text } = readMarkup(markup);
  const said = tags.flatMap(({ attributes }) =>
    ["placeholder", "aria-label", "label", "value"].map((name) => attributes[name]),
  );
  return [text, ...said].join("\n");
}

function closed(opened: string | undefined, name: string): void {
  if (opened !== name) throw new Error(`</${name}> closes <${opened}>`);
}

function attributesIn(written: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [, name = "", value = ""] of written.matchAll(/\s([a-zA-Z-]+)(?:="([^"]*)")?/g)) {
    if (!ATTRIBUTES.has(name) && !/^(data|aria)-[a-z-]+$/.test(name))
      throw new Error(`an attribute that is never written: ${name}`);
    if (name in found) throw new Error(`twice: ${name}`);
    found[name] = decoded(value);
  }
  const { href } = found;
  if (href !== undefined && !/^(https?:\/\/|mailto:)/i.test(href))
    throw new Error(`an address of another kind: ${href}`);
  if (href !== undefined && (found.rel !== "noopener noreferrer" || found.target !== "_blank"))
    throw new Error(`a link that tells: ${href}`);
  return found;
}

function textIn(written: string): string {
  if (/[>"']|&(?!(?:amp|lt|gt|quot|#39);)/.test(written)) throw new Error(`not escaped: ${written.slice(0, 80)}`);
  return decoded(written);
}

function decoded(written: string): string {
  const names: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return written.replace(/&(amp|lt|gt|quot|#39);/g, (_whole, name: string) => names[name] ?? "");
}
