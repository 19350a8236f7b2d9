import type { Verdict } from "../../domain/review.ts";
import { standing } from "../../domain/review.ts";
import { actionOf } from "../../slack/controls.ts";
import { getReviewsOf } from "../../store/reviews.ts";
import type { Store } from "../../store/store.ts";
import { getWatch } from "../../store/watches.ts";
import { keysOn, shownOf } from "../audit.ts";
import type { FakeSlack } from "../fake-slack/index.ts";
import { PEOPLE } from "../fake-slack/world.ts";
import type { Chance } from "./chance.ts";
import type { Counters } from "./counters.ts";
import type { Story } from "./story.ts";

const USERS = Object.values(PEOPLE);
const VERDICTS: readonly Verdict[] = ["accepted", "rejected", "maybe"];
const WORDS = ["list", "help", "status", "settings", "gibberish of a cat", "status run_of_nobody"];
/** Who sees no effect of a click or command for so long (ms) tries once more. */
const TRY_AGAIN_MS: readonly [number, number] = [6_000, 12_000];

/** So many decisions are made on a message that somebody else has just deleted. */
const DELETED_FIRST = 0.08;

/** A decision that somebody has clicked and does not let go of until it is taken. */
interface Wish {
  readonly channel: string;
  readonly watchId: string;
  readonly candidateId: string;
  readonly key: string;
  readonly verdict: Verdict;
  readonly user: string;
  clickedAt: number;
  isTaken: boolean;
}

/** The people of the workspace: they ask for runs, decide about candidates, and ask for this and that. */
export interface People {
  /** Sees to it that a story is followed, also after its channel refused the app; until the signal. */
  readonly follow: (story: Story, signal: AbortSignal) => Promise<void>;
  /** Clicks and types until the signal. */
  readonly live: (signal: AbortSignal) => Promise<void>;
  /** Clicks once more what was not taken; says what is still not. */
  readonly insist: () => Promise<readonly string[]>;
  /** What was recorded other than once, or other than clicked. */
  readonly audit: () => Promise<readonly string[]>;
  /** How long acknowledgements took (ms). */
  readonly acks: readonly number[];
}

export interface PeopleOptions {
  readonly slack: FakeSlack;
  readonly store: Store;
  readonly stories: () => readonly Story[];
  readonly chanceOf: (name: string) => Chance;
  readonly did: Counters;
  /** Filled with the messages (ts) that people delete. */
  readonly deleted: Set<string>;
}

