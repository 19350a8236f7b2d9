import type { Message } from "../../domain/message.ts";
import { decidedOf, type Tally } from "../../domain/review.ts";
import type { Watch } from "../../domain/watch.ts";
import { dotted, lines, section } from "../blocks.ts";
import { explainCode } from "../explain.ts";
import { fitMessage } from "../fit.ts";
import { count, plural } from "../format.ts";
import { objectiveWords } from "./counts.ts";
import { followAgain, resumeLine } from "./reasons.ts";
import { watchControls } from "./review-controls.ts";
import { byWords, verdictCounts } from "./tally-words.ts";

export interface PausedNoteView {
  readonly entryId: string;
  readonly watch: Watch;
  /** Slack's error code that paused the watch. */
  readonly reason: string;
  readonly objective: string | null;
  /** The bot's user name, for `/invite @…`. */
  readonly botName: string | null;
  /** The scope that Slack misses (`missing_scope`). */
  readonly needed?: string | null;
  /** Nothing of the watch has reached Slack, and it is not kept: it can only be asked for anew. */
  readonly isDiscarded?: boolean;
}

/** To the requester, by direct message or `response_url`: why nothing arrives in the channel, and the mend. */
export function renderPausedNote(view: PausedNoteView): Message {
  const { what, mend } = explainCode(view.reason, { botName: view.botName, needed: view.needed ?? null });
  const lead = `⏸ *Posting is paused* in ${channelWords(view.watch.channel)} for “${objective(view)}”.`;
  const { runId: id } = view.watch;
  const after =
    view.isDiscarded === true
      ? `Once that is mended, send ${followAgain({ id })} there, and everything is delivered.`
      : `Nothing is lost. Once that is mended it goes on by itself; ${resumeLine({ id })} there does so at once.`;
  return note(view, [lead, what, `${mend} ${after}`]);
}

export interface LostNoteView {
  readonly entryId: string;
  readonly watch: Watch;
  readonly objective: string | null;
  /** Candidates in the thread. */
  readonly posted: number;
}

/** Into the thread of a watch whose run Parallel no longer knows. */
export function renderLostNote(view: LostNoteView): Message {
  const found = view.posted === 0 ? "" : ` What was found stays here: ${plural(view.posted, "match", "matches")}.`;
  return note(view, [
    `❔ *Parallel no longer knows this run* (“${objective(view)}”), so it is not followed any more.${found}`,
    `It may have been deleted, or the app's API key may belong to another account now. If it comes back, send ${followAgain({ id: view.watch.runId })} here and the same card and thread go on.`,
  ]);
}

export interface ReviewedNoteView {
  readonly entryId: string;
  readonly watch: Watch;
  /** How the review stands when the last candidate was decided. */
  readonly tally: Tally;
  readonly objective: string | null;
}

/** Into the thread, once: nothing is left to review, and the decisions can be taken out. */
export function renderReviewedNote(view: ReviewedNoteView): Message {
  const many = decidedOf(view.tally);
  const all = many === 1 ? "The only candidate is reviewed" : `All ${count(many)} candidates are reviewed`;
  const standing = dotted([verdictCounts(view.tally), byWords(view.tally.reviewers)]);
  const controls = watchControls({ watchId: view.watch.id, tally: null, posted: many });
  return note(view, [`🏁 *${all}* for “${objective(view)}”.`, standing], controls);
}

function note(
  view: { readonly entryId: string; readonly watch: Watch },
  paragraphs: readonly string[],
  controls: readonly object[] = [],
): Message {
  const text = lines(paragraphs);
  return fitMessage({
    text,
    blocks: [section(text), ...controls],
    metadata: { event_type: "findall_note", event_payload: { id: view.entryId, watch: view.watch.id } },
  });
}

function objective(view: { readonly objective: string | null; readonly watch: Watch }): string {
  const spec = view.objective === null ? null : { objective: view.objective };
  return objectiveWords(spec, view.watch.runId, 300);
}

/** Names the channel to those who may see it; Slack shows "private channel" to everybody else. Rings nobody. */
function channelWords(channel: string): string {
  return /^[CG][A-Z0-9]{1,30}$/.test(channel) ? `<#${channel}>` : "this conversation";
}
