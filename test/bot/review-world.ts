import type { BotActions } from "../../src/bot/deps.ts";
import type { Candidate } from "../../src/domain/candidate.ts";
import {
  actOn,
  NEW_REVIEW,
  type Note,
  nextToReview,
  type Person,
  type Review,
  type ReviewAct,
  standing,
  tallyOf,
  withNote,
} from "../../src/domain/review.ts";
import { ACTIONS } from "../../src/slack/controls.ts";
import type {
  ClickContext,
  QueueCursor,
  QueueResult,
  ReviewItem,
  ReviewRefusal,
  ReviewResult,
} from "../../src/steps/review-results.ts";
import { actions, spec, watch } from "./support.ts";

/** A watch with candidates that are really decided on, in memory: what the steps do, as far as people see it. */
export interface ReviewWorld {
  readonly actions: BotActions;
  readonly watchId: string;
  readonly keys: readonly string[];
  /** Everything that was asked for with `review`, in order. */
  readonly clicks: ClickContext[];
  /** While set, every step refuses so. */
  refusal: ReviewRefusal | null;
  /** Runs before every step; may throw or wait. */
  before: () => Promise<void> | void;
  /** The message that each candidate stands on. */
  messageTs: string | null;
  review(place: number): Review;
  notes(place: number): readonly Note[];
  /** Somebody decides elsewhere. */
  decide(place: number, act: DecideAct, by: Person): void;
  item(place: number): ReviewItem;
}

type DecideAct = "accepted" | "rejected" | "maybe" | "undo";

const CHANNEL = "C0RESEARCH";
export const ANA: Person = { id: "U1ANA", name: "ana" };
export const BEN: Person = { id: "U2BEN", name: "ben" };
export const WATCH_ID = `w-${"a".repeat(32)}`;

export const keyOf = (place: number) => `d-${String(place).padStart(32, "0")}`;

export function candidate(place: number, over: Partial<Candidate> = {}): Candidate {
  return {
    id: `candidate_${place}`,
    name: `Acme ${place + 1}`,
    url: `https://acme${place + 1}.example`,
    description: "Makes everything",
    matchStatus: "matched",
    conditions: [{ name: "is_large_check", value: "yes", isMatched: true, basis: null }],
    enrichments: [],
    ...over,
  };
}

/** A candidate as a reviewer sees it. */
export function item(over: Partial<ReviewItem> = {}): ReviewItem {
  return {
    key: keyOf(0),
    watch: watch({ id: WATCH_ID, channel: CHANNEL }),
    spec: spec(),
    candidate: candidate(0),
    withdrawn: false,
    review: NEW_REVIEW,
    notes: [],
    earlier: null,
    messageLink: null,
    ...over,
  };
}

