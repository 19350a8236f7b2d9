import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  actOn,
  decidedOf,
  NEW_REVIEW,
  nextToReview,
  type Review,
  type ReviewAct,
  standing,
  tallyOf,
  type Verdict,
  withNote,
} from "../../src/domain/review.ts";

const ana = { id: "U0ANA", name: "ana" };
const ben = { id: "U0BEN", name: "ben" };

const decide = (verdict: Verdict, seen: number): ReviewAct => ({ kind: "decide", verdict, seen });

/** Acts that are all taken, one after another. */
function reviewAfter(...acts: readonly (readonly [typeof ana, Verdict | "undo"])[]): Review {
  return acts.reduce<Review>((review, [by, wish], at) => {
    const act: ReviewAct = wish === "undo" ? { kind: "undo", seen: review.revision } : decide(wish, review.revision);
    const outcome = actOn(review, act, by, at);
    if (outcome.kind !== "recorded") throw new Error(`${wish} gave ${outcome.kind}`);
    return outcome.review;
  }, NEW_REVIEW);
}

describe("a decision", () => {
  it("stands with its maker and its time", () => {
    expect(standing(reviewAfter([ana, "accepted"]))).toEqual({ verdict: "accepted", by: ana, at: 0 });
  });

  it("of the first of two people wins, and the second overrules nothing that they did not see", () => {
    expect(actOn(reviewAfter([ana, "accepted"]), decide("rejected", 0), ben, 1)).toEqual({ kind: "conflict" });
  });

  it("may be changed by anybody who saw it, and the history keeps both", () => {
    const changed = reviewAfter([ana, "accepted"], [ben, "rejected"]);
    expect(standing(changed)).toMatchObject({ verdict: "rejected", by: ben });
    expect(changed.events.map(({ what, by }) => [what, by.name])).toEqual([
      ["accepted", "ana"],
      ["rejected", "ben"],
    ]);
  });

  it("made again by the same person is no second decision", () => {
    const once = reviewAfter([ana, "maybe"]);
    expect(actOn(once, decide("maybe", 0), ana, 1)).toEqual({ kind: "already" });
    expect(actOn(once, decide("maybe", once.revision), ana, 1)).toEqual({ kind: "already" });
  });

  it("that agrees with another's, seen, makes it one's own", () => {
    expect(standing(reviewAfter([ana, "accepted"], [ben, "accepted"]))?.by).toBe(ben);
  });
});

describe("undo", () => {
  it("takes the last decision away, and what was there before stands again", () => {
    expect(standing(reviewAfter([ana, "accepted"], [ben, "rejected"], [ben, "undo"]))).toMatchObject({
      verdict: "accepted",
      by: ana,
      at: 0,
    });
    expect(standing(reviewAfter([ana, "accepted"], [ana, "undo"]))).toBeNull();
  });

  it("has nothing to take where nothing was decided", () => {
    expect(actOn(NEW_REVIEW, { kind: "undo", seen: 0 }, ana, 0)).toEqual({ kind: "nothing_to_undo" });
  });

  it("of what changed meanwhile is a conflict", () => {
    expect(actOn(reviewAfter([ana, "accepted"], [ben, "rejected"]), { kind: "undo", seen: 1 }, ana, 2).kind).toBe(
      "conflict",
    );
  });
});

describe("a note", () => {
  it("is one a person, and leaves its traces in the history", () => {
    const added = withNote(NEW_REVIEW, null, "call them", ana, 1);
    const changed = withNote(added, "call them", "called", ana, 2);
    const other = withNote(changed, null, "no", ben, 3);
    const removed = withNote(other, "called", "", ana, 4);
    expect(other.noteBy).toEqual(["U0ANA", "U0BEN"]);
    expect(removed.noteBy).toEqual(["U0BEN"]);
    expect(removed.events.map(({ what }) => what)).toEqual([
      "note_added",
      "note_changed",
      "note_added",
      "note_removed",
    ]);
  });

  it("that says what it said before changes nothing", () => {
    const added = withNote(NEW_REVIEW, null, "call them", ana, 1);
    expect(withNote(added, "call them", "call them", ana, 2)).toBe(added);
    expect(withNote(NEW_REVIEW, null, "", ana, 2)).toBe(NEW_REVIEW);
  });

  it("does not make a decision that was seen an old one", () => {
    const noted = withNote(reviewAfter([ana, "accepted"]), null, "hm", ben, 1);
    expect(actOn(noted, decide("rejected", 1), ben, 2).kind).toBe("recorded");
  });
});

const acts = fc.array(
  fc.tuple(fc.constantFrom(ana, ben), fc.constantFrom<Verdict | "undo">("accepted", "rejected", "maybe", "undo")),
  { maxLength: 300 },
);

describe("any sequence of acts", () => {
  it("gives a revision for each that was taken, a bounded history, and an undo for each decision", () => {
    fc.assert(
      fc.property(acts, (sequence) => {
        let review: Review = NEW_REVIEW;
        let taken = 0;
        for (const [by, wish] of sequence) {
          const seen = review.revision;
          const act: ReviewAct = wish === "undo" ? { kind: "undo", seen } : decide(wish, seen);
          const outcome = actOn(review, act, by, taken);
          if (outcome.kind !== "recorded") continue;
          review = outcome.review;
          taken += 1;
        }
        expect(review.revision).toBe(taken);
        expect(review.events.length + review.forgotten).toBe(taken);
        expect(review.events.length).toBeLessThanOrEqual(200);
        for (let left = review.decisions.length; left > 0; left -= 1) {
          const undone = actOn(review, { kind: "undo", seen: review.revision }, ana, taken);
          if (undone.kind !== "recorded") throw new Error(undone.kind);
          review = undone.review;
        }
        expect(standing(review)).toBeNull();
      }),
    );
  });
});

describe("the tally", () => {
  const candidates = ["a", "b", "c", "d", "e"].map((id) => ({ id, isMatched: id !== "e" }));

  it("counts what stands and what waits; a withdrawn candidate asks for no decision and keeps the one it has", () => {
    const reviews = new Map([
      ["a", reviewAfter([ana, "accepted"])],
      ["b", reviewAfter([ben, "rejected"], [ben, "maybe"])],
      ["c", reviewAfter([ana, "accepted"], [ana, "undo"])],
    ]);
    expect(tallyOf(candidates, reviews)).toEqual({
      accepted: 1,
      rejected: 0,
      maybe: 1,
      toReview: 2,
      reviewers: [ana, ben],
    });
    const kept = tallyOf(candidates, new Map([["e", reviewAfter([ana, "rejected"])]]));
    expect([kept.rejected, kept.toReview, decidedOf(kept)]).toEqual([1, 4, 1]);
  });

  it("names whoever decided most first", () => {
    const reviews = new Map([
      ["a", reviewAfter([ana, "accepted"])],
      ["b", reviewAfter([ben, "accepted"])],
      ["c", reviewAfter([ben, "maybe"])],
    ]);
    expect(tallyOf(candidates, reviews).reviewers).toEqual([ben, ana]);
  });
});

describe("the queue", () => {
  const candidates = ["a", "b", "c", "d"].map((id) => ({ id, isMatched: id !== "c" }));

  it("goes on in order of match, past what is decided or withdrawn", () => {
    const reviews = new Map([["a", reviewAfter([ana, "accepted"])]]);
    expect(nextToReview(candidates, reviews, 0)).toBe(1);
    expect(nextToReview(candidates, reviews, 2)).toBe(3);
    expect(nextToReview(candidates, reviews, 4)).toBeNull();
  });
});
