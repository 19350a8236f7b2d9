import type { Message } from "../../domain/message.ts";
import type { Watch } from "../../domain/watch.ts";
import { explainCode } from "../../slack/explain.ts";
import { DATE, plural, slackDate } from "../../slack/format.ts";
import { waitWords } from "../../slack/messages/wait-words.ts";
import type { PauseResult } from "../../steps/pause-results.ts";
import { cardSuffix, code, foreign, invite, runName, say } from "./say.ts";

type Of<Kind extends PauseResult["kind"]> = Extract<PauseResult, { kind: Kind }>;

/** Nothing new of the run is posted until somebody says resume. */
export function paused({ watch, cardLink }: Of<"paused">): Message {
  return say(
    `⏸ Paused ${runName(watch.runId, null)} here: nothing new is posted${cardSuffix(cardLink)}. ${watch.ended ? "The run has ended; what it has found and is not here yet is kept." : "The run itself goes on at Parallel, and what it finds meanwhile is kept."}`,
    `${code(`/findall resume ${watch.runId}`)} delivers what was missed; ${code(`/findall stop ${watch.runId}`)} stops following it.`,
  );
}

/** A person paused it before, or Slack holds it up. */
export function alreadyPaused({ watch, cardLink }: Of<"already_paused">, botUserId: string): Message {
  const name = runName(watch.runId, null);
  const resume = code(`/findall resume ${watch.runId}`);
  if (watch.pausedByName !== null)
    return say(
      `⏸ ${name} is paused here already, by ${foreign(watch.pausedByName, 80) || "a teammate"}${cardSuffix(cardLink)}. What it finds is kept.`,
      `${resume} delivers what was missed.`,
    );
  const { what, mend } = explainCode(watch.pauseReason ?? "unknown", { botName: null, invite: invite(botUserId) });
  return say(
    `⏸ ${name} is held up here already${cardSuffix(cardLink)}: ${what}`,
    `${mend} Then it goes on by itself, or by ${resume}, and delivers what was missed.`,
  );
}

/** A pause or a mute was taken away, or what Slack refused is tried again. */
export function resumed(result: Of<"resumed">): Message {
  const { watch, cardLink, isTry } = result;
  const name = runName(watch.runId, null);
  const lead = `${name} goes on here${isTry ? ", if Slack lets it" : ""}${cardSuffix(cardLink)}.`;
  return say(
    `▶️ ${lead} ${missedWords(result)}`,
    `${code(`/findall status ${watch.runId}`)} shows how it is doing, ${code(`/findall pause ${watch.runId}`)} pauses it again.`,
  );
}

function missedWords({ waiting, wait, isTry }: Of<"resumed">): string {
  if (waiting === 0) return isTry ? "I try again now; nothing was missed so far." : "Nothing was missed.";
  const messages = plural(waiting, "message");
  const isOne = waiting === 1;
  if (wait !== null) return `${messages} still ${isOne ? "waits" : "wait"} ${waitWords(wait)}.`;
  return isTry
    ? `I try again now: ${messages} that waited ${isOne ? "goes on its way" : "go on their way"} if Slack takes ${isOne ? "it" : "them"}.`
    : `${messages} that waited ${isOne ? "is" : "are"} on the way.`;
}

/** There was nothing to take away. */
export function notPaused({ watch, cardLink }: Of<"not_paused">): Message {
  return say(
    `${runName(watch.runId, null)} is neither paused nor muted here: it goes on${cardSuffix(cardLink)}.`,
    `${code(`/findall status ${watch.runId}`)} shows how it is doing.`,
  );
}

/** Nothing new of the run is posted for a while. */
export function muted({ watch, cardLink }: Of<"muted">): Message {
  const until =
    typeof watch.mutedUntil === "number"
      ? `until ${slackDate(watch.mutedUntil, DATE.at)}, or its end if that comes first`
      : "until the run has ended";
  return say(
    `🔇 Muted ${runName(watch.runId, null)} here ${until}${cardSuffix(cardLink)}. ${pauseBesides(watch) ?? "What it finds meanwhile is kept and comes then."}`,
    `${code(`/findall resume ${watch.runId}`)} takes ${watch.state === "paused" ? "both" : "that"} back; ${code(`/findall mute ${watch.runId} 2h`)} mutes for a time of your choice.`,
  );
}

/** A pause does not end with a mute. */
function pauseBesides({ state, pausedByName }: Watch): string | null {
  if (state !== "paused") return null;
  return pausedByName === null
    ? "Slack holds it up besides, so nothing comes before that is mended too."
    : `It is paused besides, by ${foreign(pausedByName, 80) || "a teammate"}: that outlasts the mute, and what it finds is kept.`;
}
