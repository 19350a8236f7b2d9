import type { KnownBlock } from "@slack/types";
import type { Note, Person, Tally } from "../../domain/review.ts";
import { actions, button, context, dotted } from "../blocks.ts";
import { ACTIONS, VIEWS } from "../controls.ts";
import { count, plural } from "../format.ts";
import { earlierLine } from "../messages/review-words.ts";
import { jsonSize, mrkdwn } from "../text.ts";
import { conditionPieces, enrichmentPieces } from "./evidence-pieces.ts";
import { fitView } from "./fit-view.ts";
import type { DetailsItem } from "./item.ts";
import { itemHead, noticeBlocks, openButton, ownNote, undoButton, verdictButtons } from "./item-blocks.ts";
import { type ModalView, modal, noteInput } from "./modal.ts";
import { type PageSize, paginate } from "./pages.ts";
import { sections } from "./pieces.ts";
import { type QueueState, writeQueueState } from "./queue-state.ts";
import { personMention, tallyLine } from "./review-text.ts";

export interface QueueView {
  readonly item: DetailsItem;
  /** From 1. */
  readonly position: number;
  /** Candidates in the queue, decided ones too. */
  readonly total: number;
  readonly tally: Tally;
  /** Finished mrkdwn: what happened since the person last saw the queue. The first are shown. */
  readonly notices: readonly string[];
  readonly viewer: Person;
}

/** One page: who decides forty candidates reads what decides, and finds the rest in the details. */
const PAGE: PageSize = { blocks: 60, bytes: 100_000 };
const DESCRIPTION = 600;
const MAX_NOTES = 5;
const MAX_NOTICES = 5;
const NOTE = 400;

/** The next candidate to decide on: the buttons first, so that nobody must scroll to use them, then the evidence. */
export function renderQueue(view: QueueView, state: QueueState): ModalView {
  const { item } = view;
  const blocks: KnownBlock[] = [
    ...noticeBlocks(view.notices.slice(0, MAX_NOTICES)),
    context(dotted([`*${count(view.position)} of ${count(view.total)}*`, tallyLine(view.tally)])),
    ...itemHead(item, mrkdwn(item.candidate.description, DESCRIPTION)),
    ...(item.earlier === null ? [] : [context(earlierLine(item.earlier, 1_500, mrkdwn))]),
    actions(item.key, [
      ...verdictButtons(item),
      ...undoButton(item),
      button("More", ACTIONS.more),
      ...openButton(item),
    ]),
    noteInput(
      item.key,
      ownNote(item, view.viewer),
      "Saved with your decision, and when you skip. Seen by everybody here.",
    ),
    ...otherNotes(item.notes.filter((note) => note.by.id !== view.viewer.id)),
    { type: "divider" },
    ...evidence(item),
  ];
  const metadata = writeQueueState({ ...state, key: item.key });
  return fitView(modal({ callbackId: VIEWS.queue, title: "Review queue", submit: "Skip", state: metadata, blocks }));
}

/** The newest notes of others, since they were written to be read before a decision. */
function otherNotes(notes: readonly Note[]): readonly KnownBlock[] {
  const newest = notes.toSorted((a, b) => b.at - a.at);
  const shown = newest.slice(0, MAX_NOTES);
  const isCut = shown.some((note) => jsonSize(mrkdwn(note.text, NOTE * 2)) > NOTE);
  const left = newest.length - shown.length;
  const more =
    left > 0
      ? `… ${plural(left, "more note")}: press *More* for all.`
      : isCut
        ? "Press *More* for the notes in full."
        : "";
  return [
    ...shown.map((note) => context(`💬 ${personMention(note.by)}: ${mrkdwn(note.text, NOTE) || "–"}`)),
    ...(more === "" ? [] : [context(more)]),
  ];
}

/** As much as one page holds, and what is left out. */
function evidence({ candidate }: DetailsItem): readonly KnownBlock[] {
  const brief = { excerpts: false };
  const groups = [
    ...candidate.conditions.map((each) => sections(conditionPieces(each, brief))),
    ...candidate.enrichments.map((each) => sections(enrichmentPieces(each, brief))),
  ];
  const page = paginate(groups, PAGE)[0] ?? [];
  const on = new Set(page);
  const missing = (from: number, to: number) =>
    groups.slice(from, to).filter((group) => !group.every((block) => on.has(block))).length;
  const conditions = missing(0, candidate.conditions.length);
  const enrichments = missing(candidate.conditions.length, groups.length);
  const left = dotted([
    conditions === 0 ? null : plural(conditions, "condition"),
    enrichments === 0 ? null : plural(enrichments, "enrichment"),
  ]);
  return left === ""
    ? page
    : [...page, context(`… not shown in full here: ${left}. Press *More* above for everything.`)];
}
