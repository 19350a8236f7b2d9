/// <reference lib="dom" />

/*
 * Makes one piece of the page like another while a person is using it. A library (idiomorph) would do the same; this is
 * kept small because the server names every piece by a key, so that only what is inside one has to be matched.
 */

/** Set by the browser side alone: what is unfolded, hidden or busy stays so when the server draws anew. */
const OWN_ATTRIBUTES = new Set([
  "open",
  "hidden",
  "aria-busy",
  "aria-expanded",
  "aria-selected",
  "aria-activedescendant",
]);

/** Makes `old` like `fresh`; nodes that are in both stay, with focus, selection and what was typed into them. */
export function morph(old: Element, fresh: Element): void {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !OWN_ATTRIBUTES.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of [...fresh.attributes]) {
    if (!OWN_ATTRIBUTES.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  morphChildren(old, fresh);
}

function morphChildren(old: Element, fresh: Element): void {
  const keyed = new Map<string, Element>();
  for (const child of old.children) if (keyOf(child)) keyed.set(keyOf(child), child);
  let cursor: ChildNode | null = skipLocal(old.firstChild);
  for (const wanted of [...fresh.childNodes]) {
    const match = matchOf(wanted, cursor, keyed);
    if (!match) {
      old.insertBefore(wanted, cursor);
      continue;
    }
    if (match === cursor) cursor = skipLocal(cursor.nextSibling);
    else old.insertBefore(match, cursor);
    makeLike(match, wanted);
  }
  while (cursor) {
    const next: ChildNode | null = skipLocal(cursor.nextSibling);
    cursor.remove();
    cursor = next;
  }
}

function makeLike(old: ChildNode, fresh: ChildNode): void {
  if (old instanceof Element && fresh instanceof Element) morph(old, fresh);
  else if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
}

/** The node that is the same thing: by its key, or by its kind where neither has one. */
function matchOf(wanted: ChildNode, cursor: ChildNode | null, keyed: Map<string, Element>): ChildNode | null {
  const key = wanted instanceof Element ? keyOf(wanted) : "";
  if (key) {
    const found = keyed.get(key);
    return found && found.nodeName === wanted.nodeName ? found : null;
  }
  if (!cursor || cursor.nodeName !== wanted.nodeName) return null;
  return cursor instanceof Element && keyOf(cursor) ? null : cursor;
}

function keyOf(element: Element): string {
  return element.id || (element.getAttribute("data-key") ?? "");
}

/** What the browser side put in, an error under a field for instance, is nothing the server knows. */
function skipLocal(node: ChildNode | null): ChildNode | null {
  let next = node;
  while (next instanceof Element && next.hasAttribute("data-local")) next = next.nextSibling;
  return next;
}
