import type { Candidate } from "../domain/candidate.ts";
import { MATCHED } from "../domain/candidate.ts";
import { isCompactPage } from "../domain/delivery.ts";
import { entryIdOf } from "../domain/ids.ts";
import type { Message } from "../domain/message.ts";
import type { Entry, EntryKind } from "../domain/outbox.ts";
import { hasWaited, releaseRules } from "../domain/release.ts";
import { NEW_REVIEW, standing, type Tally } from "../domain/review.ts";
import { type Settings, settingsOf } from "../domain/settings.ts";
import { permalink } from "../slack/client.ts";
import { renderCandidate } from "../slack/messages/candidate.ts";
import { renderCard } from "../slack/messages/card.ts";
import { renderCompletion } from "../slack/messages/completion.ts";
import { renderLostNote, renderPausedNote, renderReviewedNote } from "../slack/messages/note.ts";
import { renderPage } from "../slack/messages/page.ts";
import { renderReminder } from "../slack/messages/reminder.ts";
import type { ReviewView } from "../slack/messages/review-view.ts";
import { codeWord } from "../slack/text.ts";
import { getReviewsOf } from "../store/reviews.ts";
import { getCandidates, getRun, type StoredRun } from "../store/runs.ts";
import { countHeld, getSettings } from "../store/settings.ts";
import type { StoredWatch } from "../store/watches.ts";
import type { Context } from "./context.ts";
import { earlierVerdicts } from "./earlier-verdicts.ts";
import { waitIn } from "./outlook.ts";
import { isToldTrouble } from "./poll-failure.ts";
import { endSubject, HEARTBEAT_MS } from "./poll-plan.ts";
import { REMINDER, waitingForReview } from "./remind.ts";
import { readTally } from "./review-book.ts";

/** A message as it should stand in Slack now. */
export interface Rendered {
  readonly message: Message;
  /** What the message's digest is made of: what a reader would call its content. */
  readonly content: unknown;
  /** How many candidates stand on it. */
  readonly shows?: number;
  /** A candidate that the channel's settings kept waiting: its age says nothing about how quick we are. */
  readonly hasWaited?: boolean;
  /** A reply that also stands in the channel. */
  readonly alsoInChannel?: boolean;
}

/**
 * Renders an entry from what is stored now, so that what is sent is never older than the moment it is sent.
 * Null when there is nothing (any more) to say: a candidate withdrawn before it was posted, an expired run.
 */
export async function renderEntry(ctx: Context, entry: Entry, watch: StoredWatch): Promise<Rendered | null> {
  const stored = await getRun(ctx.store, watch.runId);
  if (!stored) return null;
  switch (entry.kind) {
    case "card":
      return card(ctx, entry, watch, stored);
    case "candidate":
    case "page":
      return candidates(ctx, entry, watch);
    case "completion":
      // The run went on before its end could be told; the next end will be.
      if (!watch.ended || entry.subject !== endSubject(watch)) return null;
      return completion(entry, watch, stored, await readExtras(ctx, watch));
    case "note":
      return note(ctx, entry, watch, stored);
  }
}

/** What a card and an alert say of a watch beside the run. */
interface Extras {
  readonly tally: Tally | null;
  readonly settings: Settings;
  readonly held: number;
}

async function readExtras(ctx: Context, watch: StoredWatch): Promise<Extras> {
  const [tally, settings, held] = await Promise.all([
    readTally(ctx, watch),
    getSettings(ctx.store, watch.channel),
    countHeld(ctx.store, watch.id),
  ]);
  return { tally, settings: settingsOf(settings, watch.overrides), held };
}

async function card(ctx: Context, entry: Entry, watch: StoredWatch, stored: StoredRun): Promise<Rendered> {
  const extras = await readExtras(ctx, watch);
  const isReposted = watch.threadTs !== null && (entry.ts ?? watch.cardTs) !== watch.threadTs;
  const now = ctx.now();
  const seenAt = stored.seenAt;
  const view = {
    entryId: entry.id,
    watch,
    run: stored.run,
    spec: stored.spec,
    trouble: isToldTrouble(stored.trouble, now) ? stored.trouble : null,
    changedAt: timeOf(stored.run.modifiedAt) ?? stored.changedAt,
    waiting: watch.open,
    wait: await waitIn(ctx, watch, extras.settings),
    posted: watch.posted,
    failures: stored.failures,
    threadLink: isReposted && watch.threadTs ? permalink(ctx.workspace.teamUrl, watch.channel, watch.threadTs) : null,
    requesterName: watch.requesterName || null,
    stoppedByName: watch.stoppedByName,
    botName: ctx.workspace.botName,
    maybeRepeated: entry.maybeRepeated,
    ...extras,
  };
  // "Seen at" alone is worth an edit only now and then; between, two cards that differ in it are the same card.
  const seenForHash = Math.floor(seenAt / HEARTBEAT_MS) * HEARTBEAT_MS;
  return { message: renderCard({ ...view, seenAt }), content: renderCard({ ...view, seenAt: seenForHash }) };
}

