/// <reference lib="dom" />
import type { Viewer } from "../viewer.ts";
import { closeThread, openThread } from "./focusing.ts";
import { go, isNarrow, viewer } from "./navigate.ts";
import { messageAt } from "./permalinks.ts";
import { post, postFrom } from "./post.ts";
import { revealNext } from "./scrolling.ts";

/** What a click on something with this attribute does. */
const CLICKS: Readonly<Record<string, (element: HTMLElement, value: string) => void>> = {
  "data-go-channel": (_element, channel) => go({ channel, thread: null, tab: "messages", pane: "talk" }),
  "data-user": (_element, user) => go({ user }),
  "data-tab": (_element, tab) => go({ tab: tab as Viewer["tab"] }),
  "data-pane": (_element, pane) => go({ pane: pane as Viewer["pane"] }),
  "data-open-thread": (_element, thread) => openThread(thread),
  "data-close-thread": closeThread,
  "data-theme-toggle": toggleTheme,
  "data-room": (_element, wanted) => toggleRoom(wanted === "open" ? true : undefined),
  "data-shortcut": (element, callbackId) => void useShortcut(element, callbackId),
  "data-story": (element, id) => void startStory(element, id),
  "data-speed": (_element, speed) => void post("speed", { speed: Number(speed) }),
  "data-trouble": (element, id) => {
    const { user, channel } = viewer();
    void postFrom(element, "trouble", { user, channel, id, on: element.dataset.on !== "false" });
  },
  "data-react": (element, emoji) => {
    const { channel, ts } = element.closest<HTMLElement>("[data-message]")?.dataset ?? {};
    void post("react", { user: viewer().user, channel, ts, emoji });
  },
};

const SELECTOR = Object.keys(CLICKS)
  .map((name) => `[${name}]`)
  .join(",");

/** Makes everything work that leads somewhere or is the page's own. */
export function watchPlaces(): void {
  document.addEventListener("click", (event) => {
    if (followPermalink(event)) return;
    const element = (event.target as Element).closest<HTMLElement>(SELECTOR);
    if (!element || element === document.body || event.ctrlKey || event.metaKey) return;
    for (const [name, act] of Object.entries(CLICKS)) {
      const value = element.getAttribute(name);
      if (value === null) continue;
      event.preventDefault();
      act(element, value);
      return;
    }
  });
}

/** A link into the workspace leads there without leaving the page, which is all there is of this Slack. */
function followPermalink(event: MouseEvent): boolean {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
  const place = link ? messageAt(link.href) : null;
  if (!place) return false;
  event.preventDefault();
  revealNext(place.ts);
  go({ channel: place.channel, thread: place.thread, tab: "messages", pane: "talk" });
  return true;
}

async function useShortcut(element: HTMLElement, callbackId: string): Promise<void> {
  const { user, channel } = viewer();
  const menu = element.closest("details");
  menu?.removeAttribute("open");
  // Where a modal gives the focus back to once it is closed.
  menu?.querySelector("summary")?.focus();
  const ts = element.closest<HTMLElement>("[data-message]")?.dataset.ts;
  await postFrom(element, "shortcut", { user, channel, ts, callbackId });
}

async function startStory(element: HTMLElement, id: string): Promise<void> {
  const { user, channel } = viewer();
  if (viewer().tab !== "messages" || isNarrow()) go({ tab: "messages", pane: "talk" });
  await postFrom(element, "story", { user, channel, id });
}

function toggleRoom(wanted?: boolean): void {
  const { dataset } = document.body;
  const isOpen = wanted ?? (isNarrow() ? viewer().pane !== "room" : dataset.room !== "open");
  dataset.room = isOpen ? "open" : "closed";
  document.querySelector("[aria-controls=room-body]")?.setAttribute("aria-expanded", String(isOpen));
  if (isNarrow()) go({ pane: isOpen ? "room" : "talk" });
}

function toggleTheme(): void {
  const root = document.documentElement;
  const isDark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
  // A cookie, so that the server can draw the page in the right colours from the first moment.
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API needs https in other browsers
  document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=strict`;
}
