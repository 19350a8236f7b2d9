import type { Button, ContextBlock, KnownBlock } from "@slack/types";
import { type Person, standing, VERDICTS, type Verdict } from "../../domain/review.ts";
import { button, context, dotted, lines, section } from "../blocks.ts";
import { ACTIONS, actionOf } from "../controls.ts";
import { checkUrl, link } from "../links.ts";
import { metWords, nameLine, withdrawnLine } from "../messages/evidence.ts";
import { mrkdwn } from "../text.ts";
import type { DetailsItem } from "./item.ts";

const LABEL: Readonly<Record<Verdict, string>> = { accepted: "Accept", rejected: "Reject", maybe: "Maybe" };
const STYLE: Partial<Readonly<Record<Verdict, Button["style"]>>> = { accepted: "primary", rejected: "danger" };

/** The candidate's name, whether it still matches, and the message it stands on. @param below finished mrkdwn */
export function itemHead(item: DetailsItem, below: string): readonly KnownBlock[] {
  const status = item.withdrawn
    ? withdrawnLine(item.candidate)
    : dotted(["✓ A match", metWords(item.candidate), messageWords(item.messageLink)]);
  const also = item.withdrawn ? messageWords(item.messageLink) : null;
  return [section(lines([nameLine(item.candidate, 2200, mrkdwn), below])), context(dotted([status, also]))];
}

/** The verdicts that are not in force. The value is what the person saw: a click on what has changed is noticed. */
export function verdictButtons(item: DetailsItem): readonly Button[] {
  const now = standing(item.review)?.verdict;
  return VERDICTS.filter((verdict) => verdict !== now).map((verdict) =>
    button(LABEL[verdict], actionOf(verdict), { value: seen(item), style: STYLE[verdict] }),
  );
}

/** Takes the decision in force away; none when there is none. */
export function undoButton(item: DetailsItem): readonly Button[] {
  return standing(item.review) === null ? [] : [button("Undo", ACTIONS.undo, { value: seen(item) })];
}

/** Opens what the candidate's name leads to. */
export function openButton(item: DetailsItem): readonly Button[] {
  const url = checkUrl(item.candidate.url);
  return url === null ? [] : [button("Open website", ACTIONS.open, { url: url.href })];
}

/** The viewer's own note, or empty. */
export function ownNote(item: DetailsItem, viewer: Person): string {
  return item.notes.find((note) => note.by.id === viewer.id)?.text ?? "";
}

/** Lines that tell what just happened. @param notices finished mrkdwn */
export function noticeBlocks(notices: readonly string[]): readonly ContextBlock[] {
  return notices.filter((notice) => notice.trim() !== "").map(context);
}

function seen(item: DetailsItem): string {
  return String(item.review.revision);
}

function messageWords(messageLink: string | null): string | null {
  const url = messageLink === null ? null : checkUrl(messageLink);
  return url === null ? null : link(url, "in the thread", 60);
}
