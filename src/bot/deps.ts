import type { SocketModeReceiverOptions } from "@slack/bolt";
import type { Message } from "../domain/message.ts";
import type { Person, ReviewAct } from "../domain/review.ts";
import type { Overrides, Settings } from "../domain/settings.ts";
import type { HoldView } from "../slack/messages/hold.ts";
import type { HomeWatchResult } from "../steps/home-results.ts";
import type { OverviewResult } from "../steps/overview-results.ts";
import type { PauseResult } from "../steps/pause-results.ts";
import type { Asker, ListWatchesResult, RunStatusResult, StartWatchResult, StopWatchResult } from "../steps/results.ts";
import type {
  CandidateResult,
  ClickContext,
  ExportFilter,
  ExportFormat,
  ExportResult,
  FoldResult,
  NoteResult,
  QueueCursor,
  QueueResult,
  ReviewRefusal,
  ReviewResult,
} from "../steps/review-results.ts";
import type { Place, SaidResult } from "../steps/say.ts";
import type { SaveSettingsResult, SettingsResult } from "../steps/settings-results.ts";
import type { Execution } from "../steps/workflow-results.ts";
import type { BotLogger } from "./bolt-logger.ts";

/** What the bot can have done; each is one step. Expected trouble comes back as a value, surprise as an exception. */
export interface BotActions {
  /** `overrides` are what was said for this watch alone, null when nothing was; empty takes back what was said before. */
  startWatch(runId: string, asker: Asker, overrides?: Overrides | null): Promise<StartWatchResult>;
  stopWatch(runId: string, asker: Asker): Promise<StopWatchResult>;
  listWatches(channelId: string): Promise<ListWatchesResult>;
  runStatus(runId: string, asker: Asker): Promise<RunStatusResult>;
  /**
   * Decides about a candidate, or takes the last decision back. Shows it on the message at once where `click` says how,
   * else by the lane. A note goes with it, or stands alone when the decision is refused as a conflict.
   */
  review(key: string, act: ReviewAct, click: ClickContext, note?: string): Promise<ReviewResult>;
  /** Everything about a candidate, for one who may see it. */
  readCandidate(key: string, by: Person): Promise<CandidateResult>;
  /** Keeps a person's note on a candidate; empty text removes it. */
  saveNote(key: string, text: string, by: Person): Promise<NoteResult>;
  /** The next candidate to review in a watch. */
  reviewNext(watchId: string, by: Person, cursor: QueueCursor): Promise<QueueResult>;
  /** The id of the watch of a run in a channel, whether or not it exists. */
  watchIdFor(runId: string, channelId: string): string;
  /** Puts a file with the decisions of a watch into its thread. */
  exportReviews(watchId: string, by: Person, format: ExportFormat, filter: ExportFilter): Promise<ExportResult>;
  /** Whether candidates that a channel decided about before take one line of a page. */
  setFold(channelId: string, fold: boolean): Promise<FoldResult>;
  /** Holds back what is new of a watch until a person resumes it. */
  pauseWatch(runId: string, asker: Asker): Promise<PauseResult>;
  /** Takes a pause or a mute away; what waited goes on its way. */
  resumeWatch(runId: string, asker: Asker): Promise<PauseResult>;
  /** Posts nothing new for so long (ms); null: before the end of the run. */
  muteWatch(runId: string, asker: Asker, forMs: number | null): Promise<PauseResult>;
  /** The watches of all channels that this person is in. */
  overview(by: Person): Promise<OverviewResult>;
  /** Null for one who is in the channel, and may have things done there from somewhere else. */
  mayActIn(channelId: string, by: Person): Promise<ReviewRefusal | null>;
  readSettings(channelId: string, by: Person): Promise<SettingsResult>;
  /** `seen`: the marks of the settings that the person saw; what others changed since then stays. */
  saveSettings(channelId: string, settings: Settings, by: Person, seen: string): Promise<SaveSettingsResult>;
  /** A watch that a person wants to act on from the Home tab; the watch only for one who is in its channel. */
  watchForPerson(watchId: string, by: Person): Promise<HomeWatchResult>;
  /** Draws a person's Home tab as things stand, with a line on what just happened. Never rejects. */
  showHome(by: Pick<Person, "id">, notice?: string | null): Promise<void>;
  /** Says once, by a direct message, what the app is; nothing to one who was told, or has used it. */
  greetPerson(userId: string): Promise<void>;
  /** The same in the channel that the app was invited into, to the inviter alone. */
  greetInviter(channelId: string, userId: string): Promise<void>;
  /** This person uses the app: no welcome is needed any more. */
  meetPerson(userId: string): Promise<void>;
  /** Makes durable what a workflow asks for; may be repeated. */
  beginExecution(execution: Execution): Promise<void>;
  /** Takes a workflow's step as far as it gets now; the rest is done by the sweep. Never rejects. */
  advanceExecution(executionId: string): Promise<void>;
  /** Answers by a message in a conversation, at its turn there. Lost when it cannot be said within a minute. */
  say(place: Place, message: Message): Promise<SaidResult>;
  /** Puts other words in the place of what was said. */
  sayInstead(place: Place, ts: string, message: Message): Promise<SaidResult>;
  /** Why nothing can be posted in the workspace now, if nothing can. */
  readHold(): Promise<HoldView | null>;
  /** The bot was invited somewhere: what waited for that may go on. */
  botJoined(channelId: string): Promise<void>;
  /** The app was removed from the workspace, as Slack says. */
  uninstalled(): Promise<void>;
  /** True for the first time a delivery's key is seen; may fail, which counts as the first time. */
  firstDelivery(key: string): Promise<boolean>;
}

/** How the bot reaches Slack, and who it is there. */
export interface BotConfig {
  readonly botToken: string;
  /** Set: Socket Mode. Null: HTTP, and `signingSecret` is needed. */
  readonly appToken: string | null;
  readonly signingSecret: string | null;
  readonly slackApiUrl: string;
  readonly botId: string | null;
  readonly botUserId: string;
  readonly teamId: string;
  /** One call to Slack, in ms. */
  readonly slackTimeoutMs?: number;
}

export interface BotDeps {
  readonly config: BotConfig;
  readonly actions: BotActions;
  readonly logger: BotLogger;
  onAck(ms: number, command: string): void;
  now(): number;
  /** For proxies: used for the Web API and response URLs … */
  readonly fetch?: typeof globalThis.fetch;
  /** … and for the socket. */
  readonly dispatcher?: SocketModeReceiverOptions["dispatcher"];
}
