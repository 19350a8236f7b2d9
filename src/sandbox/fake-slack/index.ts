import type { ChangeEvents } from "./changes.ts";
import { createDelivery, type DeliveryOptions } from "./delivery.ts";
import { dumpWorld } from "./dump.ts";
import { createFaults, type Faults } from "./faults.ts";
import { filesOf } from "./files.ts";
import { type ChannelView, channelView, ephemeralsFor, type Views, viewsOf } from "./looking.ts";
import { messageToText, type Tellable, viewToText } from "./message-text.ts";
import { permalinkOf } from "./methods/chat.ts";
import type { MethodTable } from "./methods/method.ts";
import { METHODS } from "./methods/table.ts";
import type {
  Ack,
  AppIdentity,
  CallRecord,
  Channel,
  DeliveryRecord,
  Ephemeral,
  FunctionExecution,
  Person,
  SlackFile,
  StoredMessage,
  Team,
} from "./model.ts";
import type { Acting, ActOptions } from "./people/acting.ts";
import { type ClickInput, type ClickResult, click } from "./people/click.ts";
import { type CommandInput, type CommandResult, runCommand } from "./people/command.ts";
import { type SlackEvent, sendEvent } from "./people/event.ts";
import { openHome } from "./people/home.ts";
import { type SayInput, say } from "./people/say.ts";
import { type ShortcutInput, type ShortcutResult, useShortcut } from "./people/shortcut.ts";
import { dismissView, type SubmitInput, type SubmitResult, submitView } from "./people/views.ts";
import { runWorkflowStep, type WorkflowInput, type WorkflowStep } from "./people/workflow.ts";
import { createWorkspaceActs, type WorkspaceActs } from "./people/workspace-acts.ts";
import { createRateLimits, type RateLimitOptions } from "./rate-limits.ts";
import { createResponseUrls } from "./response-url.ts";
import { closeServer, createFakeServer, listen } from "./server.ts";
import { createSocketMode, type SocketMode } from "./socket-mode.ts";
import { type Stats, statsOf } from "./stats.ts";
import { createTriggers } from "./triggers.ts";
import { type WaitOptions, waitFor } from "./wait.ts";
import {
  addChannel,
  addPerson,
  appDmOf,
  createWorld,
  type NewChannel,
  nameOf,
  settle,
  type World,
  type WorldOptions,
} from "./world.ts";

export interface FakeSlackOptions extends WorldOptions, DeliveryOptions {
  /** Default: any free port. */
  readonly port?: number;
  readonly rateLimits?: RateLimitOptions;
  /** Deliver over HTTP to this address instead of Socket Mode. */
  readonly requestUrl?: string;
  /** Further Web API methods, or others in place of the built-in ones. */
  readonly methods?: MethodTable;
}

/** A running fake workspace: what tests and the sandbox see of it. */
export interface FakeSlack extends WorkspaceActs {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** For `SLACK_API_URL` and `clientOptions.slackApiUrl`. */
  readonly apiUrl: string;
  readonly team: Team;
  readonly app: AppIdentity;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;

  addPerson(person: { id?: string; name: string; realName?: string }): Person;
  addChannel(channel: NewChannel): Channel;
  /** The id of the app's direct message with a person. */
  appDm(user: string): string;

  /** Deliver commands, clicks and events over HTTP from now on; null: over Socket Mode. */
  useHttp(requestUrl: string | null): void;
  /** How many Socket Mode connections are open. */
  readonly connections: () => number;
  /** Asks Socket Mode clients to reconnect, or cuts them off. */
  readonly sockets: Pick<SocketMode, "disconnect" | "cut">;

  command(input: CommandInput): Promise<CommandResult>;
  click(input: ClickInput): Promise<ClickResult>;
  submit(input: SubmitInput): Promise<SubmitResult>;
  dismiss(input: Pick<SubmitInput, "user" | "view"> & ActOptions): Promise<void>;
  event(event: SlackEvent, options?: ActOptions): Promise<readonly Ack[]>;
  /** A person uses a shortcut, on a message or anywhere. */
  shortcut(input: ShortcutInput): Promise<ShortcutResult>;
  /** A person opens the app's Home tab, or its Messages tab. */
  openHome(user: string, tab?: "home" | "messages"): Promise<readonly Ack[]>;
  /** A workflow comes to a step that the app provides. */
  workflowStep(input: WorkflowInput): Promise<WorkflowStep>;
  /** What the app made of such a step. */
  execution(id: string): FunctionExecution | undefined;
  /** A person writes a message; in the app's direct message the app hears of it when it has subscribed to that. */
  say(input: SayInput): StoredMessage;

  readonly faults: Faults;

