/// <reference lib="dom" />
import { closeThread } from "./focusing.ts";
import { foldMenu } from "./menus.ts";
import { viewer } from "./navigate.ts";

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** What the keyboard does beyond what a browser does by itself. */
export function watchKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    const target = event.target as Element;
    const channel = target.closest<HTMLElement>(".channel");
    if (channel && event.key in STEPS) {
      event.preventDefault();
      neighbour(channel, STEPS[event.key] ?? 0)?.focus();
    }
    if (event.key === "Escape") closeInnermost(target);
  });
}

function neighbour(channel: HTMLElement, step: number): HTMLElement | undefined {
  const all = [...document.querySelectorAll<HTMLElement>(".channel")];
  return all[(all.indexOf(channel) + step + all.length) % all.length];
}

/** Closes the innermost thing that is open: a menu, then the thread. Modals are the browser's. */
function closeInnermost(target: Element): void {
  if (foldMenu()) return;
  if (viewer().thread && target.closest(".thread") && !target.closest("dialog")) closeThread();
}
