import { type Changes, createChanges } from "./changes.ts";
import { readManifest } from "./manifest.ts";
import type {
  AppIdentity,
  CallRecord,
  Channel,
  ChannelKind,
  DeliveryRecord,
  Ephemeral,
  FunctionExecution,
  Person,
  StoredFile,
  StoredMessage,
  StoredView,
  Team,
} from "./model.ts";

/** The scopes of the app's manifest: what the bot may do unless a test takes some away. */
export const MANIFEST_SCOPES: readonly string[] = [
  "commands",
  "chat:write",
  "files:write",
  "channels:history",
  "groups:history",
  "im:history",
  "mpim:history",
  "channels:read",
  "groups:read",
  "im:read",
  "mpim:read",
];

/** People that live in every fake workspace. */
export const PEOPLE = { ana: "U0ANA", ben: "U0BEN", cai: "U0CAI" } as const;

/** Channels that exist in every fake workspace, named after what makes them special. */
export const CHANNELS = {
  /** Public, the bot is a member. */
  research: "C0RESEARCH",
  /** Public, the bot is not a member. */
  random: "C0RANDOM",
  /** Private, the bot is a member. */
  deals: "C0DEALS",
  /** Private, the bot is not a member. */
  board: "C0BOARD",
  /** Public and archived; the bot was a member. */
  archived: "C0ARCHIVED",
  /** Direct message between Ana and Ben. */
  anaBen: "D0ANABEN",
} as const;

export const SLACKBOT = "USLACKBOT";

/** What Slack gave the app at installation, and whether it is still good. */
export interface Credentials {
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  scopes: Set<string>;
  /** Error code with which every call is refused; null while the installation lives. */
  revoked: string | null;
  messagesTabEnabled: boolean;
  /** Types of the events that the app is told of. */
  events: Set<string>;
}

/** The whole state of the workspace. Everything else in this folder reads it or changes it. */
export interface World {
  readonly now: () => number;
  readonly changes: Changes;
  readonly team: Team;
  readonly app: AppIdentity;
  readonly credentials: Credentials;
  readonly people: Map<string, Person>;
  readonly channels: Map<string, Channel>;
  /** Messages by channel and ts, in order of ts. */
  readonly messages: Map<string, Map<string, StoredMessage>>;
  readonly ephemerals: Map<string, Ephemeral>;
  readonly views: Map<string, StoredView>;
  readonly files: Map<string, StoredFile>;
  /** Steps of workflows that the app has been asked to do. */
  readonly executions: Map<string, FunctionExecution>;
  readonly calls: CallRecord[];
  readonly deliveries: DeliveryRecord[];
  /** Things that real Slack would swallow without a word, kept so that a test can fail on them. */
  readonly problems: string[];
  readonly lastPostAt: Map<string, number>;
  readonly minGapMs: Map<string, number>;
  /** Base URL of this server; set once it listens. */
  url: string;
  lastMicros: number;
  lastId: number;
}

export interface WorldOptions {
  readonly now?: () => number;
  readonly scopes?: readonly string[];
  /** Events that the app has subscribed to; those of its manifest unless told. */
  readonly events?: readonly string[];
  readonly botToken?: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  readonly teamId?: string;
}

/** An empty workspace with the app installed: no people, no channels. */
export function createWorld(options: WorldOptions = {}): World {
  return {
    now: options.now ?? Date.now,
    changes: createChanges(),
    team: { id: options.teamId ?? "T0FINDALL", name: "Acme Research", domain: "acme", url: "https://acme.slack.com/" },
    app: { id: "A0FINDALL", name: "FindAll", botId: "B0FINDALL", botUserId: "U0FINDALL" },
    credentials: {
      botToken: options.botToken ?? "xoxb-fake-bot-token",
      appToken: options.appToken ?? "xapp-fake-app-token",
      signingSecret: options.signingSecret ?? "fake-signing-secret",
      scopes: new Set(options.scopes ?? MANIFEST_SCOPES),
      revoked: null,
      messagesTabEnabled: true,
      events: new Set(options.events ?? readManifest().events),
    },
    people: new Map(),
    channels: new Map(),
    messages: new Map(),
    ephemerals: new Map(),
    views: new Map(),
    files: new Map(),
    executions: new Map(),
    calls: [],
    deliveries: [],
    problems: [],
    lastPostAt: new Map(),
    minGapMs: new Map(),
    url: "",
    lastMicros: 0,
    lastId: 0,
  };
}

