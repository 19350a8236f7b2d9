import type { ContextBlock, KnownBlock } from "@slack/types";
import type { Person } from "../../domain/review.ts";
import { actions, button, context, header } from "../blocks.ts";
import { ACTIONS, VIEWS } from "../controls.ts";
import { metWords } from "../messages/evidence.ts";
import { earlierLine } from "../messages/review-words.ts";
import { mrkdwn } from "../text.ts";
import { type DetailsState, writeDetailsState } from "./details-state.ts";
import { conditionPieces, enrichmentPieces, identityPieces } from "./evidence-pieces.ts";
import { fitView } from "./fit-view.ts";
import type { DetailsItem } from "./item.ts";
import { itemHead, noticeBlocks, openButton, ownNote, undoButton, verdictButtons } from "./item-blocks.ts";
import { type ModalView, modal, noteInput } from "./modal.ts";
import { type Group, type PageSize, paginate } from "./pages.ts";
import { labelled, type Pieces, sections } from "./pieces.ts";
import { decisionLine, earlierPieces, historyPieces, notePieces } from "./review-text.ts";

/** Leaves room for the head, the note and the page's buttons. */
const PAGE: PageSize = { blocks: 80, bytes: 120_000 };
const WHOLE = { excerpts: true };

/** The two buttons between pages: `details_page:prev` and `details_page:next`; the value is the page's number, from 0. */
export const DETAILS_PAGE_ACTION = new RegExp(`^${ACTIONS.detailsPage}:(?:prev|next)$`);

/**
 * Everything that is known about a candidate and everything that was said about it, in pages; nothing is cut. A page that
 * does not exist becomes the nearest one.
 */
export function renderDetails(item: DetailsItem, state: DetailsState, viewer: Person): ModalView {
  const pages = paginate(groupsOf(item, viewer), PAGE);
  const last = pages.length - 1;
  const page = Math.min(last, Math.max(0, Math.trunc(state.page) || 0));
  const blocks = [
    ...noticeBlocks(state.notice === null ? [] : [state.notice]),
    ...itemHead(item, decisionLine(item.review)),
    ...(item.earlier === null ? [] : [context(earlierLine(item.earlier, 1_500, mrkdwn))]),
    actions(item.key, [...verdictButtons(item), ...undoButton(item), ...openButton(item)]),
    noteInput(item.key, ownNote(item, viewer), "Seen by everybody here. “Save note” with an empty field removes it."),
    ...pageWords(page, last),
    { type: "divider" } as const,
    ...(pages[page] ?? []),
    ...pageButtons(item.key, page, last),
  ];
  const metadata = writeDetailsState({ ...state, page });
  return fitView(
    modal({ callbackId: VIEWS.details, title: "Candidate", submit: "Save note", state: metadata, blocks }),
  );
}

function groupsOf(item: DetailsItem, viewer: Person): readonly Group[] {
  const { candidate } = item;
  return [
    sections([...identityPieces(candidate), ...labelled("", candidate.description)]),
    ...titled(
      `Match conditions · ${metWords(candidate)}`,
      candidate.conditions.map((each) => conditionPieces(each, WHOLE)),
    ),
    ...titled(
      `Enrichments (${candidate.enrichments.length})`,
      candidate.enrichments.map((each) => enrichmentPieces(each, WHOLE)),
    ),
    ...titled(
      `Notes (${item.notes.length})`,
      item.notes.map((note) => notePieces(note, viewer)),
    ),
    ...titled("History", history(item)),
    ...titled("Decided before in this channel", item.earlier === null ? [] : [earlierPieces(item.earlier)]),
  ];
}

function history({ review }: DetailsItem): readonly Pieces[] {
  const pieces = historyPieces(review);
  return pieces.length === 0 ? [] : [pieces];
}

/** Each item in sections of its own, the title above the first. */
function titled(title: string, items: readonly Pieces[]): readonly Group[] {
  return items.map((pieces, index) => (index > 0 ? sections(pieces) : [header(title), ...sections(pieces)]));
}

function pageWords(page: number, last: number): readonly ContextBlock[] {
  return last === 0 ? [] : [context(`Page ${page + 1} of ${last + 1}`)];
}

function pageButtons(key: string, page: number, last: number): readonly KnownBlock[] {
  if (last === 0) return [];
  const turn = (label: string, way: "prev" | "next", to: number) =>
    to < 0 || to > last ? [] : [button(label, `${ACTIONS.detailsPage}:${way}`, { value: String(to) })];
  const buttons = [...turn("← Previous", "prev", page - 1), ...turn("Next →", "next", page + 1)];
  return [...pageWords(page, last), actions(`pages:${key}`, buttons)];
}
