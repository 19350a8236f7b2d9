/// <reference lib="dom" />
import type { Patch } from "../live.ts";
import type { Viewer } from "../viewer.ts";
import { onGo, queryOf, settle, viewer } from "./navigate.ts";

/** What comes from the server; `isFirst` is the whole page after one has gone somewhere. */
export type OnPatch = (patch: Patch, isFirst: boolean) => void;

const PATIENCE_MS = 2_000;

/** Follows what changes for the person who looks, wherever they go. */
export function follow(onPatch: OnPatch): void {
  let stop = listen(onPatch);
  onGo(() => {
    stop();
    stop = listen(onPatch);
  });
}

function listen(onPatch: OnPatch): () => void {
  const source = new EventSource(`/events?${queryOf(viewer())}`);
  let isFirst = true;
  let offline: ReturnType<typeof setTimeout> | undefined;
  const showOffline = (isOffline: boolean) => {
    clearTimeout(offline);
    const bar = document.querySelector<HTMLElement>("#offline");
    if (bar) bar.hidden = !isOffline;
  };
  source.addEventListener("viewer", (event) => {
    isFirst = true;
    showOffline(false);
    settle(JSON.parse(event.data) as Viewer);
  });
  source.addEventListener("patch", (event) => {
    onPatch(JSON.parse(event.data) as Patch, isFirst);
    isFirst = false;
  });
  source.addEventListener("error", () => {
    clearTimeout(offline);
    offline = setTimeout(() => showOffline(true), PATIENCE_MS);
  });
  return () => {
    clearTimeout(offline);
    source.close();
  };
}
