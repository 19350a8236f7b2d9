/// <reference lib="dom" />
import { go, isNarrow, viewer } from "./navigate.ts";

/** Selector of what is to have the focus once it is there. */
let wanted: string | null = null;

/** Opens a thread and, where that brings up no keyboard of glass, goes to its reply field. */
export function openThread(ts: string): void {
  wanted = isNarrow() ? null : "#thread-composer";
  go({ thread: ts, tab: "messages", pane: "talk" });
  focusWanted();
}

/** Closes the thread and goes back to where it was opened. */
export function closeThread(): void {
  const { thread } = viewer();
  go({ thread: null });
  const opener = document.querySelector<HTMLElement>(
    `[data-region="messages"] .replies[data-open-thread="${CSS.escape(thread ?? "")}"]`,
  );
  (opener ?? document.querySelector<HTMLElement>("#composer"))?.focus();
}

/** To be called whenever the page has changed. */
export function focusWanted(): void {
  const target = wanted === null ? null : document.querySelector<HTMLElement>(wanted);
  if (!target) return;
  wanted = null;
  target.focus();
}