export function createPeople(options: PeopleOptions): People {
  const { slack, store, did, deleted } = options;
  const wishes = new Map<string, Wish>();
  const acks: number[] = [];

  const type = async (channel: string, text: string, times: number, user: string) => {
    const { ackMs } = await slack.command({ user, channel, text, times });
    did.count(times > 1 ? "commands delivered twice" : "commands");
    if (ackMs !== null) acks.push(ackMs);
  };

  const click = async (wish: Wish, times: number) => {
    // Also on what is deleted: whoever has not heard of that still sees the button.
    const candidates = slack.channel(wish.channel).all();
    const message = candidates.find((each) => keysOn(each).includes(wish.key));
    if (!message) return;
    wish.clickedAt = Date.now();
    const at = { user: wish.user, channel: wish.channel, ts: message.ts, blockId: wish.key, times };
    const { ackMs } = await slack.click({ ...at, actionId: actionOf(wish.verdict) }).catch(NO_BUTTON);
    if (ackMs !== null) acks.push(ackMs);
    did.count(times > 1 ? "clicks delivered twice" : "clicks");
  };

  const isTaken = async (wish: Wish): Promise<boolean> => {
    if (wish.isTaken) return true;
    const reviews = await getReviewsOf(store, wish.watchId, [wish.candidateId]).catch(() => null);
    const review = reviews?.get(wish.candidateId);
    wish.isTaken = review !== undefined && standing(review) !== null;
    return wish.isTaken;
  };

  const decide = async (chance: Chance) => {
    const story = chance.pick(options.stories());
    const channel = chance.pick(story.channels);
    const { watchId, candidates, keyOf } = shownOf(slack, { channel, runId: story.run.id });
    if (candidates.length === 0) return;
    const message = chance.pick(candidates);
    const verdict = chance.pick(VERDICTS);
    const key = chance.pick(keysOn(message));
    // Compact pages and plain text have no buttons for decisions.
    const isOffered = JSON.stringify(message.blocks).includes(actionOf(verdict));
    const candidateId = [...story.matchedAt.keys()].find((id) => keyOf(id) === key);
    if (!isOffered || wishes.has(key) || !candidateId || !slack.channel(channel).info.members.has(USERS[0] ?? ""))
      return;
    const user = chance.pick(USERS);
    const wish: Wish = { channel, watchId, candidateId, key, verdict, user, clickedAt: 0, isTaken: false };
    wishes.set(key, wish);
    if (chance.isHit(DELETED_FIRST)) {
      deleted.add(message.ts);
      slack.deleteMessage(channel, message.ts);
      did.count("clicks on a deleted message");
    }
    await click(wish, chance.isHit(0.2) ? 2 : 1);
  };

  const insist = async (): Promise<readonly string[]> => {
    const left: string[] = [];
    for (const wish of wishes.values()) {
      if (await isTaken(wish)) continue;
      left.push(`${wish.channel}: ${wish.verdict} for ${wish.candidateId} is not recorded`);
      if (Date.now() - wish.clickedAt > TRY_AGAIN_MS[0]) await click(wish, 1);
    }
    return left;
  };

  const follow = async (story: Story, channel: string, signal: AbortSignal) => {
    const chance = options.chanceOf(`follow ${story.run.id} ${channel}`);
    const { watchId } = shownOf(slack, { channel, runId: story.run.id });
    const user = chance.pick(USERS);
    const isSeenTo = async () => {
      const watch = await getWatch(store, watchId).catch(() => "unknown" as const);
      return watch === "unknown" || (watch !== null && watch.state !== "paused");
    };
    await type(channel, story.run.id, chance.isHit(0.1) ? 2 : 1, user);
    while (!signal.aborted) {
      await chance.pause(...TRY_AGAIN_MS, signal);
      if (!signal.aborted && !(await isSeenTo())) await type(channel, story.run.id, 1, user);
    }
  };

  return {
    acks,
    insist,
    follow: async (story, signal) => {
      await Promise.all(story.channels.map((channel) => follow(story, channel, signal)));
    },
    live: async (signal) => {
      const chance = options.chanceOf("people");
      while (!signal.aborted) {
        await chance.pause(1_000, 3_500, signal);
        if (options.stories().length === 0 || signal.aborted) continue;
        if (chance.isHit(0.7)) await decide(chance);
        else if (chance.isHit(0.2)) {
          did.count("Home tabs opened");
          await slack.openHome(chance.pick(USERS));
        } else if (chance.isHit(0.5)) await insist();
        else {
          const { channels } = chance.pick(options.stories());
          await type(chance.pick(channels), chance.pick(WORDS), chance.isHit(0.1) ? 2 : 1, chance.pick(USERS));
        }
      }
    },
    audit: async () => {
      const rows = await Promise.all(
        [...wishes.values()].map(async (wish) => {
          const review = (await getReviewsOf(store, wish.watchId, [wish.candidateId])).get(wish.candidateId);
          const decisions = review?.decisions ?? [];
          const [decision] = decisions;
          const isRight = decisions.length === 1 && decision?.verdict === wish.verdict && decision.by.id === wish.user;
          const what = decisions.map((each) => `${each.verdict} by ${each.by.id}`).join(", ") || "nothing";
          const clicked = `${wish.verdict} by ${wish.user} was clicked`;
          return isRight ? [] : [`${wish.channel} ${wish.candidateId}: ${clicked}, recorded: ${what}`];
        }),
      );
      return rows.flat();
    },
  };
}

const NO_BUTTON = () => ({ ackMs: null });
