import type { SocketModeReceiverOptions } from "@slack/bolt";
import type { Asker, ListWatchesResult, RunStatusResult, StartWatchResult, StopWatchResult } from "../steps/results.ts";
import type { BotLogger } from "./bolt-logger.ts";

/** What the bot can have done; each is one step. Expected trouble comes back as a value, surprise as an exception. */
export interface BotActions {
  startWatch(runId: string, asker: Asker): Promise<StartWatchResult>;
  stopWatch(runId: string, asker: Asker): Promise<StopWatchResult>;
  listWatches(channelId: string): Promise<ListWatchesResult>;
  runStatus(runId: string, asker: Asker): Promise<RunStatusResult>;
  /** The bot was invited somewhere: what waited for that may go on. */
  botJoined(channelId: string): Promise<void>;
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
