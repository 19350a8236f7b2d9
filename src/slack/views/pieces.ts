import type { KnownBlock } from "@slack/types";
import { lines, section } from "../blocks.ts";
import { splitMrkdwn } from "../split.ts";
import { jsonSize } from "../text.ts";

/** Finished mrkdwn in the order of reading; each piece fits into one section, none is cut. */
export type Pieces = readonly string[];

/** JSON length of a section's text: a little below Slack's 3,000. */
export const PIECE = 2_900;

/** `*lead*: text`, whole, over as many pieces as it takes. Nothing when there is no text. @param lead finished mrkdwn */
export function labelled(lead: string, text: string): Pieces {
  const [first, ...rest] = splitMrkdwn(text, PIECE - jsonSize(lead));
  return first === undefined ? [] : [lead + first, ...rest];
}

/** The pieces in as few sections as hold them. */
export function sections(pieces: Pieces): readonly KnownBlock[] {
  const texts: string[] = [];
  for (const piece of pieces) {
    const joined = lines([texts.at(-1) ?? "", piece]);
    if (texts.length > 0 && jsonSize(joined) <= PIECE) texts[texts.length - 1] = joined;
    else texts.push(piece);
  }
  return texts.map(section);
}
