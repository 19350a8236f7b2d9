import { MATCHED } from "../domain/candidate.ts";
import { entryIdOf } from "../domain/ids.ts";
import type { Entry } from "../domain/outbox.ts";
import { NEW_REVIEW, type Person } from "../domain/review.ts";
import type { Watch } from "../domain/watch.ts";
import { permalink } from "../slack/client.ts";
import { isKnownMember, rememberMember } from "../store/memberships.ts";
import { getEntry } from "../store/outbox.ts";
import { getNotes, getReviewsOf } from "../store/reviews.ts";
import { getCandidates, getRun } from "../store/runs.ts";
import { isStoreUnavailable } from "../store/store.ts";
import { getWatch, type StoredWatch } from "../store/watches.ts";
import type { Context } from "./context.ts";
import { earlierVerdicts } from "./earlier-verdicts.ts";
import type { CandidateResult, ReviewItem, ReviewRefusal } from "./review-results.ts";
import { within } from "./within.ts";

/** A person waits no longer for what Slack says of them; what it says later counts at their next click. */
const ASKED_FOR_MS = 1_200;

/** A candidate of a watch, found by the key in a button. */
export interface FoundCandidate {
  readonly key: string;
  readonly watch: StoredWatch;
  readonly candidateId: string;
}

/** Null when it is kept no longer, or was never ours. */
export async function findCandidate(ctx: Context, key: string): Promise<FoundCandidate | null> {
  const entry = await getEntry(ctx.store, key);
  const watch = entry?.kind === "candidate" ? await getWatch(ctx.store, entry.watchId) : null;
  return entry && watch ? { key, watch, candidateId: entry.subject } : null;
}

/** The entry of the message that a candidate stands on: its own, or that of its page. */
export async function messageOf(ctx: Context, key: string): Promise<Entry | null> {
  const entry = await getEntry(ctx.store, key);
  return entry?.page ? getEntry(ctx.store, entry.page) : entry;
}

/**
 * Null when this person may act in this channel: only who is in it decides there, whatever old link or forwarded
 * message they came by. Where Slack does not say, a click on the channel's own message (`seenIn`) is trusted: its
 * reader could see the message.
 */
export async function refusalFor(
  ctx: Context,
  channel: string,
  by: Person,
  seenIn: string | null = null,
): Promise<ReviewRefusal | null> {
  if (await isKnownMember(ctx.store, channel, by.id)) return null;
  const asked = ctx.slack.isMember(channel, by.id).then(async (said) => {
    if (said.kind === "member") await rememberMember(ctx.store, channel, by.id);
    return said;
  });
  const answer = (await within(asked, ASKED_FOR_MS)) ?? { kind: "unknown", code: "slow" };
  if (answer.kind === "member") return null;
  if (answer.kind === "not_member") return { kind: "not_member", channel };
  ctx.log.warn({ event: "membership_unknown", channel, code: answer.code });
  return seenIn === channel ? null : { kind: "membership_unknown" };
}

/** Everything that a reviewer sees of a candidate; null when the candidate is kept no longer. */
export async function readItem(ctx: Context, watch: Watch, candidateId: string): Promise<ReviewItem | null> {
  const key = entryIdOf(watch.id, "candidate", candidateId);
  const [[candidate], reviews, stored, message] = await Promise.all([
    getCandidates(ctx.store, watch.runId, [candidateId]),
    getReviewsOf(ctx.store, watch.id, [candidateId]),
    getRun(ctx.store, watch.runId),
    messageOf(ctx, key),
  ]);
  if (!candidate) return null;
  const [notes, earlier] = await Promise.all([
    getNotes(ctx.store, watch.id, reviews),
    earlierVerdicts(ctx, watch, [candidate]),
  ]);
  return {
    key,
    watch,
    spec: stored?.spec ?? null,
    candidate,
    withdrawn: candidate.matchStatus !== MATCHED,
    review: reviews.get(candidateId) ?? NEW_REVIEW,
    notes: notes.get(candidateId) ?? [],
    earlier: earlier.get(candidateId) ?? null,
    messageLink: message?.ts ? permalink(ctx.workspace.teamUrl, watch.channel, message.ts, watch.threadTs) : null,
  };
}

/** Everything about a candidate, for one who may see it. */
export async function readCandidate(ctx: Context, key: string, by: Person): Promise<CandidateResult> {
  try {
    const found = await findCandidate(ctx, key);
    if (!found) return { kind: "expired" };
    const refusal = await refusalFor(ctx, found.watch.channel, by);
    if (refusal) return refusal;
    const item = await readItem(ctx, found.watch, found.candidateId);
    return item ? { kind: "candidate", item } : { kind: "expired" };
  } catch (error) {
    if (isStoreUnavailable(error)) return { kind: "store_unavailable" };
    throw error;
  }
}
