import type { Message } from "../../domain/message.ts";
import { dotted, lines } from "../../slack/blocks.ts";
import { count, DATE, parseTime, slackDate } from "../../slack/format.ts";
import { generatedWords, matchedWords } from "../../slack/messages/counts.ts";
import { endWords, statusWords } from "../../slack/messages/reasons.ts";
import { waitWords } from "../../slack/messages/wait-words.ts";
import type { RunStatusResult } from "../../steps/results.ts";
import { cardReference, code, runName, say } from "./say.ts";
import { isHeld, mendWords, watchWords } from "./watch-words.ts";

type Status = Extract<RunStatusResult, { kind: "status" }>;

const TROUBLE: Readonly<Record<NonNullable<Status["trouble"]>["kind"], string>> = {
  unreachable: "Parallel could not be reached",
  unauthorized: "Parallel rejects the API key",
  too_large: "the result has been too large to read",
  unreadable: "Parallel’s answers could not be read",
  not_found: "Parallel has not known this run",
};

/** The run as it is now, for the asker alone. */
export function status(result: Status, now: number, botUserId: string): Message {
  const { run, spec, trouble } = result;
  const { icon, words } = statusWords(run);
  const facts = [
    dotted([`${icon} ${words}`, matchedWords(run, spec), generatedWords(run)]),
    ended(result),
    changed(run.modifiedAt),
    trouble ? `⚠️ ${TROUBLE[trouble.kind]} since ${slackDate(trouble.since, DATE.at)}; I keep trying.` : null,
    waiting(result),
  ];
  return say(runName(run.id, spec), lines(facts), next(result, now, botUserId));
}

function ended({ run, spec }: Status): string | null {
  if (run.isActive) return null;
  const words = endWords({ run, spec, failures: [] });
  return `${words.reason} ${words.next}`;
}

function changed(modifiedAt: string | null): string | null {
  const at = parseTime(modifiedAt);
  return at === null ? null : `Last change ${slackDate(at, DATE.at)}`;
}

function waiting({ waiting: messages, wait }: Status): string | null {
  if (messages === 0) return null;
  if (wait !== null)
    return `${messages === 1 ? "One message waits" : `${count(messages)} messages wait`} ${waitWords(wait)}.`;
  return messages === 1 ? "One message is on its way here." : `${count(messages)} messages are on their way here.`;
}

function next({ run, watch, cardLink }: Status, now: number, botUserId: string): string {
  if (watch === null) return `${code(`/findall ${run.id}`)} follows it in this channel.`;
  const state = watchWords(watch, now);
  if (isHeld(watch, now)) {
    const resume = code(`/findall resume ${run.id}`);
    const mend = mendWords(watch, botUserId);
    return lines([
      `In this channel it is ${state}: ${cardReference(cardLink)}.`,
      mend === null
        ? `What it finds is kept; ${resume} delivers it.`
        : `${mend} What it finds is kept; then it goes on by itself, or by ${resume}, and delivers what was missed.`,
    ]);
  }
  const again = `${code(`/findall ${run.id}`)} follows it again.`;
  if (state) return `In this channel it is ${state}. ${again}`;
  const then = run.isActive
    ? `${code(`/findall stop ${run.id}`)} stops following it.`
    : `${code(`/findall review ${run.id}`)} goes through its matches, ${code(`/findall export ${run.id}`)} gives them as a file.`;
  return `This channel follows it: ${cardReference(cardLink)}. ${then}`;
}
