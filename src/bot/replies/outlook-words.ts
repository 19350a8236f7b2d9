import { isFiltering } from "../../domain/filter.ts";
import type { Wait } from "../../domain/waiting.ts";
import { plural } from "../../slack/format.ts";
import { ARRIVAL_WORDS } from "../../slack/messages/settings-words.ts";
import { waitWords } from "../../slack/messages/wait-words.ts";
import type { StartedWatch } from "../../steps/results.ts";
import { code } from "./say.ts";

type Outlook = StartedWatch["outlook"];

/** When what is found comes, as a paragraph of its own; nothing when it comes at once. */
export function waitParagraphs(wait: Wait | null, runId: string): readonly string[] {
  if (wait === null) return [];
  const canResume = wait.kind === "muted" || wait.kind === "paused" || wait.kind === "refused";
  const resume = canResume ? `; ${code(`/findall resume ${runId}`)} brings it now` : "";
  return [`What is new of it waits ${waitWords(wait)}${resume}.`];
}

/** "its matches come into the card’s thread in a digest every hour": which of them, and when. */
export function arrivalWords({ settings }: Outlook): string {
  const which = isFiltering(settings) ? "those of its matches that pass the filter here" : "its matches";
  const { arrives } = settings;
  const when = arrives === "each" ? "" : arrives === "end" ? " at the end" : ` in ${ARRIVAL_WORDS[arrives]}`;
  return `${which} come into the card’s thread${when}`;
}

/** The card of a run that has ended, and what becomes of its matches. */
export function endedWords(matched: number, { settings, wait }: Outlook): string {
  if (matched === 0) return "I am posting its card here, with no matches in the thread";
  const all = plural(matched, "match", "matches");
  const isFiltered = isFiltering(settings);
  if (wait === null && !isFiltered) return `I am posting its card here, with ${all} in the thread`;
  const its = matched === 1 ? "its match" : `its ${all}`;
  const which = !isFiltered
    ? its
    : matched === 1
      ? `${its}, if it passes the filter here,`
      : `those of ${its} that pass the filter here`;
  if (wait === null) return `I am posting its card here, with ${which} in the thread`;
  return `I am posting its card here; ${which} ${matched === 1 ? "waits" : "wait"} ${waitWords(wait)}`;
}
