import { entryIdOf } from "./ids.ts";
import { ENTRY_KINDS, type EntryKind, type EntryState } from "./outbox.ts";
import { candidateDue, hasWaited, heldUntil, quietUntil, type ReleaseRules } from "./release.ts";

/** An entry near the front of a lane. */
export interface LaneHead {
  readonly id: string;
  /** 0 unknown, 1 new cards and notes, 2 completions, 3 new candidates and pages, 4 edits. */
  readonly class: 0 | 1 | 2 | 3 | 4;
  readonly kind: EntryKind;
  readonly state: EntryState;
  readonly isPosted: boolean;
  readonly watchId: string;
  readonly notBefore: number;
  readonly subject: string;
  /** When it was handed to the outbox (ms); unlike `notBefore` never moved. */
  readonly addedAt: number;
}

export interface LaneWatch {
  readonly id: string;
  /** Whether its card is in the channel, so that replies have a thread. */
  readonly hasThread: boolean;
  /** Candidates that are not in the thread yet. */
  readonly open: number;
  readonly cardEntry: string;
  readonly isCardDirty: boolean;
  /** False while a card that was deleted or cannot be edited waits to be posted again. */
  readonly isCardPosted: boolean;
  readonly cardNotBefore: number;
  /** Sending the card failed, and `cardNotBefore` is what it backed off to. */
  readonly hasCardFailed: boolean;
  /** When something new of it may be posted. */
  readonly release: ReleaseRules;
}

/** What a channel has to send. Times in ms. */
export interface LaneView {
  readonly version: string;
  /** No post before this time. */
  readonly paceAt: number;
  /** The workspace's budget of edits is used up to this time. */
  readonly editsAt: number;
  /** No look for a lost post before this time, in the whole workspace. */
  readonly looksAt: number;
  readonly inflight: { readonly entryId: string; readonly leaseUntil: number } | null;
  /** New candidates and pages that wait. */
  readonly waiting: number;
  /** In the order of the lane: class, then match. */
  readonly heads: readonly LaneHead[];
  readonly watches: ReadonlyMap<string, LaneWatch>;
}

export interface PageMember {
  readonly entryId: string;
  readonly candidateId: string;
}

/** The one thing to do next in a lane. */
export type LanePlan =
  /** Another worker has the lane in hand. */
  | { readonly kind: "busy"; readonly until: number }
  /** The worker that had it is gone. */
  | { readonly kind: "expire" }
  | { readonly kind: "look" | "post"; readonly entryId: string; readonly watchId: string }
  /** As far ahead of the workspace's rate of edits as `burstMs`. */
  | { readonly kind: "edit"; readonly entryId: string; readonly watchId: string; readonly burstMs: number }
  | {
      readonly kind: "page";
      readonly entryId: string;
      readonly watchId: string;
      readonly members: readonly PageMember[];
    }
  /** Nothing now; come again then (null: when something comes in). */
  | { readonly kind: "rest"; readonly until: number | null };

/** Up to so many waiting candidates of one watch go out one by one; more are put on a page. */
const SINGLES_AT_MOST = 3;
const PAGE_SIZE = 10;
/** From so many waiting candidates on, pages are compact. */
const LARGE_BACKLOG = 60;
export const COMPACT_PAGE_SIZE = 20;
/** More candidates than this on a page: it is rendered compact. */
export const isCompactPage = (members: number): boolean => members > PAGE_SIZE;

/** Machine edits of a workspace: 40 a minute. */
export const MS_PER_EDIT = 1_500;
/** Ten of them may come early, so that no minute has more than the 50 of Slack's Tier 3 (slack-platform 1.1). */
export const EDIT_BURST_MS = 10 * MS_PER_EDIT;
/** Half of these are kept for the last edits of cards: the alert of a run that has ended waits for its own. */
export const ROUTINE_BURST_MS = EDIT_BURST_MS / 2;
/** Between the answer to one post and the next post to the same channel; Slack hides messages above one a second. */
export const POST_INTERVAL_MS = 1_000;
/** Edits of a card by machines wait so long for more to come. */
export const CARD_DEBOUNCE_MS = 3_000;

/** Notes that follow from what a person does, or that reach a person directly: quiet hours do not hold them. */
const ANSWERS = /^(reviewed|paused):/;

/** How often a lane is shown again to whoever may know what to do with an entry that this version does not know. */
const LEFT_TO_NEWER_MS = 15_000;

/** A lane is looked at again after so long at the latest: what it waits for may be a clock on a wall. */
const REST_AT_MOST_MS = 10 * 60_000;

/** Nothing is planned further ahead (FAR in the store's scripts): a later time comes from a clock that was wrong. */
const FAR_MS = 900_000;

/** The time, or now when it is over or cannot be meant. */
function notBefore(time: number, now: number): number {
  return time > now && time <= now + FAR_MS ? time : now;
}

/**
 * Chooses what a lane does next.
 *
 * Order: posts whose fate is unknown are looked for; new cards and notes; the completion alert, once the thread holds
 * every candidate and the card its last edit; new candidates in order of match; edits, the longest due first. An entry that
 * must wait holds back later candidates of its own watch (order in the thread is order of match) and nothing else.
 */