async function candidates(ctx: Context, entry: Entry, watch: StoredWatch): Promise<Rendered | null> {
  const ids = entry.kind === "page" ? entry.members : [entry.subject];
  const found = await getCandidates(ctx.store, watch.runId, ids);
  // What is not in Slack yet and no longer matches is never shown; what was shown stays, and says so.
  const kept = found.filter((candidate) => entry.ts !== null || !isWithdrawn(candidate));
  const settings = await getSettings(ctx.store, watch.channel);
  const reviewOf = await reviewViews(ctx, watch, kept, settings);
  const items = kept.map((candidate) => ({
    candidate,
    withdrawn: isWithdrawn(candidate),
    review: reviewOf(candidate),
  }));
  const [first] = items;
  if (!first) return null;
  const common = { entryId: entry.id, watchId: watch.id, maybeRepeated: entry.maybeRepeated };
  const message =
    entry.kind === "candidate"
      ? renderCandidate({ ...common, ...first })
      : renderPage({ ...common, items, compact: isCompactPage(entry.members.length) });
  const rules = releaseRules(settingsOf(settings, watch.overrides), watch);
  return { ...plain(message), shows: items.length, hasWaited: hasWaited(rules, entry.notBefore) };
}

/** What the team has decided about candidates, here and before. */
async function reviewViews(
  ctx: Context,
  watch: StoredWatch,
  candidates: readonly Candidate[],
  { fold }: Pick<Settings, "fold">,
) {
  const ids = candidates.map((candidate) => candidate.id);
  const [reviews, earlier] = await Promise.all([
    getReviewsOf(ctx.store, watch.id, ids),
    earlierVerdicts(ctx, watch, candidates),
  ]);
  return ({ id }: Candidate): ReviewView => {
    const review = reviews.get(id) ?? NEW_REVIEW;
    const before = earlier.get(id) ?? null;
    const folded = fold && before !== null && standing(review) === null;
    return { key: entryIdOf(watch.id, "candidate", id), review, earlier: before, folded };
  };
}

/** What is said when a message cannot be rendered: never nothing. Holds no foreign text but ids. */
export function renderWithoutDetails(entry: Entry, watch: StoredWatch): Rendered {
  const what = WITHOUT_DETAILS[entry.kind];
  const ids = entry.kind === "page" ? entry.members : [watch.runId, entry.subject].filter(Boolean);
  const text = `⚠ ${what} cannot be shown: a mistake of this app, its log says more. Ids: ${ids.map(codeWord).join(", ")}.`;
  return plain({
    text,
    blocks: [],
    metadata: { event_type: EVENT_TYPES[entry.kind], event_payload: { id: entry.id, watch: watch.id } },
  });
}

const WITHOUT_DETAILS: Readonly<Record<EntryKind, string>> = {
  card: "The state of a FindAll run",
  candidate: "A match",
  page: "Some matches",
  completion: "How a FindAll run ended",
  note: "A note about a FindAll run",
};

const EVENT_TYPES: Readonly<Record<EntryKind, string>> = {
  card: "findall_card",
  candidate: "findall_candidates",
  page: "findall_candidates",
  completion: "findall_completion",
  note: "findall_note",
};

function completion(entry: Entry, watch: StoredWatch, stored: StoredRun, extras: Extras): Rendered {
  const message = renderCompletion({
    entryId: entry.id,
    watch,
    run: stored.run,
    spec: stored.spec,
    failures: stored.failures,
    durationMs: durationOf(stored),
    posted: watch.posted,
    again: watch.epoch > 1,
    ...extras,
    maybeRepeated: entry.maybeRepeated,
  });
  return { ...plain(message), alsoInChannel: extras.settings.alertInChannel };
}

async function note(ctx: Context, entry: Entry, watch: StoredWatch, stored: StoredRun): Promise<Rendered | null> {
  const objective = stored.spec?.objective ?? null;
  if (entry.subject.startsWith("paused:")) {
    const reason = entry.subject.slice("paused:".length);
    return plain(renderPausedNote({ entryId: entry.id, watch, reason, objective, botName: ctx.workspace.botName }));
  }
  if (entry.subject.startsWith(REMINDER)) return reminder(ctx, entry, watch);
  if (entry.subject.startsWith("reviewed:")) return reviewedNote(ctx, entry, watch, objective);
  return plain(renderLostNote({ entryId: entry.id, watch, objective, posted: watch.posted }));
}

/** Not said when everything was decided before it could be. */
async function reminder(ctx: Context, entry: Entry, watch: StoredWatch): Promise<Rendered | null> {
  const waiting = await waitingForReview(ctx, watch.channel);
  if (waiting.length === 0 && entry.ts === null) return null;
  return { ...plain(renderReminder({ entryId: entry.id, watch, waiting })), alsoInChannel: true };
}

/** Not said when somebody has taken a decision back before it could be. */
async function reviewedNote(ctx: Context, entry: Entry, watch: StoredWatch, objective: string | null) {
  const tally = await readTally(ctx, watch);
  if (!tally || (tally.toReview > 0 && entry.ts === null)) return null;
  return plain(renderReviewedNote({ entryId: entry.id, watch, tally, objective }));
}

function plain(message: Message): Rendered {
  return { message, content: message };
}

function isWithdrawn(candidate: Candidate): boolean {
  return candidate.matchStatus !== MATCHED;
}

function durationOf(stored: StoredRun): number | null {
  const start = timeOf(stored.run.createdAt);
  const end = timeOf(stored.run.modifiedAt) ?? stored.endedAt;
  return start !== null && end !== null && end >= start ? end - start : null;
}

function timeOf(rfc3339: string | null): number | null {
  const time = rfc3339 ? Date.parse(rfc3339) : Number.NaN;
  return Number.isFinite(time) ? time : null;
}
