import {
  decidedOf,
  type EarlierVerdict,
  type Note,
  type Person,
  type Review,
  type ReviewEvent,
  standing,
  type Tally,
  type Verdict,
} from "../../domain/review.ts";
import { dotted } from "../blocks.ts";
import { count, DATE, plural, slackDate } from "../format.ts";
import { byWords, verdictCounts } from "../messages/tally-words.ts";
import { codeWord, mrkdwn } from "../text.ts";
import { labelled, type Pieces } from "./pieces.ts";

/** What people decided and wrote, in the words of the modals. */

const VERDICT: Readonly<Record<Verdict, string>> = {
  accepted: "✅ *Accepted*",
  rejected: "❌ *Rejected*",
  maybe: "🤔 *Maybe*",
};

const EVENT: Readonly<Record<ReviewEvent["what"], string>> = {
  ...VERDICT,
  undone: "↩ Decision undone",
  note_added: "✎ Note added",
  note_changed: "✎ Note changed",
  note_removed: "✎ Note removed",
};

/** A mention where the person is a Slack user, since nothing in a modal rings; else the name. */
export function personMention({ id, name }: Person): string {
  return /^[UW][A-Z0-9]{2,30}$/.test(id) ? `<@${id}>` : mrkdwn(name, 60) || "somebody";
}

/** `✅ *Accepted* by @ana · Today at 12:04` */
export function decisionLine(review: Review): string {
  const decision = standing(review);
  return decision === null ? "*To review*: nobody has decided yet." : byAndWhen(VERDICT[decision.verdict], decision);
}

function byAndWhen(what: string, { by, at }: { readonly by: Person; readonly at: number }): string {
  return dotted([`${what} by ${personMention(by)}`, slackDate(at, DATE.at)]);
}

/** `*12 of 40*`-like parts are the caller's; this says how the review stands: `✅ 4 accepted · 5 left to review`. */
export function tallyLine(tally: Tally): string {
  const left = tally.toReview === 0 ? "" : `${count(tally.toReview)} left to review`;
  return dotted([verdictCounts(tally), left]);
}

/** `✅ 4 accepted · by ana, ben`, for the end. */
export function outcomeLine(tally: Tally): string {
  return decidedOf(tally) === 0 ? "Nothing is decided yet." : dotted([verdictCounts(tally), byWords(tally.reviewers)]);
}

/** A note, whole, below who wrote it and when. */
export function notePieces(note: Note, viewer: Person): Pieces {
  const own = note.by.id === viewer.id ? " (you)" : "";
  return labelled(`💬 *${personMention(note.by)}*${own} · ${slackDate(note.at, DATE.at)}\n`, note.text);
}

/** What happened to the candidate's review, oldest first. */
export function historyPieces(review: Review): Pieces {
  const forgotten =
    review.forgotten === 0 ? [] : [`_${plural(review.forgotten, "older event is", "older events are")} not kept._`];
  return [...forgotten, ...review.events.map((event) => byAndWhen(EVENT[event.what] ?? "Changed", event))];
}

/** What this channel decided about the same entity in another run, whole. */
export function earlierPieces(earlier: EarlierVerdict): Pieces {
  const run = ` (run ${codeWord(earlier.runId)})`;
  return [
    byAndWhen(`${VERDICT[earlier.verdict]} in another run${run}`, earlier),
    ...labelled("What that run looked for: ", earlier.title),
    ...labelled("Note then: ", earlier.note),
  ];
}
