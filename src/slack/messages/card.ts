import type { Message } from "../../domain/message.ts";
import type { Tally } from "../../domain/review.ts";
import type { ConditionFailures, Run, RunSpec, Trouble } from "../../domain/run.ts";
import type { Settings } from "../../domain/settings.ts";
import type { Wait } from "../../domain/waiting.ts";
import type { Watch } from "../../domain/watch.ts";
import { context, dotted, header, lines, section } from "../blocks.ts";
import { fitMessage } from "../fit.ts";
import { DATE, duration, parseTime, plural, slackDate } from "../format.ts";
import { LIMITS } from "../limits.ts";
import { checkUrl, link } from "../links.ts";
import { bare, codeWord, mrkdwn } from "../text.ts";
import { stateWords, troubleWords } from "./card-notices.ts";
import { generatedWords, matchedWords, objectiveWords, progressWords } from "./counts.ts";
import { REPEATED_LINE } from "./evidence.ts";
import { endWords, statusWords } from "./reasons.ts";
import { watchControls } from "./review-controls.ts";
import { heldWords, settingsWords } from "./settings-words.ts";
import { tallyWords } from "./tally-words.ts";
import { waitingWords } from "./wait-words.ts";

export interface CardView {
  readonly entryId: string;
  readonly watch: Watch;
  readonly run: Run;
  readonly spec: RunSpec | null;
  readonly trouble: Trouble | null;
  /** When the run was last seen (ms since the epoch); shown to the minute, so that a look alone changes little. */
  readonly seenAt: number;
  /** When something last changed (ms since the epoch). */
  readonly changedAt: number | null;
  /** Candidates that matched and are still on their way into the thread. */
  readonly waiting: number;
  /** Why these wait; null when nothing but the pace of posts holds them. */
  readonly wait: Wait | null;
  /** Candidates in the thread. */
  readonly posted: number;
  readonly failures: readonly ConditionFailures[];
  /** Permalink of the first thread when this card had to be posted again. */
  readonly threadLink: string | null;
  /** Display names, not ids: a mention would ring when the card is posted. Null reads "a teammate". */
  readonly requesterName: string | null;
  readonly stoppedByName: string | null;
  /** The bot's user name, for `/invite @…` while paused. */
  readonly botName?: string | null;
  /** Shown on the card: it may be there twice. */
  readonly maybeRepeated?: boolean;
  /** How the review stands; null when that is not known. */
  readonly tally: Tally | null;
  /** What holds for this watch. */
  readonly settings: Settings;
  /** Matches that the channel's filter holds back. */
  readonly held: number;
}

const MINUTE = 60_000;
const OBJECTIVE = 1500;

/** The status card of a watch: always true, edited in place. Depends on nothing but the view, so equal views hash alike. */
export function renderCard(view: CardView): Message {
  return fitMessage({
    text: lines([objectiveWords(view.spec, view.run.id, 800), ...sentences(view)]),
    blocks: [
      header(title(view)),
      ...longObjective(view.spec),
      section(lines([statusLine(view), progressWords(view.run, view.spec), generatedWords(view.run)])),
      ...[tallyWords(view.tally), troubleWords(view.trouble), stateWords(view), ending(view)]
        .filter((text) => text !== "")
        .map(section),
      context(lines([threadLine(view), settingsLine(view), times(view), people(view), repeatedLine(view)])),
      ...watchControls({ watchId: view.watch.id, tally: view.tally, posted: view.posted }),
    ],
    metadata: { event_type: "findall_card", event_payload: { id: view.entryId, watch: view.watch.id } },
  });
}

/** The card as a screen reader reads it; every block has its sentence. */
function sentences(view: CardView): readonly string[] {
  return [
    statusLine(view),
    dotted([progressShare(view), generatedWords(view.run)]),
    tallyWords(view.tally),
    troubleWords(view.trouble),
    stateWords(view),
    ending(view),
    threadLine(view),
    settingsLine(view),
    times(view),
    people(view),
    repeatedLine(view),
  ];
}

function repeatedLine(view: CardView): string {
  return view.maybeRepeated === true ? REPEATED_LINE : "";
}

function title(view: CardView): string {
  const objective = view.spec?.objective.trim() ?? "";
  return objective === "" ? `FindAll run ${view.run.id}` : objective;
}

/** A header holds 150 characters; a longer objective is given whole below it. */
function longObjective(spec: RunSpec | null): readonly object[] {
  if (spec === null || spec.objective.trim().length <= LIMITS.headerText) return [];
  return [section(mrkdwn(spec.objective, OBJECTIVE))];
}

function statusLine(view: CardView): string {
  const { icon, words } = statusWords(view.run);
  return `${icon} *${words}* · ${matchedWords(view.run, view.spec)}`;
}

/** The bar without its drawing. */
function progressShare(view: CardView): string | null {
  return progressWords(view.run, view.spec)?.replace(/^[▰▱]+ /, "") ?? null;
}

function ending(view: CardView): string {
  if (view.run.isActive) return "";
  const { reason, next } = endWords(view);
  // The count may lag behind the candidates, or be missing (findall-api 7): what stands in the thread did match.
  const nothing = Math.max(view.run.matched, view.posted, view.waiting) === 0 ? "Nothing matched. " : "";
  return `${nothing}${reason}\n*Next:* ${next}`;
}

function threadLine(view: CardView): string {
  const waiting = view.waiting > 0 ? waitingWords(view.waiting, "more match", "more matches", view.wait) : null;
  const url = view.threadLink === null ? null : checkUrl(view.threadLink);
  const where = url === null ? "in the thread" : `in ${link(url, "the first thread", 40)}`;
  const posted = view.posted > 0 ? `${plural(view.posted, "match", "matches")} ${where}` : null;
  if (posted === null && url !== null) return dotted([link(url, "First thread of this card", 60), waiting]);
  return dotted([posted, waiting]);
}

/** What a reader would otherwise miss: that matches are held back, and what the channel has set. */
function settingsLine({ settings, held }: CardView): string {
  const words = settingsWords(settings);
  return dotted([heldWords(held), words === "" ? null : `Set here: ${words}`]);
}

function times(view: CardView): string {
  const started = parseTime(view.run.createdAt);
  const ended = parseTime(view.run.modifiedAt);
  const startedWords =
    started === null ? null : `Started ${slackDate(started, view.run.isActive ? DATE.ago : DATE.at)}`;
  const took =
    view.run.isActive || started === null || ended === null || ended < started
      ? null
      : `took ${duration(ended - started)}`;
  const changed = view.changedAt === null ? null : `last change ${slackDate(view.changedAt, DATE.at)}`;
  const seen = `${started === null && changed === null ? "As" : "as"} seen ${slackDate(Math.floor(view.seenAt / MINUTE) * MINUTE, DATE.at)}`;
  return dotted([startedWords, took, changed, seen]);
}

function people(view: CardView): string {
  const name = bare(view.requesterName ?? "", 80) || "a teammate";
  return `Requested by ${name} · run ${codeWord(view.run.id)}`;
}
