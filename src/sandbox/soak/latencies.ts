import { keysOn, shownOf } from "../audit.ts";
import type { FakeSlack } from "../fake-slack/index.ts";
import type { Story } from "./story.ts";

/** One candidate's way into one channel (ms since the epoch). */
interface Way {
  readonly dueAt: number;
  readonly postedAt: number;
}

/** Every candidate's way: due from its match, or from the card where that came later. */
function ways(slack: FakeSlack, stories: readonly Story[]): readonly Way[] {
  return stories.flatMap((story) =>
    story.channels.flatMap((channel) => {
      const { cards, candidates, keyOf } = shownOf(slack, { channel, runId: story.run.id });
      const cardAt = Math.min(...cards.map((card) => card.postedAt));
      const postedAt = new Map(candidates.flatMap((each) => keysOn(each).map((key) => [key, each.postedAt] as const)));
      return [...story.matchedAt].flatMap(([id, matchedAt]) => {
        const at = postedAt.get(keyOf(id));
        return at === undefined ? [] : [{ dueAt: Math.max(matchedAt, Math.min(cardAt, at)), postedAt: at }];
      });
    }),
  );
}

/** How long candidates were under way (ms). */
export function waits(slack: FakeSlack, stories: readonly Story[]): readonly number[] {
  return ways(slack, stories).map(({ dueAt, postedAt }) => postedAt - dueAt);
}

/** For each death, how long it took until everything that was due then was in Slack (ms); faults and pauses included. */
export function recoveries(slack: FakeSlack, stories: readonly Story[], deaths: readonly number[]): readonly number[] {
  const all = ways(slack, stories);
  return deaths.flatMap((death) => {
    const owed = all.filter(({ dueAt, postedAt }) => dueAt <= death && postedAt > death);
    return owed.length === 0 ? [] : [Math.max(...owed.map(({ postedAt }) => postedAt)) - death];
  });
}
