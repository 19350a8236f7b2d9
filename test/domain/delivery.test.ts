import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  EDIT_BURST_MS,
  type LaneHead,
  type LanePlan,
  type LaneView,
  type LaneWatch,
  POST_INTERVAL_MS,
  planLane,
  ROUTINE_BURST_MS,
} from "../../src/domain/delivery.ts";
import { type ReleaseRules, releaseRules } from "../../src/domain/release.ts";
import { DEFAULT_SETTINGS } from "../../src/domain/settings.ts";

const NOW = 1_764_000_000_000;

const watchOf = (fields: Partial<LaneWatch> = {}): LaneWatch => ({
  id: "w",
  hasThread: true,
  open: 0,
  cardEntry: "card",
  isCardDirty: false,
  isCardPosted: true,
  cardNotBefore: 0,
  hasCardFailed: false,
  release: releaseRules(DEFAULT_SETTINGS, { mutedUntil: null, ended: false }),
  ...fields,
});

const headOf = (fields: Partial<LaneHead> & Pick<LaneHead, "id" | "class" | "kind">): LaneHead => ({
  state: fields.class === 0 ? "unknown" : "pending",
  isPosted: fields.class === 4,
  watchId: "w",
  notBefore: 0,
  subject: fields.id,
  addedAt: 0,
  ...fields,
});

const laneOf = (heads: readonly LaneHead[], watches = [watchOf()], fields: Partial<LaneView> = {}): LaneView => ({
  version: "1",
  paceAt: 0,
  editsAt: 0,
  looksAt: 0,
  inflight: null,
  waiting: heads.filter((head) => head.class === 3).length,
  heads,
  watches: new Map(watches.map((watch) => [watch.id, watch])),
  ...fields,
});

const candidates = (count: number, watchId = "w") =>
  Array.from({ length: count }, (_, index) =>
    headOf({ id: `${watchId}-${index}`, class: 3, kind: "candidate", watchId }),
  );