/** Fills a new workspace with the people and channels of `PEOPLE` and `CHANNELS`. */
export function settle(world: World): void {
  addPerson(world, { id: PEOPLE.ana, name: "ana", realName: "Ana" });
  addPerson(world, { id: PEOPLE.ben, name: "ben", realName: "Ben" });
  addPerson(world, { id: PEOPLE.cai, name: "cai", realName: "Cai" });
  const everyone = Object.values(PEOPLE);
  const bot = world.app.botUserId;
  addChannel(world, { id: CHANNELS.research, name: "research", members: [...everyone, bot] });
  addChannel(world, { id: CHANNELS.random, name: "random", members: everyone });
  addChannel(world, { id: CHANNELS.deals, name: "deals", kind: "private", members: [PEOPLE.ana, PEOPLE.ben, bot] });
  addChannel(world, { id: CHANNELS.board, name: "board", kind: "private", members: [PEOPLE.ana] });
  addChannel(world, { id: CHANNELS.archived, name: "old-project", members: [...everyone, bot], archived: true });
  addChannel(world, { id: CHANNELS.anaBen, kind: "im", members: [PEOPLE.ana, PEOPLE.ben] });
}

/** Adds a person, and the app's direct message with them. */
export function addPerson(world: World, person: { id?: string; name: string; realName?: string }): Person {
  const added: Person = {
    id: person.id ?? nextId(world, "U"),
    name: person.name,
    realName: person.realName ?? person.name,
  };
  world.people.set(added.id, added);
  addChannel(world, { id: appDmOf(added.id), kind: "im", isAppDm: true, members: [added.id, world.app.botUserId] });
  return added;
}

/** The id of the app's direct message with a person. */
export function appDmOf(user: string): string {
  return `D0APP${user.replace(/^U0?/, "")}`;
}

export interface NewChannel {
  readonly id?: string;
  readonly name?: string;
  readonly kind?: ChannelKind;
  readonly members?: readonly string[];
  readonly archived?: boolean;
  readonly isAppDm?: boolean;
}

export function addChannel(world: World, channel: NewChannel): Channel {
  const kind = channel.kind ?? "public";
  const added: Channel = {
    id: channel.id ?? nextId(world, kind === "im" ? "D" : "C"),
    name: channel.name ?? "",
    kind,
    isAppDm: channel.isAppDm ?? false,
    createdAt: world.now(),
    members: new Set(channel.members ?? [...world.people.keys(), world.app.botUserId]),
    archived: channel.archived ?? false,
    restriction: null,
    editWindowClosed: false,
    lockedThreads: new Set(),
  };
  world.channels.set(added.id, added);
  world.messages.set(added.id, new Map());
  world.changes.emit("workspace", `channel ${added.id} added`);
  return added;
}

/** The channel, or an error that lists what there is: a wrong id in a test must not look like a product fault. */
export function channelOf(world: World, id: string): Channel {
  const channel = world.channels.get(id);
  if (!channel)
    throw new Error(`No channel ${id} in the fake workspace; there are ${[...world.channels.keys()].join(", ")}`);
  return channel;
}

export function personOf(world: World, id: string): Person {
  const person = world.people.get(id);
  if (!person)
    throw new Error(`No person ${id} in the fake workspace; there are ${[...world.people.keys()].join(", ")}`);
  return person;
}

export function messagesOf(world: World, channel: string): Map<string, StoredMessage> {
  channelOf(world, channel);
  return world.messages.get(channel) ?? new Map();
}

/** A readable name for a user or channel id, or undefined. */
export function nameOf(world: World, id: string): string | undefined {
  if (id === world.app.botUserId) return world.app.name;
  if (id === SLACKBOT) return "Slackbot";
  const channel = world.channels.get(id);
  if (!channel) return world.people.get(id)?.realName;
  if (channel.name) return channel.name;
  return [...channel.members].map((member) => nameOf(world, member) ?? member).join(" & ");
}

export function nextId(world: World, prefix: string): string {
  world.lastId += 1;
  return `${prefix}0FAKE${String(world.lastId).padStart(5, "0")}`;
}

/** A message ts: the clock in microseconds, strictly rising even while the clock stands still. */
export function nextTs(world: World): string {
  world.lastMicros = Math.max(Math.floor(world.now() * 1000), world.lastMicros + 1);
  const micros = String(world.lastMicros % 1_000_000).padStart(6, "0");
  return `${Math.floor(world.lastMicros / 1_000_000)}.${micros}`;
}
