import type { FakeSlack } from "../fake-slack/index.ts";

/** Emoji under messages. The fake workspace has none of its own; the app hears of them as Slack would tell it. */
export interface Reactions {
  /** Name of the emoji → who reacted, in the order in which they came. */
  of(channel: string, ts: string): ReadonlyMap<string, readonly string[]>;
  /** Adds the person's reaction, or takes it back. */
  toggle(reaction: { user: string; channel: string; ts: string; emoji: string }): void;
}

/** What can be reacted with: name and sign. */
export const EMOJI: Readonly<Record<string, string>> = {
  white_check_mark: "✅",
  eyes: "👀",
  "+1": "👍",
  x: "❌",
  tada: "🎉",
};

const NONE: ReadonlyMap<string, readonly string[]> = new Map();

/** `events`: types of those that the app is told of. */
export function createReactions(slack: FakeSlack, events: readonly string[]): Reactions {
  const reactions = new Map<string, Map<string, readonly string[]>>();
  const keyOf = (channel: string, ts: string) => `${channel} ${ts}`;
  const tell = (type: string, user: string, emoji: string, channel: string, ts: string) => {
    const author = slack.channel(channel).find(ts)?.user;
    const item = { type: "message", channel, ts };
    // Nobody waits for it: an app that is away misses it, as in Slack.
    if (events.includes(type)) void slack.event({ type, user, reaction: emoji, item, item_user: author });
  };
  return {
    of: (channel, ts) => reactions.get(keyOf(channel, ts)) ?? NONE,
    toggle: ({ user, channel, ts, emoji }) => {
      if (!(emoji in EMOJI)) throw new Error(`no emoji ${emoji}`);
      const here = new Map(reactions.get(keyOf(channel, ts)) ?? []);
      const before = here.get(emoji) ?? [];
      const isThere = before.includes(user);
      const after = isThere ? before.filter((each) => each !== user) : [...before, user];
      if (after.length > 0) here.set(emoji, after);
      else here.delete(emoji);
      reactions.set(keyOf(channel, ts), here);
      tell(isThere ? "reaction_removed" : "reaction_added", user, emoji, channel, ts);
    },
  };
}
