import type { Message } from "../../domain/message.ts";
import type { Run, RunSpec } from "../../domain/run.ts";
import { dotted, section } from "../../slack/blocks.ts";
import { fitMessage } from "../../slack/fit.ts";
import { matchedWords } from "../../slack/messages/counts.ts";
import { statusWords } from "../../slack/messages/reasons.ts";
import { clipPlain } from "../../slack/text.ts";
import type { WatchListItem } from "../../steps/results.ts";
import { code, linked, runTitle, say } from "./say.ts";
import { watchWords } from "./watch-words.ts";

const SHOWN = 20;
const TITLE_LENGTH = 70;

/** The runs that this channel follows. */
export function list(items: readonly WatchListItem[]): Message {
  if (items.length === 0) {
    return say(`This channel does not follow any run yet. ${code("/findall <run id>")} follows one.`);
  }
  const shown = items.slice(0, SHOWN);
  const head = `*${items.length === 1 ? "One run" : `${items.length} runs`} in this channel*`;
  const tail = [
    ...(items.length > SHOWN ? [`… and ${items.length - SHOWN} more.`] : []),
    `${code("/findall status <run id>")} tells more, ${code("/findall stop <run id>")} stops following.`,
  ].join(" ");
  return fitMessage({
    text: [head, ...shown.map((item) => `• ${summary(item, runTitle(item.spec, TITLE_LENGTH))}`), tail].join("\n"),
    blocks: [section(head), ...shown.map((item) => section(summary(item, linkedTitle(item)))), section(tail)],
  });
}

function summary(item: WatchListItem, title: string): string {
  const { watch, run, spec } = item;
  return dotted([title, watchWords(watch), ...(run ? runFacts(run, spec) : ["not read yet"]), code(watch.runId)]);
}

function runFacts(run: Run, spec: RunSpec | null): string[] {
  const { icon, words } = statusWords(run);
  return [`${icon} ${words}`, matchedWords(run, spec)];
}

function linkedTitle(item: WatchListItem): string {
  const label = clipPlain(item.spec?.objective || item.watch.runId, TITLE_LENGTH);
  return `*${linked(item.cardLink, label) ?? runTitle(item.spec, TITLE_LENGTH)}*`;
}
