import { type EarlierVerdict, type Person, type Review, standing, type Verdict } from "../../domain/review.ts";
import { dotted } from "../blocks.ts";
import { DATE, plural, slackDate } from "../format.ts";
import { clip, codeWord, jsonSize } from "../text.ts";
import type { Foreign } from "./evidence.ts";

const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  accepted: "✅ *Accepted*",
  rejected: "❌ *Rejected*",
  maybe: "🤔 *Maybe*",
};

/** Not "pretty": "on today" reads badly. */
const DAY = "{date_short}";
const NAME = 60;
/** Below this a name says nothing. */
const SHORT_NAME = 16;
/** Below this a quotation says nothing. */
const SHORT_QUOTE = 24;

/**
 * How a review stands: `✅ *Accepted* by ana · Today at 12:04 · 1 note`. Empty while nothing was decided or noted. In a
 * small room the time and the notes go first. Never a mention, since a mention may ring.
 * @param room JSON length
 */
export function standingLine(review: Review, room: number, foreign: Foreign): string {
  const notes = review.noteBy.length === 0 ? "" : plural(review.noteBy.length, "note");
  const decision = standing(review);
  if (!decision) return clip(notes === "" ? "" : `✎ ${notes}`, room);
  const start = `${VERDICT_WORDS[decision.verdict]} by `;
  const time = slackDate(decision.at, DATE.at);
  const rest = [[time, notes], [time], []].find(
    (parts) => jsonSize(start + dotted(["", ...parts])) + SEPARATOR + SHORT_NAME <= room,
  );
  const left = room - jsonSize(start) - jsonSize(dotted(rest ?? [])) - SEPARATOR;
  return clip(dotted([start + personName(decision.by, left, foreign), ...(rest ?? [])]), room);
}

const SEPARATOR = " · ".length;

/**
 * What this channel decided about the same entity before, on one line: the verdict and who, then as there is room the run,
 * the day, what the run looked for, and the note.
 * @param room JSON length
 */
export function earlierLine(earlier: EarlierVerdict, room: number, foreign: Foreign): string {
  const verdict = VERDICT_WORDS[earlier.verdict].replace(/^\S+ /, "");
  // Not the verdict's own icon: at a glance that would be a decision of this run.
  const start = `🕘 ${verdict} before`;
  const day = ` on ${slackDate(earlier.at, DAY)}`;
  const by = ` by ${personName(earlier.by, Math.max(SHORT_NAME, Math.floor(room / 8)), foreign)}`;
  const run = fitting(` (run ${codeWord(earlier.runId)})`, room - jsonSize(start + by));
  const when = fitting(day, room - jsonSize(start + by + run));
  const left = room - jsonSize(start + by + run + when);
  const title = quoted(
    " in ",
    earlier.title,
    Math.min(120, earlier.note === "" ? left : Math.floor(left / 2)),
    foreign,
  );
  const note = quoted(": ", earlier.note, Math.min(200, left - jsonSize(title)), foreign);
  return clip(`${start}${title}${run}${when}${by}${note}`, room);
}

/** A name as Slack gave it, made harmless. @param room JSON length */
export function personName(person: Person, room: number, foreign: Foreign): string {
  return foreign(person.name, Math.min(NAME, room)) || "somebody";
}

function fitting(text: string, room: number): string {
  return jsonSize(text) <= room ? text : "";
}

/** Nothing rather than a few letters. */
function quoted(before: string, text: string, room: number, foreign: Foreign): string {
  const left = room - jsonSize(`${before}“”`);
  const words = left < SHORT_QUOTE ? "" : foreign(text, left);
  return words === "" ? "" : `${before}“${words}”`;
}
