import type { Message } from "../../domain/message.ts";
import { section } from "../../slack/blocks.ts";
import { fitMessage } from "../../slack/fit.ts";
import { code, foreign } from "./say.ts";

/** An answer to `/findall settings`, with word that what was typed behind it changed nothing. */
export function besideSettings(message: Message, words: string): Message {
  const line = `“${foreign(words, 60)}” behind ${code("settings")} changed nothing: choose it in the window for the whole channel, or type it behind a run’s id, as in ${code("/findall <run id> digest 30m")}, for that run alone.`;
  return fitMessage({ ...message, text: `${line}\n${message.text}`, blocks: [section(line), ...message.blocks] });
}