describe("what a lane does next", () => {
  it("rests until something comes in when nothing waits", () => {
    expect(planLane(laneOf([]), NOW)).toEqual({ kind: "rest", until: null });
  });

  it("leaves a message in hand to its worker until the lease is over", () => {
    const held = (leaseUntil: number) => laneOf(candidates(1), [watchOf()], { inflight: { entryId: "x", leaseUntil } });
    expect(planLane(held(NOW + 1), NOW)).toEqual({ kind: "busy", until: NOW + 1 });
    expect(planLane(held(NOW), NOW)).toEqual({ kind: "expire" });
  });

  it("sends up to three candidates one by one and puts more onto a page, in their order", () => {
    expect(planLane(laneOf(candidates(3)), NOW)).toMatchObject({ kind: "post", entryId: "w-0" });
    const plan = planLane(laneOf(candidates(12)), NOW);
    if (plan.kind !== "page") throw new Error(plan.kind);
    expect(plan.members.map((member) => member.entryId)).toEqual(candidates(10).map((head) => head.id));
    expect(planLane(laneOf(candidates(50), [watchOf()], { waiting: 60 }), NOW)).toMatchObject({
      kind: "page",
      members: { length: 20 },
    });
  });

  it("gives a page of the same candidates the same id, whoever plans it", () => {
    const [one, two] = [planLane(laneOf(candidates(5)), NOW), planLane(laneOf(candidates(5)), NOW + 999)];
    expect(one).toEqual(two);
  });

  it("does not let a later candidate overtake one that must wait, but lets another watch's pass", () => {
    const [first, second] = candidates(2);
    const waiting = { ...first!, notBefore: NOW + 500 };
    expect(planLane(laneOf([waiting, second!]), NOW)).toEqual({ kind: "rest", until: NOW + 500 });
    const other = candidates(1, "v");
    const both = laneOf([waiting, second!, ...other], [watchOf(), watchOf({ id: "v" })]);
    expect(planLane(both, NOW)).toMatchObject({ kind: "post", entryId: "v-0" });
  });

  it("holds candidates back until there is a thread, and while a post before them may be in it", () => {
    expect(planLane(laneOf(candidates(1), [watchOf({ hasThread: false })]), NOW)).toEqual({
      kind: "rest",
      until: null,
    });
    const unknown = headOf({ id: "u", class: 0, kind: "candidate", notBefore: NOW + 700 });
    expect(planLane(laneOf([unknown, ...candidates(1)]), NOW)).toEqual({ kind: "rest", until: NOW + 700 });
    expect(planLane(laneOf([unknown, ...candidates(1)]), NOW + 700)).toMatchObject({ kind: "look", entryId: "u" });
  });

  it("tells the end only when the thread is complete and the card has its last edit", () => {
    const end = headOf({ id: "end", class: 2, kind: "completion" });
    const plan = (fields: Partial<LaneWatch>) => planLane(laneOf([end], [watchOf(fields)]), NOW);
    expect(plan({ open: 1 })).toEqual({ kind: "rest", until: null });
    expect(plan({ isCardDirty: true })).toMatchObject({ kind: "edit", entryId: "card" });
    expect(plan({ isCardDirty: true, cardNotBefore: NOW + 9 })).toEqual({ kind: "rest", until: NOW + 9 });
    expect(plan({})).toMatchObject({ kind: "post", entryId: "end" });
  });

  it("posts the card that replaces another at once when only the end is left to tell, unless Slack has just refused it", () => {
    const end = headOf({ id: "end", class: 2, kind: "completion" });
    const card = headOf({ id: "card", class: 1, kind: "card", notBefore: NOW + 600_000 });
    const replaced = { isCardDirty: true, isCardPosted: false, cardNotBefore: NOW + 600_000 };
    expect(planLane(laneOf([card, end], [watchOf(replaced)]), NOW)).toMatchObject({ kind: "post", entryId: "card" });
    const failed = watchOf({ ...replaced, hasCardFailed: true });
    expect(planLane(laneOf([card, end], [failed]), NOW)).toEqual({ kind: "rest", until: NOW + 600_000 });
  });

  it("keeps edits within the workspace's budget and posts within the channel's pace, each for itself", () => {
    const edit = headOf({ id: "e", class: 4, kind: "candidate" });
    const spent = { paceAt: NOW + 100, editsAt: NOW + ROUTINE_BURST_MS + 50 };
    expect(planLane(laneOf([edit], [watchOf()], spent), NOW)).toEqual({ kind: "rest", until: NOW + 50 });
    expect(planLane(laneOf([...candidates(1), edit], [watchOf()], { paceAt: NOW + 100 }), NOW)).toMatchObject({
      kind: "edit",
    });
  });

  it("makes edits in the order in which they became due, so that a card that keeps changing holds up nothing else", () => {
    const edit = (id: string, kind: "card" | "candidate", notBefore: number) =>
      headOf({ id, class: 4, kind, notBefore });
    const heads = [edit("card", "card", NOW - 1), edit("a", "candidate", NOW - 2), edit("b", "candidate", NOW - 9)];
    expect(planLane(laneOf(heads), NOW)).toMatchObject({ kind: "edit", entryId: "b" });
    expect(planLane(laneOf(heads.slice(0, 2)), NOW)).toMatchObject({ kind: "edit", entryId: "a" });
    expect(planLane(laneOf([...candidates(1), ...heads]), NOW)).toMatchObject({ kind: "post", entryId: "w-0" });
  });

  it("gives the last edit of a card, which the alert waits for, what routine edits leave of the budget", () => {
    const end = headOf({ id: "end", class: 2, kind: "completion" });
    const edit = headOf({ id: "e", class: 4, kind: "candidate", watchId: "other" });
    const watches = [watchOf({ isCardDirty: true }), watchOf({ id: "other" })];
    const leftBy = (editsAt: number) => planLane(laneOf([end, edit], watches, { editsAt }), NOW);
    expect(leftBy(NOW + ROUTINE_BURST_MS)).toMatchObject({ entryId: "card" });
    expect(leftBy(NOW + EDIT_BURST_MS)).toMatchObject({ kind: "edit", entryId: "card", burstMs: EDIT_BURST_MS });
    expect(leftBy(NOW + EDIT_BURST_MS + 50)).toEqual({ kind: "rest", until: NOW + 50 });
    const routine = planLane(laneOf([edit], watches, { editsAt: NOW + ROUTINE_BURST_MS }), NOW);
    expect(routine).toMatchObject({ entryId: "e", burstMs: ROUTINE_BURST_MS });
  });

  it("does not wait for a time that only a wrong clock can have written", () => {
    const hour = NOW + 3_600_000;
    expect(planLane(laneOf(candidates(1), [watchOf()], { paceAt: hour, editsAt: hour }), NOW).kind).toBe("post");
    const inflight = { entryId: "x", leaseUntil: hour };
    expect(planLane(laneOf([], [watchOf()], { inflight }), NOW).kind).toBe("expire");
  });
});