  people(): readonly Person[];
  channels(): readonly Channel[];
  /** The name of a person, a channel or the app; undefined for an id that does not exist. */
  nameOf(id: string): string | undefined;
  channel(id: string): ChannelView;
  ephemeral(user?: string): readonly Ephemeral[];
  readonly views: Views;
  /** Files that were uploaded and are there for people, with their content, oldest first. */
  files(): readonly SlackFile[];
  calls(method?: string): readonly CallRecord[];
  deliveries(): readonly DeliveryRecord[];
  /** What real Slack would swallow without a word: acknowledgements it would refuse, and the like. */
  problems(): readonly string[];
  stats(): Stats;
  permalink(message: StoredMessage): string;
  /** A message or view as a person reads it, with names for ids. */
  textOf(message: Tellable, options?: { verbose?: boolean }): string;
  viewText(viewId: string): string;
  dump(): string;
  waitFor<Value>(predicate: () => Value, options?: WaitOptions): Promise<NonNullable<Value>>;
  on<Name extends keyof ChangeEvents>(name: Name, listener: (value: ChangeEvents[Name]) => void): () => void;

  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a strict fake Slack on loopback, with the people of `PEOPLE` and the channels of `CHANNELS` in it. */
export async function startFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const world = createWorld(options);
  settle(world);
  const sockets = createSocketMode(world);
  const delivery = createDelivery(world, sockets, options);
  if (options.requestUrl) delivery.useHttp(options.requestUrl);
  const hooks = createResponseUrls(world);
  const triggers = createTriggers(world);
  const limits = createRateLimits(options.rateLimits ?? {}, world.now);
  const faults = createFaults(world.changes);
  const context = { world, limits, spendTrigger: triggers.spend, openSocketUrl: sockets.openUrl };
  const methods = { ...METHODS, ...options.methods };
  const server = createFakeServer({ context, faults, methods, hooks, sockets });
  await listen(server, world, options.port ?? 0);

  const close = async () => {
    delivery.close();
    faults.clear();
    await sockets.close();
    await closeServer(server);
    world.changes.removeAll();
  };
  const acting: Acting = { world, delivery, hooks, triggers };
  return {
    ...identityOf(world),
    ...createWorkspaceActs(acting),
    ...peopleOf(acting),
    ...observationsOf(world),
    addPerson: (person) => addPerson(world, person),
    addChannel: (channel) => addChannel(world, channel),
    useHttp: (url) => delivery.useHttp(url),
    connections: sockets.connections,
    sockets: { disconnect: sockets.disconnect, cut: sockets.cut },
    faults,
    stats: () => statsOf(world, limits),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function identityOf(world: World) {
  const { botToken, appToken, signingSecret } = world.credentials;
  const { url, team, app } = world;
  return { url, apiUrl: `${url}/api/`, team, app, botToken, appToken, signingSecret, appDm: appDmOf };
}

function peopleOf(acting: Acting) {
  return {
    command: (input: CommandInput) => runCommand(acting, input),
    click: (input: ClickInput) => click(acting, input),
    submit: (input: SubmitInput) => submitView(acting, input),
    dismiss: (input: Pick<SubmitInput, "user" | "view"> & ActOptions) => dismissView(acting, input),
    event: (event: SlackEvent, options?: ActOptions) => sendEvent(acting, event, options),
    shortcut: (input: ShortcutInput) => useShortcut(acting, input),
    openHome: (user: string, tab?: "home" | "messages") => openHome(acting, user, tab),
    workflowStep: (input: WorkflowInput) => runWorkflowStep(acting, input),
    execution: (id: string) => acting.world.executions.get(id),
    say: (input: SayInput) => say(acting, input),
  };
}

function observationsOf(world: World) {
  const names = (id: string) => nameOf(world, id);
  const dump = () => dumpWorld(world);
  return {
    people: () => [...world.people.values()],
    channels: () => [...world.channels.values()],
    nameOf: names,
    channel: (id: string) => channelView(world, id),
    ephemeral: (user?: string) => ephemeralsFor(world, user),
    views: viewsOf(world),
    files: () => filesOf(world),
    calls: (method?: string) => world.calls.filter((call) => method === undefined || call.method === method),
    deliveries: () => [...world.deliveries],
    problems: () => [...world.problems],
    permalink: (message: StoredMessage) => permalinkOf(world, message),
    textOf: (message: Tellable, options?: { verbose?: boolean }) =>
      messageToText(message, { ...options, nameOf: names }),
    viewText: (viewId: string) => viewToText(world.views.get(viewId)?.view ?? {}, { nameOf: names }),
    dump,
    waitFor: <Value>(predicate: () => Value, options?: WaitOptions) => waitFor(world.changes, predicate, dump, options),
    on: <Name extends keyof ChangeEvents>(name: Name, listener: (value: ChangeEvents[Name]) => void) =>
      world.changes.on(name, listener),
  };
}
