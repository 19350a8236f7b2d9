import type { FakeSlack } from "../fake-slack/index.ts";
import type { Channel, Person } from "../fake-slack/model.ts";

/** Who looks at what. The address of the page holds it, so that it can be reloaded and shared. */
export interface Viewer {
  readonly user: string;
  readonly channel: string;
  /** ts of the message whose thread is open. */
  readonly thread: string | null;
  /** In the app's direct message: its Home instead of the messages. */
  readonly tab: "messages" | "home" | "files";
  /** Which column a narrow screen shows. */
  readonly pane: "channels" | "talk" | "room";
}

const TABS = ["messages", "home", "files"] as const;
const PANES = ["channels", "talk", "room"] as const;

/** Reads the viewer from a query; what is wrong in it falls back to what can be shown. */
export function viewerFrom(query: URLSearchParams, slack: FakeSlack): Viewer {
  const people = slack.people();
  const user = people.find((person) => person.id === query.get("user")) ?? people[0];
  if (!user) throw new Error("the workspace has no people");
  const channel = channelFor(slack, user, query.get("channel"));
  const ts = query.get("thread");
  const tab = TABS.find((each) => each === query.get("tab")) ?? "messages";
  return {
    user: user.id,
    channel: channel.id,
    thread: ts && slack.channel(channel.id).find(ts) ? ts : null,
    tab: tab === "home" && !channel.isAppDm ? "messages" : tab,
    pane: PANES.find((each) => each === query.get("pane")) ?? "talk",
  };
}

/** The query that `viewerFrom` reads back. */
export function queryOf({ user, channel, thread, tab, pane }: Viewer): string {
  const query = new URLSearchParams({ user, channel });
  if (thread) query.set("thread", thread);
  if (tab !== "messages") query.set("tab", tab);
  if (pane !== "talk") query.set("pane", pane);
  return query.toString();
}

/** The channels a person can see, in the order in which Slack lists them. */
export function channelsOf(slack: FakeSlack, user: string): readonly Channel[] {
  const visible = slack.channels().filter((channel) => canSee(channel, user));
  return visible.sort((one, other) => rank(one) - rank(other));
}

/** Channels, then the app's direct message, then others. */
function rank(channel: Channel): number {
  if (channel.kind !== "im") return 0;
  return channel.isAppDm ? 1 : 2;
}

function canSee(channel: Channel, user: string): boolean {
  return channel.kind === "public" || channel.members.has(user);
}

/** The wanted channel where the person may see it; somebody else's chat with the app becomes their own. */
function channelFor(slack: FakeSlack, person: Person, wanted: string | null): Channel {
  const visible = channelsOf(slack, person.id);
  const known = slack.channels().find((channel) => channel.id === wanted);
  const channel = known?.isAppDm
    ? visible.find((each) => each.isAppDm)
    : (visible.find((each) => each.id === wanted) ?? visible[0]);
  if (!channel) throw new Error(`${person.name} is in no channel`);
  return channel;
}

/** What a channel is called where there is no room for more. */
export function channelName(slack: FakeSlack, channel: Channel, user: string): string {
  if (channel.isAppDm) return slack.app.name;
  if (channel.name) return channel.name;
  const others = [...channel.members].filter((member) => member !== user);
  return others.map((member) => slack.nameOf(member) ?? member).join(", ");
}
