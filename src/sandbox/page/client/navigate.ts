/// <reference lib="dom" />
import type { Viewer } from "../viewer.ts";

type Listener = (viewer: Viewer) => void;

const listeners: Listener[] = [];
let current: Viewer = read();

/** Who looks at what now. */
export function viewer(): Viewer {
  return current;
}

/** Called whenever somebody goes elsewhere. */
export function onGo(listener: Listener): void {
  listeners.push(listener);
}

/** Goes to another place, as another person, or to another column; the back button leads back. */
export function go(change: Partial<Viewer>): void {
  current = { ...current, ...change };
  history.pushState(null, "", `?${queryOf(current)}`);
  announce();
}

/** Takes the server's word for where one is: it knows what can be seen. */
export function settle(viewer: Viewer): void {
  current = { ...viewer, pane: current.pane };
  history.replaceState(null, "", `?${queryOf(current)}`);
  reflect();
}

export function queryOf({ user, channel, thread, tab, pane }: Viewer): string {
  const query = new URLSearchParams({ user, channel });
  if (thread) query.set("thread", thread);
  if (tab !== "messages") query.set("tab", tab);
  if (pane !== "talk") query.set("pane", pane);
  return query.toString();
}

/** Shows the column that a narrow screen has room for, and whether a thread is open. */
export function reflect(): void {
  document.body.dataset.pane = current.pane;
  document.body.dataset.thread = current.thread ? "open" : "closed";
}

export function isNarrow(): boolean {
  return matchMedia("(max-width: 760px)").matches;
}

function announce(): void {
  reflect();
  for (const listener of listeners) listener(current);
}

function read(): Viewer {
  // Without an address of its own a place is where the server has put one.
  const query = new URLSearchParams(location.search || document.body.dataset.viewer);
  return {
    user: query.get("user") ?? "",
    channel: query.get("channel") ?? "",
    thread: query.get("thread"),
    tab: (query.get("tab") as Viewer["tab"] | null) ?? "messages",
    pane: (query.get("pane") as Viewer["pane"] | null) ?? "talk",
  };
}

addEventListener("popstate", () => {
  current = read();
  announce();
});
