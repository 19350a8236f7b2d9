import { entryIdOf, watchIdOf } from "../domain/ids.ts";
import { standing } from "../domain/review.ts";
import { getEntry, getEntryIds } from "../store/outbox.ts";
import { getReviews } from "../store/reviews.ts";
import type { Store } from "../store/store.ts";
import { getWatch, type StoredWatch } from "../store/watches.ts";
import { cardProblems, type RunNow } from "./audit-card.ts";
import type { FakeSlack } from "./fake-slack/index.ts";
import type { StoredMessage } from "./fake-slack/model.ts";

/** A channel that followed a run, and what it must show of it once all is quiet. */
export interface Followed {
  readonly channel: string;
  readonly runId: string;
  /** What its card must say. */
  readonly run: RunNow;
  /** Messages that people have deleted: they stood in the thread, and must not come back. */
  readonly deletedByPeople?: ReadonlySet<string>;
  /** Candidates that match, in order of match. */
  readonly matched: readonly string[];
  /** Candidates that matched once and may be shown, though they match no longer. */
  readonly withdrawn?: readonly string[];
  /** How often the run has ended. */
  readonly ends: number;
  /** False where the order of match cannot be told from the outside. */
  readonly isOrdered?: boolean;
}

/** What a channel shows of one watch, and has shown until people deleted it, by the ids in its messages. */
export function shownOf(
  slack: FakeSlack,
  { channel, runId, deletedByPeople }: Pick<Followed, "channel" | "runId" | "deletedByPeople">,
) {
  const watchId = watchIdOf(slack.team.id, channel, runId);
  // What Slack hides because it came too fast is not there for people.
  const messages = slack
    .channel(channel)
    .all()
    .filter(({ deleted, hidden, ts }) => !hidden && (!deleted || deletedByPeople?.has(ts)));
  const own = messages.filter((message) => message.metadata?.event_payload.watch === watchId);
  const ofType = (type: string) => own.filter((message) => message.metadata?.event_type === type);
  const candidates = ofType("findall_candidates");
  return {
    watchId,
    cards: ofType("findall_card"),
    completions: ofType("findall_completion"),
    candidates,
    /** Keys of candidates, in the order of the thread. */
    posted: candidates.flatMap(keysOn),
    keyOf: (candidateId: string) => entryIdOf(watchId, "candidate", candidateId),
  };
}

/** The keys of the candidates that stand on a message. */
export function keysOn(message: StoredMessage): readonly string[] {
  return String(message.metadata?.event_payload.candidates ?? "")
    .split(" ")
    .filter(Boolean);
}

/** What is doubled or out of order now; these hold at every moment. */
export function doubledOf(slack: FakeSlack, followed: Followed): readonly string[] {
  const { cards, completions, posted, keyOf } = shownOf(slack, followed);
  const order = new Map(followed.matched.map((id, index) => [keyOf(id), index]));
  const places = posted.flatMap((key) => order.get(key) ?? []);
  const isSorted = places.every((place, index) => index === 0 || place >= (places[index - 1] ?? 0));
  return complaints(followed, [
    [cards.length <= 1, `${cards.length} cards`],
    [completions.length <= followed.ends, `${completions.length} completion alerts for ${followed.ends} ends`],
    [new Set(posted).size === posted.length, `twice in the thread: ${doubles(posted).join(", ")}`],
    [followed.isOrdered === false || isSorted, `not in order of match: ${places.join(" ")}`],
  ]);
}

/** What is wrong with what a channel shows once all is quiet: lost, doubled, out of order, or not what the ledger says. */
export async function auditWatch(slack: FakeSlack, store: Store, followed: Followed): Promise<readonly string[]> {
  const { watchId, cards, completions, posted, keyOf } = shownOf(slack, followed);
  const wanted = followed.matched.map(keyOf);
  const allowed = new Set([...wanted, ...(followed.withdrawn ?? []).map(keyOf)]);
  const missing = wanted.filter((key) => !posted.includes(key));
  const watch = await getWatch(store, watchId);
  if (!watch) return [`${followed.channel} ${followed.runId}: its watch is not in the ledger`];
  return [
    ...doubledOf(slack, followed),
    ...complaints(followed, [
      [cards.length === 1, `${cards.length} cards instead of one`],
      [completions.length === followed.ends, `${completions.length} completion alerts instead of ${followed.ends}`],
      [missing.length === 0, `not in the thread: ${missing.join(", ")}`],
      [posted.every((key) => allowed.has(key)), "the thread holds what never matched"],
      [watch.posted === posted.length, `the ledger says ${watch.posted} in the thread, which holds ${posted.length}`],
      [watch.open === 0, `the ledger says ${watch.open} on the way`],
    ]),
    ...(await unsent(store, followed, watch)),
    ...(await misstated(slack, store, followed, watch)),
    ...untrueCard(slack, followed),
  ];
}

/** Everything the outbox holds of a watch has an end. */
async function unsent(store: Store, followed: Followed, watch: StoredWatch): Promise<readonly string[]> {
  const entries = await Promise.all((await getEntryIds(store, watch.id)).map((id) => getEntry(store, id)));
  return entries.flatMap((entry) => {
    if (!entry || ["sent", "paged", "skipped"].includes(entry.state)) return [];
    // What people have deleted is not edited any more, and not posted again.
    const isGone = entry.ts !== null && (followed.deletedByPeople?.has(entry.ts) ?? false);
    if (isGone && entry.state === "dead") return [];
    return complaints(followed, [[false, `${entry.kind} ${entry.id} is ${entry.state}`]]);
  });
}

/** The card's own numbers against the ledger's. */
async function misstated(slack: FakeSlack, store: Store, followed: Followed, watch: StoredWatch) {
  const card = shownOf(slack, followed).cards[0];
  if (!card) return [];
  const text = slack.textOf(card);
  const said = (pattern: RegExp) => Number(pattern.exec(text)?.[1]?.replaceAll(",", "") ?? 0);
  const verdicts = [...(await getReviews(store, watch.id)).reviews.values()].map((each) => standing(each)?.verdict);
  const decided = (verdict: string) => verdicts.filter((each) => each === verdict).length;
  const rows = [
    ["in the thread", said(/([\d,]+) match(?:es)? in /), watch.posted],
    ["accepted", said(/([\d,]+) accepted/), decided("accepted")],
    ["rejected", said(/([\d,]+) rejected/), decided("rejected")],
    ["maybe", said(/([\d,]+) maybe/), decided("maybe")],
  ] as const;
  return complaints(
    followed,
    rows.map(([what, card, ledger]) => [card === ledger, `the card says ${card} ${what}, the ledger ${ledger}`]),
  );
}

/** The card's words against the run. */
function untrueCard(slack: FakeSlack, followed: Followed): readonly string[] {
  const card = shownOf(slack, followed).cards[0];
  if (!card) return [];
  const problems = cardProblems(followed.run, card, slack.textOf(card));
  return complaints(
    followed,
    problems.map((problem) => [false, problem]),
  );
}

function doubles(keys: readonly string[]): readonly string[] {
  return keys.filter((key, index) => keys.indexOf(key) !== index);
}

function complaints({ channel, runId }: Followed, checks: readonly (readonly [boolean, string])[]): readonly string[] {
  return checks.filter(([isGood]) => !isGood).map(([, complaint]) => `${channel} ${runId}: ${complaint}`);
}