export function reviewWorld(options: { candidates?: number; channel?: string; candidate?: Partial<Candidate> } = {}) {
  const { candidates = 3, channel = CHANNEL } = options;
  const all = Array.from({ length: candidates }, (_, place) => candidate(place, options.candidate));
  const reviews = new Map<string, Review>();
  const notes = new Map<string, Note[]>();
  const seen = new Set<string>();
  let now = 1_764_000_000_000;

  const placeOf = (key: string) => all.findIndex((_, place) => keyOf(place) === key);
  const reviewOf = (place: number) => reviews.get(all[place]!.id) ?? NEW_REVIEW;
  const put = (place: number, review: Review) => void reviews.set(all[place]!.id, review);
  const tick = () => {
    now += 60_000;
    return now;
  };

  const world: ReviewWorld = {
    actions: actions(),
    watchId: WATCH_ID,
    keys: all.map((_, place) => keyOf(place)),
    clicks: [],
    refusal: null,
    before: () => {},
    messageTs: null,
    review: reviewOf,
    notes: (place) => notes.get(all[place]!.id) ?? [],
    decide(place, act, by) {
      const { revision: revisionSeen } = reviewOf(place);
      const outcome = actOn(reviewOf(place), actNamed(act, revisionSeen), by, tick());
      if (outcome.kind !== "recorded") throw new Error(`a test's own act was not taken: ${outcome.kind}`);
      put(place, outcome.review);
    },
    item: (place) =>
      item({
        key: keyOf(place),
        watch: watch({ id: WATCH_ID, channel }),
        candidate: all[place]!,
        review: reviewOf(place),
        notes: world.notes(place),
        messageLink: world.messageTs
          ? `https://acme.slack.com/archives/${channel}/p${world.messageTs.replace(".", "")}`
          : null,
      }),
  };

  const note = (place: number, text: string, by: Person) => {
    const others = world.notes(place).filter((each) => each.by.id !== by.id);
    const old = world.notes(place).find((each) => each.by.id === by.id)?.text ?? null;
    put(place, withNote(reviewOf(place), old, text, by, tick()));
    notes.set(all[place]!.id, text === "" ? others : [...others, { by, text, at: now }]);
    return old !== text && (old ?? "") !== text;
  };

  const step = async <T>(work: () => T | Promise<T>): Promise<T | ReviewRefusal> => {
    await world.before();
    return world.refusal ?? work();
  };

  const review = (key: string, act: ReviewAct, click: ClickContext, text = ""): ReviewResult["kind"] => {
    const place = placeOf(key);
    if (place < 0) return "expired";
    if (click.deliveryId && seen.has(click.deliveryId)) return "repeated";
    if (click.deliveryId) seen.add(click.deliveryId);
    const outcome = actOn(reviewOf(place), act, click.by, tick());
    if (outcome.kind === "recorded") put(place, outcome.review);
    if (text.trim() !== "") note(place, text, click.by);
    return outcome.kind;
  };

  const reviewNext = (cursor: QueueCursor): QueueResult => {
    const reviewables = all.map(({ id, matchStatus }) => ({ id, isMatched: matchStatus === "matched" }));
    const tally = tallyOf(reviewables, reviews);
    if (all.length === 0) return { kind: "nothing_yet", watch: watch({ id: WATCH_ID }), held: 0 };
    const place = nextToReview(reviewables, reviews, cursor.from);
    const left = tally.toReview;
    if (place === null) {
      return { kind: "finished", watch: watch(), run: null, spec: spec(), tally, cursor: { ...cursor, left } };
    }
    return {
      kind: "next",
      item: world.item(place),
      position: place + 1,
      total: all.length,
      tally,
      cursor: { from: place, left, skipped: cursor.skipped },
      decidedMeanwhile: Math.max(0, (cursor.left ?? left) - left),
    };
  };

  const own: Partial<BotActions> = {
    review: (key, act, click, text) =>
      step(async () => {
        world.clicks.push(click);
        const kind = review(key, act, click, text);
        if (kind === "expired") return { kind };
        const result = { kind, item: world.item(placeOf(key)) } as ReviewResult;
        await showAtOnce(world, placeOf(key), click);
        return result;
      }),
    readCandidate: (key) =>
      step(() => (placeOf(key) < 0 ? { kind: "expired" } : { kind: "candidate", item: world.item(placeOf(key)) })),
    saveNote: (key, text, by) =>
      step(() => {
        const kind = note(placeOf(key), text, by) ? "saved" : "unchanged";
        return { kind, item: world.item(placeOf(key)) };
      }),
    reviewNext: (watchId, _by, cursor) =>
      step<QueueResult>(() => (watchId === WATCH_ID ? reviewNext(cursor) : { kind: "not_watched" })),
    watchIdFor: (runId) => (runId === "findall_1" ? WATCH_ID : `w-${"0".repeat(32)}`),
    firstDelivery: async (key) => !seen.has(key) && Boolean(seen.add(key)),
  };
  Object.assign(world, { actions: actions(own) });
  return world;
}

function actNamed(act: DecideAct, revisionSeen: number): ReviewAct {
  return act === "undo" ? { kind: "undo", seen: revisionSeen } : { kind: "decide", verdict: act, seen: revisionSeen };
}

/** The message is shown anew through the click's `response_url`, as the step does it. */
async function showAtOnce(world: ReviewWorld, place: number, { responseUrl, messageTs }: ClickContext) {
  if (!responseUrl || messageTs !== world.messageTs) return;
  const body = JSON.stringify({ replace_original: true, ...candidateMessage(world, place) });
  await fetch(responseUrl, { method: "POST", headers: { "content-type": "application/json" }, body });
}

/** A candidate's message with all of its buttons, however it stands. */
export function candidateMessage(world: ReviewWorld, place: number) {
  const { review, key, candidate } = world.item(place);
  const decision = standing(review);
  const text = `${candidate.name}: ${decision ? `${decision.verdict} by ${decision.by.name}` : "to review"}`;
  const value = String(review.revision);
  const { accepted, rejected, maybe, undo, more, open, queue } = ACTIONS;
  const buttons = [accepted, rejected, maybe, undo, more].map((action_id) => ({
    type: "button",
    text: { type: "plain_text", text: action_id },
    action_id,
    value,
  }));
  const link = {
    type: "button",
    text: { type: "plain_text", text: "Open" },
    action_id: open,
    url: "https://a.example",
  };
  const ofWatch = [queue, ACTIONS.export].map((action_id) => ({
    type: "button",
    text: { type: "plain_text", text: action_id },
    action_id,
  }));
  return {
    text,
    blocks: [
      { type: "section", text: { type: "mrkdwn", text } },
      { type: "actions", block_id: key, elements: [...buttons, link] },
      { type: "actions", block_id: world.watchId, elements: ofWatch },
    ],
  };
}
