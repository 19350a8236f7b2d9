import type { Message } from "../../domain/message.ts";
import type { Tally } from "../../domain/review.ts";
import type { ConditionFailures, Run, RunSpec } from "../../domain/run.ts";
import type { Settings } from "../../domain/settings.ts";
import type { Watch } from "../../domain/watch.ts";
import { context, dotted, lines, section } from "../blocks.ts";
import { fitMessage } from "../fit.ts";
import { duration, plural } from "../format.ts";
import { generatedWords, matchedWords, matchesWords, objectiveWords } from "./counts.ts";
import { REPEATED_LINE } from "./evidence.ts";
import { endWords, statusWords } from "./reasons.ts";
import { watchControls } from "./review-controls.ts";
import { heldWords } from "./settings-words.ts";
import { tallyWords } from "./tally-words.ts";

export interface CompletionView {
  readonly entryId: string;
  readonly watch: Watch;
  readonly run: Run;
  readonly spec: RunSpec | null;
  readonly failures: readonly ConditionFailures[];
  /** ms; null when the run's times are not known. */
  readonly durationMs: number | null;
  /** Candidates in the thread. */
  readonly posted: number;
  /** The run had ended before under this watch. */
  readonly again: boolean;
  /** Shown on the message: it may be there twice. */
  readonly maybeRepeated?: boolean;
  /** How the review stands; null when that is not known. */
  readonly tally: Tally | null;
  readonly settings: Settings;
  /** Matches that the channel's filter holds back. */
  readonly held: number;
}

/** The alert at a run's end: the point first, then why, then what to do. The only message that mentions anybody. */
export function renderCompletion(view: CompletionView): Message {
  const lead = leadLine(view);
  const { reason, next } = endWords(view);
  const numbers = dotted([
    matchedWords(view.run, view.spec),
    generatedWords(view.run),
    tookWords(view),
    threadWords(view),
    heldWords(view.held),
  ]);
  const repeated = view.maybeRepeated === true ? REPEATED_LINE : null;
  const review = tallyWords(view.tally);
  const objective = `“${objectiveWords(view.spec, view.run.id, 600)}”`;
  return fitMessage({
    text: lines([lead, objective, reason, `*Next:* ${next}`, review, numbers, repeated]),
    blocks: [
      section(lines([lead, objective])),
      section(lines([reason, `*Next:* ${next}`, review])),
      context(lines([numbers, repeated])),
      ...watchControls({
        watchId: view.watch.id,
        tally: view.tally,
        posted: view.posted,
        unit: (toReview) => (toReview === 1 ? "candidate" : "candidates"),
      }),
    ],
    metadata: { event_type: "findall_completion", event_payload: { id: view.entryId, watch: view.watch.id } },
  });
}

function leadLine(view: CompletionView): string {
  const { icon } = statusWords(view.run);
  // Where Parallel's own count is missing or lags behind, the matches in the thread are not "no matches".
  const matches = matchesWords(view.run.matched || view.posted);
  const point = `${matches.charAt(0).toUpperCase()}${matches.slice(1)}`;
  return `${icon} *${point}* · ${subject(view)} ${verb(view.run)}${view.again ? " again" : ""}.`;
}

const VERBS: Readonly<Record<string, string>> = {
  completed: "has completed",
  failed: "has failed",
  cancelled: "was cancelled",
  action_required: "was halted and needs attention",
};

function verb(run: Run): string {
  return (Object.hasOwn(VERBS, run.status) ? VERBS[run.status] : undefined) ?? "has ended";
}

/** Only what is a user id becomes a mention; without one there is nobody whose run it is. */
function subject({ settings, watch }: CompletionView): string {
  const isMention = settings.mention && /^[UW][A-Z0-9]{1,30}$/.test(watch.requester);
  return isMention ? `<@${watch.requester}>, your FindAll run` : "the FindAll run";
}

function tookWords(view: CompletionView): string | null {
  return view.durationMs === null ? null : `took ${duration(view.durationMs)}`;
}

/** Said when the thread and Parallel's own count differ: no consistency is promised (findall-api 7). */
function threadWords(view: CompletionView): string | null {
  return view.posted === view.run.matched ? null : `${plural(view.posted, "match", "matches")} in this thread`;
}
