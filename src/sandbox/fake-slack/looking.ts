import { isInChannel, repliesTo } from "./messages.ts";
import { homeOf, openModals } from "./methods/views.ts";
import type { Channel, Ephemeral, StoredMessage, StoredView } from "./model.ts";
import { channelOf, messagesOf, type World } from "./world.ts";

/** A channel as a test looks at it. Unless said otherwise, deleted messages are left out. */
export interface ChannelView {
  readonly info: Channel;
  /** Everything in the channel, replies included, in order of ts. */
  messages(): readonly StoredMessage[];
  /** What the channel itself shows: no replies, but those sent to the channel as well. */
  roots(): readonly StoredMessage[];
  /** Replies to a message, without it. */
  thread(ts: string): readonly StoredMessage[];
  /** `messages` without those that Slack hides because they came too fast. */
  visible(): readonly StoredMessage[];
  /** Deleted messages too. */
  all(): readonly StoredMessage[];
  /** One message, deleted or not. */
  find(ts: string): StoredMessage | undefined;
}

export function channelView(world: World, id: string): ChannelView {
  const info = channelOf(world, id);
  const all = () => [...messagesOf(world, id).values()];
  const messages = () => all().filter((message) => !message.deleted);
  return {
    info,
    all,
    messages,
    roots: () => messages().filter(isInChannel),
    thread: (ts) => repliesTo(world, id, ts),
    visible: () => messages().filter((message) => !message.hidden),
    find: (ts) => messagesOf(world, id).get(ts),
  };
}

/** Ephemeral messages that are still shown, of one person or of all, oldest first. */
export function ephemeralsFor(world: World, user?: string): readonly Ephemeral[] {
  return [...world.ephemerals.values()].filter((each) => !each.deleted && (user === undefined || each.user === user));
}

export interface Views {
  /** Modals a person has open, the topmost last. */
  modals(user: string): readonly StoredView[];
  home(user: string): StoredView | undefined;
  find(id: string): StoredView | undefined;
}

export function viewsOf(world: World): Views {
  return {
    modals: (user) => openModals(world, user),
    home: (user) => homeOf(world, user),
    find: (id) => world.views.get(id),
  };
}
