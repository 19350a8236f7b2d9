import { messageToText } from "./message-text.ts";
import { nameOf, type World } from "./world.ts";

const RECENT = 25;

/** The workspace as text, for the report of a test that waited in vain. */
export function dumpWorld(world: World): string {
  const names = (id: string) => nameOf(world, id);
  const lines: string[] = [];
  for (const [channel, messages] of world.messages) {
    if (messages.size === 0) continue;
    lines.push(`#${names(channel)} (${channel}), ${messages.size} messages`);
    for (const message of [...messages.values()].slice(-RECENT)) {
      const indent = message.threadTs ? "    " : "  ";
      const text = messageToText(message, { nameOf: names }).replaceAll("\n", `\n${indent}  `);
      lines.push(`${indent}${message.ts} ${names(message.user) ?? message.user}: ${text}`);
    }
  }
  for (const each of [...world.ephemerals.values()].slice(-RECENT)) {
    lines.push(
      `only ${names(each.user)} in ${names(each.channel)} (${each.origin}): ${messageToText(each, { nameOf: names })}`,
    );
  }
  lines.push(`last of ${world.calls.length} calls:`);
  for (const call of world.calls.slice(-RECENT)) {
    lines.push(
      `  ${call.method} ${call.channel ?? ""} → ${call.ok ? "ok" : call.error}${call.fault ? ` (fault: ${call.fault})` : ""}`,
    );
  }
  for (const problem of world.problems) lines.push(`problem: ${problem}`);
  return lines.join("\n");
}
