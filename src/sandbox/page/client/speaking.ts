/// <reference lib="dom" />
import type { Added } from "./patch.ts";

/** More at once are counted, not read out. */
const MOST = 3;
const LONGEST = 160;

/** Tells somebody who does not see the page what has come. */
export function speak(added: Added): void {
  const fresh = [...(added.get("messages") ?? []), ...(added.get("thread") ?? [])].flatMap((piece) => {
    const message = piece.querySelector(".message");
    return message ? [message] : [];
  });
  if (fresh.length === 0) return;
  const place = document.querySelector("#spoken");
  if (!place) return;
  const words = fresh.length > MOST ? [`${fresh.length} new messages`] : fresh.map(wordsOf);
  place.replaceChildren(...words.map((each) => Object.assign(document.createElement("p"), { textContent: each })));
}

function wordsOf(message: Element): string {
  const author = message.querySelector(".author")?.textContent ?? "";
  const text = message.querySelector(".message-body")?.textContent?.replace(/\s+/g, " ").trim() ?? "";
  const only = message.classList.contains("ephemeral") ? ", only visible to you" : "";
  return `${author}${only}: ${text.slice(0, LONGEST)}`;
}
