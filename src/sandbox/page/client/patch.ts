/// <reference lib="dom" />
import type { Patch, RegionPatch } from "../live.ts";
import { morph } from "./morph.ts";

/** Pieces that were not there before, by region. */
export type Added = ReadonlyMap<string, readonly Element[]>;

/** Brings the page up to date; gives what is new. */
export function applyPatch(patch: Patch): Added {
  const added = new Map<string, readonly Element[]>();
  for (const [name, change] of Object.entries(patch)) {
    const region = document.querySelector(`[data-region="${name}"]`);
    if (region) added.set(name, patchRegion(region, change));
  }
  return added;
}

function patchRegion(region: Element, { keys, pieces }: RegionPatch): readonly Element[] {
  const present = new Map([...region.children].map((child) => [child.getAttribute("data-key") ?? "", child]));
  const added: Element[] = [];
  const wanted = new Set(keys);
  for (const [key, child] of present) if (!wanted.has(key)) take(child);
  let cursor = region.firstElementChild;
  for (const key of keys) {
    const old = present.get(key);
    const html = pieces[key];
    const piece = old ?? newPiece(key);
    if (html !== undefined) {
      const fresh = newPiece(key);
      // The server has escaped everything foreign in it, and the page's policy lets no script of its own run.
      fresh.innerHTML = html;
      morph(piece, fresh);
    }
    if (!old) added.push(piece);
    if (piece === cursor) cursor = cursor.nextElementSibling;
    else region.insertBefore(piece, cursor);
  }
  return added;
}

/** A dialog is closed before it goes: only then the focus returns to where it came from. */
function take(piece: Element): void {
  for (const dialog of piece.querySelectorAll<HTMLDialogElement>("dialog[open]")) dialog.close();
  piece.remove();
}

function newPiece(key: string): Element {
  const piece = document.createElement("div");
  piece.dataset.key = key;
  return piece;
}