describe("what a lane does when the channel wants to hear less", () => {
  const MINUTE = 60_000;
  const HOUR = 60 * MINUTE;
  const noon = Date.parse("2026-11-24T12:00:00Z");
  const rulesOf = (fields: Partial<ReleaseRules>): ReleaseRules => ({
    ...releaseRules(DEFAULT_SETTINGS, { mutedUntil: null, ended: false }),
    ...fields,
  });
  const addedAt = (count: number, time: number) => candidates(count).map((head) => ({ ...head, addedAt: time }));
  const plan = (
    heads: readonly LaneHead[],
    fields: Partial<ReleaseRules>,
    now: number,
    watch: Partial<LaneWatch> = {},
  ) => planLane(laneOf(heads, [watchOf({ release: rulesOf(fields), ...watch })]), now);
  const quiet = { quiet: { from: "22:00", to: "07:00" } };

  it("puts what a digest held onto one page at its boundary, two candidates already", () => {
    const heads = addedAt(2, noon + MINUTE);
    expect(plan(heads, { arrives: "digest-15" }, noon + 14 * MINUTE)).toEqual({
      kind: "rest",
      until: noon + 15 * MINUTE,
    });
    expect(plan(heads, { arrives: "digest-15" }, noon + 15 * MINUTE)).toMatchObject({
      kind: "page",
      members: { length: 2 },
    });
  });

  it("leaves what belongs to the next digest to that one", () => {
    const heads = [
      ...addedAt(2, noon + MINUTE),
      headOf({ id: "later", class: 3, kind: "candidate", addedAt: noon + 15 * MINUTE }),
    ];
    expect(plan(heads, { arrives: "digest-15" }, noon + 15 * MINUTE)).toMatchObject({ members: { length: 2 } });
  });

  it("looks again after ten minutes at the latest, though it waits for hours", () => {
    const night = noon + 12 * HOUR;
    expect(plan(addedAt(1, night), quiet, night)).toEqual({ kind: "rest", until: night + 10 * MINUTE });
    expect(plan(addedAt(1, noon), { mutedUntil: noon + 9 * HOUR }, noon)).toMatchObject({ until: noon + 10 * MINUTE });
    expect(plan(addedAt(1, noon), { arrives: "end" }, noon)).toEqual({ kind: "rest", until: null });
  });

  it("puts what waited for the morning, or for a mute to be over, onto a page", () => {
    const morning = noon + 19 * HOUR;
    expect(plan(addedAt(2, noon + 12 * HOUR), quiet, morning)).toMatchObject({ kind: "page" });
    expect(plan(addedAt(2, noon), { mutedUntil: noon + HOUR }, noon + HOUR)).toMatchObject({ kind: "page" });
    expect(plan(addedAt(2, morning), quiet, morning)).toMatchObject({ kind: "post", entryId: "w-0" });
  });

  it("holds alerts and reminders in quiet hours, but neither cards, edits, nor what answers a person", () => {
    const night = noon + 12 * HOUR;
    const held = { kind: "rest", until: night + 10 * MINUTE };
    const note = (subject: string) => headOf({ id: "n", class: 1, kind: "note", subject });
    expect(plan([headOf({ id: "end", class: 2, kind: "completion" })], { ...quiet, ended: true }, night)).toEqual(held);
    expect(plan([note("reminder:2026-11-24")], quiet, night)).toEqual(held);
    expect(plan([note("lost-1")], quiet, night)).toEqual(held);
    expect(plan([note("reviewed:1")], quiet, night)).toMatchObject({ kind: "post" });
    expect(plan([headOf({ id: "c", class: 1, kind: "card" })], quiet, night)).toMatchObject({ kind: "post" });
    expect(plan([headOf({ id: "c", class: 4, kind: "card" })], quiet, night)).toMatchObject({ kind: "edit" });
  });

  it("delivers all that waits, and then the alert, when the run has ended", () => {
    const end = headOf({ id: "end", class: 2, kind: "completion" });
    const heads = [end, ...addedAt(2, noon)];
    expect(plan(heads, { arrives: "end", ended: true }, noon, { open: 2 })).toMatchObject({ kind: "page" });
    expect(plan([end], { arrives: "end", ended: true, mutedUntil: "end" }, noon)).toMatchObject({ entryId: "end" });
  });
});

interface ModelEntry {
  readonly id: string;
  readonly watchId: string;
  readonly kind: "card" | "candidate" | "page" | "completion";
  readonly members: readonly string[];
  state: "pending" | "unknown" | "sent" | "paged";
  inSlack: boolean;
  notBefore: number;
}

type Fate = "sent" | "refused" | "lost" | "not taken";

/** A channel with its outbox, as the planner sees it; `carryOut` is what the store and Slack would do. */
class Channel {
  now = NOW;
  paceAt = 0;
  readonly shown: { at: number; entry: ModelEntry }[] = [];
  readonly entries: ModelEntry[] = [];

  constructor(watches: readonly { candidates: number; ends: boolean }[]) {
    const add = (entry: Pick<ModelEntry, "id" | "watchId" | "kind">) =>
      this.entries.push({ ...entry, members: [], state: "pending", inSlack: false, notBefore: 0 });
    watches.forEach((watch, index) => {
      const watchId = `w${index}`;
      add({ id: `${watchId}-card`, watchId, kind: "card" });
      for (let each = 0; each < watch.candidates; each += 1) {
        add({ id: `${watchId}-${String(each).padStart(3, "0")}`, watchId, kind: "candidate" });
      }
      if (watch.ends) add({ id: `${watchId}-end`, watchId, kind: "completion" });
    });
  }

