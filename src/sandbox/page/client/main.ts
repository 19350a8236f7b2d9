/// <reference lib="dom" />
import type { Patch } from "../live.ts";
import { restoreDrafts, watchComposers } from "./composing.ts";
import { watchControls } from "./controls.ts";
import { focusWanted } from "./focusing.ts";
import { watchKeys } from "./keys.ts";
import { watchMenus } from "./menus.ts";
import { openModals, watchModals } from "./modals.ts";
import { isNarrow, reflect } from "./navigate.ts";
import { type Added, applyPatch } from "./patch.ts";
import { watchPlaces } from "./places.ts";
import { holdScroll, reveal, watchScroll } from "./scrolling.ts";
import { speak } from "./speaking.ts";
import { follow } from "./stream.ts";

/** Keys of the first pieces: another one there means another channel or thread is shown. */
const shown = { messages: "", thread: "" };

function onPatch(patch: Patch, isFirst: boolean): void {
  const restoreScroll = holdScroll();
  const added = applyPatch(patch);
  openModals();
  restoreDrafts();
  focusWanted();
  restoreScroll(elsewhere(patch));
  reveal();
  title();
  if (!isFirst) speak(added as Added);
}

/** The lists that now show another place than before, and so begin at their end. */
function elsewhere(patch: Patch): ReadonlySet<string> {
  const moved = new Set<string>();
  for (const name of ["messages", "thread"] as const) {
    const first = patch[name]?.keys.find((key) => !key.startsWith("day-"));
    if (first === undefined) continue;
    if (first !== shown[name]) moved.add(name);
    shown[name] = first;
  }
  return moved;
}

function title(): void {
  const place = document.querySelector(".talk h1")?.textContent?.trim();
  document.title = place ? `${place} · FindAll sandbox` : "FindAll sandbox";
}

reflect();
watchControls();
watchMenus();
watchModals();
watchComposers();
watchPlaces();
watchScroll();
watchKeys();
follow(onPatch);
if (!isNarrow()) document.querySelector<HTMLElement>("#composer")?.focus();
