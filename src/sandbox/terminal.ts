import type { FakeSlack } from "./fake-slack/index.ts";
import type { StoredMessage } from "./fake-slack/model.ts";
import { listStories } from "./stories/player.ts";

/** Prints every message of the fake workspace as a person would read it, as it is posted, edited or deleted. */
export function printWorkspace(slack: FakeSlack, write: (text: string) => void): void {
  const place = (message: { channel: string; threadTs?: string | null }) => {
    const { info } = slack.channel(message.channel);
    const name = info.isAppDm ? "direct message" : info.name ? `#${info.name}` : info.id;
    return message.threadTs ? `${name} › thread` : name;
  };
  const show = (head: string, text: string) => write(`\n${head}\n${indent(text)}\n`);
  const author = (message: StoredMessage) => (message.user === slack.app.botUserId ? slack.app.name : message.user);
  slack.on("message", (message) => show(`── ${place(message)} · ${author(message)}`, slack.textOf(message)));
  slack.on("edit", (message) => show(`── ${place(message)} · ${author(message)} edited`, slack.textOf(message)));
  slack.on("delete", (message) => show(`── ${place(message)}`, "a message was deleted"));
  slack.on("ephemeral", (message) => show(`── ${place(message)} · only visible to you`, slack.textOf(message)));
}

/** What can be typed: one line a story. */
export function storyMenu(): string {
  const stories = listStories();
  const width = Math.max(...stories.map((story) => story.id.length));
  return stories.map((story) => `  /findall ${story.id.padEnd(width)}  ${story.title}`).join("\n");
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `   ${line}`)
    .join("\n");
}