export function planLane(lane: LaneView, now: number): LanePlan {
  if (lane.inflight) {
    const until = notBefore(lane.inflight.leaseUntil, now);
    return until > now ? { kind: "busy", until } : { kind: "expire" };
  }
  const waits: number[] = [];
  const blocked = new Set<string>();
  for (const head of editsByDue(lane.heads)) {
    const watch = lane.watches.get(head.watchId);
    if (!watch) continue;
    const choice = consider(head, watch, lane, blocked, now);
    if (typeof choice === "number") waits.push(choice);
    else if (choice) return choice;
  }
  const next = waits.filter((time) => Number.isFinite(time));
  const until = Math.min(now + REST_AT_MOST_MS, ...next);
  return { kind: "rest", until: next.length > 0 ? Math.max(now + 1, until) : null };
}

/** A card changes every few seconds and stands first in its lane: edits by age, or what else has changed would wait for ever. */
function editsByDue(heads: readonly LaneHead[]): readonly LaneHead[] {
  const isEdit = (head: LaneHead) => head.class === 4;
  const edits = heads.filter(isEdit).sort((a, b) => a.notBefore - b.notBefore);
  return [...heads.filter((head) => !isEdit(head)), ...edits];
}

/** A plan, a time to wait for, or null when only another event can free this entry. */
function consider(
  head: LaneHead,
  watch: LaneWatch,
  lane: LaneView,
  blocked: Set<string>,
  now: number,
): LanePlan | number | null {
  // Written by a newer version, as during an upgrade: left to it, in its place, and in nobody's way.
  if (!ENTRY_KINDS.includes(head.kind)) return now + LEFT_TO_NEWER_MS;
  if (head.class === 0) {
    blocked.add(head.watchId);
    const at = Math.max(notBefore(head.notBefore, now), notBefore(lane.looksAt, now));
    return at > now ? at : { kind: "look", entryId: head.id, watchId: head.watchId };
  }
  if (head.class === 4) return edit(head.id, watch.id, head.notBefore, ROUTINE_BURST_MS, lane, now);
  if (head.class === 2) return complete(head, watch, lane, blocked, now);
  if (head.class === 3) return postCandidates(head, watch, lane, blocked, now);
  const quiet = head.kind === "note" && !ANSWERS.test(head.subject) ? quietUntil(watch.release, now) : null;
  return quiet !== null && quiet > now ? quiet : post(head.id, watch.id, head.notBefore, lane, now);
}

function post(entryId: string, watchId: string, due: number, lane: LaneView, now: number): LanePlan | number {
  const at = Math.max(notBefore(due, now), notBefore(lane.paceAt, now));
  return at > now ? at : { kind: "post", entryId, watchId };
}

function edit(
  entryId: string,
  watchId: string,
  due: number,
  burstMs: number,
  lane: LaneView,
  now: number,
): LanePlan | number {
  const at = Math.max(notBefore(due, now), notBefore(lane.editsAt - burstMs, now));
  return at > now ? at : { kind: "edit", entryId, watchId, burstMs };
}

/** Last candidates first, then the card's last edit, then the completion alert. */
function complete(
  head: LaneHead,
  watch: LaneWatch,
  lane: LaneView,
  blocked: ReadonlySet<string>,
  now: number,
): LanePlan | number | null {
  if (!watch.hasThread || watch.open > 0 || blocked.has(watch.id)) return null;
  if (watch.isCardDirty && watch.isCardPosted) {
    return edit(watch.cardEntry, watch.id, watch.cardNotBefore, EDIT_BURST_MS, lane, now);
  }
  // A card in place of one that may not be edited is spared while the run goes on; now it is the last one.
  if (watch.isCardDirty && watch.hasCardFailed) return null;
  if (watch.isCardDirty) return post(watch.cardEntry, watch.id, now, lane, now);
  const held = heldUntil(watch.release, now);
  if (held === null || held > now) return held;
  return post(head.id, watch.id, head.notBefore, lane, now);
}

function postCandidates(
  head: LaneHead,
  watch: LaneWatch,
  lane: LaneView,
  blocked: Set<string>,
  now: number,
): LanePlan | number | null {
  if (blocked.has(watch.id) || !watch.hasThread) return null;
  // Whatever becomes of this one, later candidates of the watch may not overtake it.
  blocked.add(watch.id);
  // A page has been released; only what holds back everything holds it.
  const due = head.kind === "page" ? heldUntil(watch.release, now) : candidateDue(watch.release, head.addedAt, now);
  if (due === null || due > now) return due;
  const choice = post(head.id, watch.id, head.notBefore, lane, now);
  if (typeof choice === "number" || head.kind === "page") return choice;
  const members = nextPage(head, watch, lane, now);
  if (!members) return choice;
  const subject = JSON.stringify(members.map((member) => member.candidateId));
  return { kind: "page", entryId: entryIdOf(watch.id, "page", subject), watchId: watch.id, members };
}

/** The candidates that go out together with `head`, or null when it goes alone. */
function nextPage(head: LaneHead, watch: LaneWatch, lane: LaneView, now: number): PageMember[] | null {
  const following: PageMember[] = [];
  const size = lane.waiting >= LARGE_BACKLOG ? COMPACT_PAGE_SIZE : PAGE_SIZE;
  for (const other of lane.heads) {
    if (other.class !== 3 || other.watchId !== head.watchId) continue;
    if (other.kind !== "candidate" || notBefore(other.notBefore, now) > now || following.length === size) break;
    if ((candidateDue(watch.release, other.addedAt, now) ?? Number.POSITIVE_INFINITY) > now) break;
    following.push({ entryId: other.id, candidateId: other.subject });
  }
  const singles = hasWaited(watch.release, head.addedAt) ? 1 : SINGLES_AT_MOST;
  return following.length > singles ? following : null;
}
