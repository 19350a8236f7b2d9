/// <reference lib="dom" />

/** So near the end counts as reading along. */
const NEAR_PX = 96;

const FOUND_MS = 2_000;

const LISTS = ["messages", "thread"] as const;

/** ts of a message that is to be seen once it is there. */
let wanted: string | null = null;

/** The next time the page changes, this message is brought into sight and marked for a moment. */
export function revealNext(ts: string): void {
  wanted = ts;
}

/** Brings the wanted message into sight, in the thread before the channel. */
export function reveal(): void {
  const message = wanted === null ? null : messageOf(wanted);
  if (!message) return;
  wanted = null;
  message.scrollIntoView({ block: "center" });
  message.classList.add("found");
  setTimeout(() => message.classList.remove("found"), FOUND_MS);
}

function messageOf(ts: string): Element | null {
  const at = (list: string) => document.querySelector(`[data-region="${list}"] [data-ts="${CSS.escape(ts)}"]`);
  return at("thread") ?? at("messages");
}

/** Remembers, before a change, who reads along; the function it gives keeps them at the end afterwards. */
export function holdScroll(): (jumpToEnd: ReadonlySet<string>) => void {
  const lists = LISTS.map((name) => ({ name, list: listOf(name) }));
  const before = lists.map(({ list }) => ({ wasAtEnd: isAtEnd(list), count: countOf(list) }));
  return (jumpToEnd) => {
    for (const [index, { name, list }] of lists.entries()) {
      const { wasAtEnd, count } = before[index] ?? { wasAtEnd: true, count: 0 };
      if (wasAtEnd || jumpToEnd.has(name)) list.scrollTop = list.scrollHeight;
      else if (countOf(list) > count) buttonOf(name).hidden = false;
    }
  };
}

/** Makes the "new messages" buttons work, and go when they are not needed. */
export function watchScroll(): void {
  for (const name of LISTS) {
    const list = listOf(name);
    const button = buttonOf(name);
    button.addEventListener("click", () => list.scrollTo({ top: list.scrollHeight, behavior: "smooth" }));
    list.addEventListener("scroll", () => {
      if (isAtEnd(list)) button.hidden = true;
    });
  }
}

function isAtEnd(list: HTMLElement): boolean {
  return list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;
}

function countOf(list: HTMLElement): number {
  return list.firstElementChild?.childElementCount ?? 0;
}

function listOf(name: string): HTMLElement {
  return document.querySelector(`[data-scroll="${name}"]`) as HTMLElement;
}

function buttonOf(name: string): HTMLElement {
  return document.querySelector(`[data-jump="${name}"]`) as HTMLElement;
}
