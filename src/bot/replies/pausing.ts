import type { Message } from "../../domain/message.ts";
import { explainCode } from "../../slack/explain.ts";
import { DATE, plural, slackDate } from "../../slack/format.ts";
import type { PauseResult } from "../../steps/pause-results.ts";
import { cardSuffix, code, foreign, runName, say } from "./say.ts";

type Of<Kind extends PauseResult["kind"]> = Extract<PauseResult, { kind: Kind }>;

/** Nothing new of the run is posted until somebody says resume. */
export function paused({ watch, cardLink }: Of<"paused">): Message {
  return say(
    `⏸ Paused ${runName(watch.runId, null)} here: nothing new is posted${cardSuffix(cardLink)}. The run itself goes on at Parallel, and what it finds meanwhile is kept.`,
    `${code(`/findall resume ${watch.runId}`)} delivers what was missed; ${code(`/findall stop ${watch.runId}`)} stops following it.`,
  );
}

/** A person paused it before, or Slack holds it up. */
export function alreadyPaused({ watch, cardLink }: Of<"already_paused">): Message {
  const name = runName(watch.runId, null);
  const resume = code(`/findall resume ${watch.runId}`);
  if (watch.pausedByName !== null)
    return say(
      `⏸ ${name} is paused here already, by ${foreign(watch.pausedByName, 80) || "a teammate"}${cardSuffix(cardLink)}. What it finds is kept.`,
      `${resume} delivers what was missed.`,
    );
  const { what, mend } = explainCode(watch.pauseReason ?? "unknown", { botName: null });
  return say(
    `⏸ ${name} is held up here already${cardSuffix(cardLink)}: ${what}`,
    `${mend} Then it goes on by itself, or by ${resume}, and delivers what was missed.`,
  );
}

/** A pause or a mute was taken away. */
export function resumed({ watch, cardLink, waiting }: Of<"resumed">): Message {
  const missed =
    waiting === 0
      ? "Nothing was missed."
      : `${plural(waiting, "message")} that waited ${waiting === 1 ? "is" : "are"} on the way.`;
  return say(
    `▶️ ${runName(watch.runId, null)} goes on here${cardSuffix(cardLink)}. ${missed}`,
    `${code(`/findall status ${watch.runId}`)} shows how it is doing, ${code(`/findall pause ${watch.runId}`)} pauses it again.`,
  );
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
    `🔇 Muted ${runName(watch.runId, null)} here ${until}${cardSuffix(cardLink)}. What it finds meanwhile is kept and comes then.`,
    `${code(`/findall resume ${watch.runId}`)} takes that back; ${code(`/findall mute ${watch.runId} 2h`)} mutes for a time of your choice.`,
  );
}
