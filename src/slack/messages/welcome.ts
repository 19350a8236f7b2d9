import type { Message } from "../../domain/message.ts";
import { section } from "../blocks.ts";

const WHAT =
  "I follow FindAll runs of Parallel in a channel: one card shows how the run is doing, each match arrives in its thread to be reviewed, and you hear when it has ended.";

/** The first thing that a person hears of the app, in their messages with it. */
export function renderWelcome(botUserId: string): Message {
  return said(
    `Hello! ${WHAT}`,
    `To begin, type */invite <@${botUserId}>* in a channel, and there \`/findall &lt;id&gt;\` with the id of a run. \`/findall help\` tells the rest; this is all I say unasked.`,
  );
}

/** For the person who brought the app into a channel, and nobody else there. */
export function renderInvited(): Message {
  return said(
    `Thank you for the invitation. ${WHAT}`,
    "To begin, type `/findall &lt;id&gt;` here, with the id of a run. `/findall help` tells the rest.",
  );
}

function said(...paragraphs: readonly string[]): Message {
  return { text: paragraphs.join("\n"), blocks: paragraphs.map(section) };
}
