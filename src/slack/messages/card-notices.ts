import type { Run, Trouble } from "../../domain/run.ts";
import type { Watch, WatchState } from "../../domain/watch.ts";
import { explainCode } from "../explain.ts";
import { DATE, slackDate } from "../format.ts";
import { bare } from "../text.ts";
import { followAgain, resumeLine } from "./reasons.ts";

const TROUBLE: Readonly<Record<Trouble["kind"], (since: string, detail: string) => string>> = {
  unreachable: (since, detail) =>
    `⚠ *Parallel cannot be reached* since ${since}${detail}. The numbers here are as last seen; the app keeps trying.`,
  unauthorized: (since, detail) =>
    `⚠ *Parallel refuses the app's API key* since ${since}${detail}. The app's operator must check \`PARALLEL_API_KEY\`; until then the numbers here stay as last seen.`,
  too_large: (since, detail) =>
    `⚠ *The result is larger than the app accepts* since ${since}${detail}. Matches may be missing here. The app's operator can raise \`MAX_RESULT_BYTES\`.`,
  unreadable: (since, detail) =>
    `⚠ *Parallel's answer cannot be read* since ${since}${detail}. The numbers here are as last seen; the app keeps trying.`,
  not_found: (since, detail) =>
    `⚠ *Parallel does not find this run* since ${since}${detail}. It may have been deleted, or belong to another account; the app looks again before it gives up.`,
};

/** What is wrong with reading the run, since when, and who can mend it. Empty when nothing is. */
export function troubleWords(trouble: Trouble | null): string {
  if (trouble === null) return "";
  const detail = bare(trouble.detail, 200);
  return TROUBLE[trouble.kind](slackDate(trouble.since, DATE.at), detail === "" ? "" : ` (${detail})`);
}

export interface StateView {
  readonly watch: Watch;
  readonly stoppedByName: string | null;
  /** Its state as last seen: what is said of a run that goes on is not said of one that has ended. */
  readonly run: Pick<Run, "isActive">;
  readonly botName?: string | null;
  /** ms since the epoch */
  readonly seenAt: number;
}

const STATE: Readonly<Record<WatchState, (view: StateView) => string>> = {
  active: mutedWords,
  resting: () => "",
  stopped: (view) =>
    `🔕 *Not followed any more*: stopped by ${bare(view.stoppedByName ?? "", 80) || "a teammate"}. ${view.run.isActive ? "The run itself goes on; " : ""}${again(view)} follows it again.`,
  paused: (view) => {
    if (view.watch.pauseReason === null) return pausedByPersonWords(view);
    const { what, mend } = explainCode(view.watch.pauseReason ?? "unknown", { botName: view.botName ?? null });
    return `⏸ *Posting is paused*: ${what} ${mend} Then send ${again(view)} here; everything missed is delivered.`;
  },
  lost: (view) =>
    `❔ *Parallel no longer knows this run*, so it is not followed any more. What was found stays in the thread; if the run comes back, ${again(view)} follows it again.`,
};

/** What the watch's own state means for the reader. Empty when there is nothing to say. */
export function stateWords(view: StateView): string {
  return STATE[view.watch.state](view);
}

/** A person's own wish; a run that has ended is told when it is over. */
function mutedWords({ watch, run, seenAt }: StateView): string {
  const { mutedUntil } = watch;
  const isOver = !run.isActive || (typeof mutedUntil === "number" && mutedUntil <= seenAt);
  if (mutedUntil === null || isOver) return "";
  const until = mutedUntil === "end" ? "the run has ended" : slackDate(mutedUntil, DATE.at);
  return `🔇 *Muted until ${until}*: what is found comes then. ${resume(watch)} brings it now.`;
}

function pausedByPersonWords({ watch }: StateView): string {
  const name = bare(watch.pausedByName ?? "", 80) || "a teammate";
  return `⏸ *Paused* by ${name}: what is found is kept. ${resume(watch)} brings everything that was missed.`;
}

function resume({ runId }: Watch): string {
  return resumeLine({ id: runId });
}

function again(view: StateView): string {
  return followAgain({ id: view.watch.runId });
}