  view(): LaneView {
    const waiting = this.entries.filter((entry) => entry.state === "pending" || entry.state === "unknown");
    const classOf = (entry: ModelEntry) =>
      entry.state === "unknown" ? 0 : { card: 1, completion: 2, candidate: 3, page: 3 }[entry.kind];
    const heads = waiting
      .map((entry) =>
        headOf({ ...entry, class: classOf(entry) as LaneHead["class"], isPosted: false, subject: entry.id }),
      )
      .sort((one, other) => one.class - other.class);
    const ids = [...new Set(this.entries.map((entry) => entry.watchId))];
    const watches = ids.map((id) => {
      const of = this.entries.filter((entry) => entry.watchId === id);
      const carries = of.filter((entry) => entry.kind === "candidate" || entry.kind === "page");
      return watchOf({
        id,
        hasThread: of.some((entry) => entry.kind === "card" && entry.state === "sent"),
        open: carries.filter((entry) => entry.state === "pending" || entry.state === "unknown").length,
        cardEntry: `${id}-card`,
      });
    });
    return laneOf(heads, watches, { paceAt: this.paceAt });
  }

  carryOut(plan: Extract<LanePlan, { readonly entryId: string }>, fate: Fate): void {
    if (plan.kind === "page") this.bind(plan);
    const entry = this.entries.find((each) => each.id === plan.entryId);
    if (!entry) throw new Error(`planned ${plan.entryId}, which is not there`);
    if (plan.kind === "look") {
      entry.state = entry.inSlack ? "sent" : "pending";
      return;
    }
    if (entry.state !== "pending") throw new Error(`planned ${entry.id}, which is ${entry.state}`);
    if (fate === "refused") {
      entry.notBefore = this.now + 2_000;
      return;
    }
    entry.inSlack = fate !== "not taken";
    if (entry.inSlack) this.shown.push({ at: this.now, entry });
    entry.state = fate === "sent" ? "sent" : "unknown";
    entry.notBefore = fate === "sent" ? 0 : this.now + 3_000;
    this.paceAt = this.now + POST_INTERVAL_MS;
  }

  private bind(plan: Extract<LanePlan, { kind: "page" }>): void {
    const ids = plan.members.map((member) => member.entryId);
    const at = this.entries.findIndex((entry) => entry.id === ids[0]);
    for (const entry of this.entries) if (ids.includes(entry.id)) entry.state = "paged";
    const page = { id: plan.entryId, watchId: plan.watchId, kind: "page", members: ids } as const;
    this.entries.splice(at, 0, { ...page, state: "pending", inSlack: false, notBefore: 0 });
  }
}

describe("a lane, whatever Slack answers", () => {
  const watches = fc.array(fc.record({ candidates: fc.nat(70), ends: fc.boolean() }), { minLength: 1, maxLength: 3 });
  const fates = fc.infiniteStream(
    fc.oneof(
      { weight: 5, arbitrary: fc.constant<Fate>("sent") },
      fc.constantFrom<Fate>("refused", "lost", "not taken"),
    ),
  );

  it("shows every candidate once, in order of match, at most one message a second, and tells the end last", () => {
    fc.assert(
      fc.property(watches, fates, (given, answers) => {
        const channel = new Channel(given);
        for (let turn = 0; turn < 2_000; turn += 1) {
          const plan = planLane(channel.view(), channel.now);
          if (plan.kind === "rest" && plan.until === null) break;
          if (plan.kind === "rest" || plan.kind === "busy") channel.now = plan.until ?? channel.now;
          else if (plan.kind !== "expire") channel.carryOut(plan, answers.next().value as Fate);
          channel.now += 1;
        }
        given.forEach((watch, index) => {
          const of = channel.shown.filter(({ entry }) => entry.watchId === `w${index}`).map(({ entry }) => entry);
          const names = of.flatMap((entry) => (entry.kind === "page" ? entry.members : [entry.id]));
          const matches = Array.from(
            { length: watch.candidates },
            (_, each) => `w${index}-${String(each).padStart(3, "0")}`,
          );
          expect(names).toEqual([`w${index}-card`, ...matches, ...(watch.ends ? [`w${index}-end`] : [])]);
        });
        const gaps = channel.shown.slice(1).map(({ at }, index) => at - (channel.shown[index]?.at ?? 0));
        expect(Math.min(POST_INTERVAL_MS, ...gaps)).toBeGreaterThanOrEqual(POST_INTERVAL_MS);
      }),
      { numRuns: 60 },
    );
  });
});
