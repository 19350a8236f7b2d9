import type { Message } from "../../domain/message.ts";
import { plural } from "../../slack/format.ts";
import { allSettingsWords } from "../../slack/messages/settings-words.ts";
import { waitWords } from "../../slack/messages/wait-words.ts";
import type { ReviewRefusal } from "../../steps/review-results.ts";
import type { SaveSettingsResult, SettingsResult } from "../../steps/settings-results.ts";
import { plainRefusal, type Refused } from "./refusal-words.ts";
import { code, invite, say } from "./say.ts";

type Now = Extract<SettingsResult, { kind: "settings" }>;
type Saved = Extract<SaveSettingsResult, { kind: "saved" | "unchanged" }>;

/** One line of what is set. @param isOpen whether the window to change it is there */
export function settingsNow({ settings }: Now, isOpen: boolean): Message {
  const line = `⚙️ Set here: ${allSettingsWords(settings)}.`;
  const change = isOpen
    ? `The window changes it for the channel; words behind a run’s id, such as ${code("/findall <run id> digest 30m")}, for one run.`
    : `Slack did not open the window to change it; ${code("/findall settings")} tries again.`;
  return say(line, change);
}

/** What was saved, and whom it concerns; finished mrkdwn. */
export function savedWords(saved: Saved): string {
  const { kind, settings, running } = saved;
  if (kind === "unchanged") return `✔️ Nothing was changed. Set here: ${allSettingsWords(settings)}.`;
  const applies =
    running === 0
      ? "No run is followed here just now; it holds for the next one."
      : `It applies to the ${plural(running, "run")} followed here now.`;
  return `✔️ Saved. Set here now: ${allSettingsWords(settings)}. ${applies}${releasedWords(saved)}`;
}

/** What the filter lets go now, and what becomes of that. */
function releasedWords({ released, waiting }: Saved): string {
  const held = new Map<string, number>();
  for (const { candidates, wait } of waiting) {
    const words = waitWords(wait);
    held.set(words, (held.get(words) ?? 0) + candidates);
  }
  const free = released - waiting.reduce((sum, { candidates }) => sum + candidates, 0);
  const of = (candidates: number) => `${plural(candidates, "candidate")} that the filter held back`;
  const parts = [
    ...(free > 0 ? [`${of(free)} ${free === 1 ? "is" : "are"} now on the way.`] : []),
    ...[...held].map(([words, many]) => `${of(many)} now ${many === 1 ? "waits" : "wait"} ${words}.`),
  ];
  return parts.map((part) => ` ${part}`).join("");
}

/** Why settings can be neither shown nor saved. */
export function settingsRefused(refusal: ReviewRefusal, botUserId: string): Refused {
  if (refusal.kind === "not_member") {
    return {
      refused: `Only people in <#${refusal.channel}> see and change what is set there: join the channel, then type ${code("/findall settings")} again. Nothing was changed.`,
      plain: "Only people in the channel change what is set there. Join it, then press Save again.",
    };
  }
  if (refusal.kind === "membership_unknown") {
    return {
      refused: `Slack does not tell me whether you are in this channel. If I am not in it yet, type ${invite(botUserId)}; then ${code("/findall settings")} works. Nothing was changed.`,
      plain: plainRefusal(refusal),
    };
  }
  return {
    refused: `${plainRefusal(refusal)} ${code("/findall settings")} tries again.`,
    plain: plainRefusal(refusal),
  };
}
