import type { FindAllClient } from "../findall/client.ts";
import type { Logger } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { SlackClient } from "../slack/client.ts";
import type { Store } from "../store/store.ts";
import type { CrashPoint } from "./crash-points.ts";
import type { Health } from "./health.ts";
import type { Slots } from "./slots.ts";

/**
 * Asks the queue to come back. Neither call fails: what cannot be asked for now is found by the sweep, since what is due
 * stands in the store.
 */
export interface Wakeups {
  /** Deliver to a channel now, or at a time (ms since the epoch). */
  readonly lane: (channel: string, at?: number) => Promise<void>;
  /** Poll a run now, or at a time (ms since the epoch). */
  readonly poll: (runId: string, at?: number) => Promise<void>;
  /** Lets go of everything that was asked for. */
  readonly forget: () => Promise<void>;
}

/** The workspace this service serves, as `auth.test` told. */
export interface Workspace {
  readonly teamId: string;
  /** `https://acme.slack.com/` */
  readonly teamUrl: string;
  readonly botUserId: string;
  readonly botId: string | null;
  /** The bot's user name, for `/invite @…`. */
  readonly botName: string | null;
}

/** What the steps work with. */
export interface Context {
  readonly store: Store;
  readonly findall: FindAllClient;
  readonly slack: SlackClient;
  readonly workspace: Workspace;
  readonly wakeups: Wakeups;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly settings: {
    readonly poll: { readonly minMs: number; readonly maxMs: number };
    readonly slackTimeoutMs: number;
    readonly parallelTimeoutMs: number;
    readonly retentionMs: number;
  };
  /** ms since the epoch */
  readonly now: () => number;
  /** in [0, 1) */
  readonly random: () => number;
  /** Aborted when the service shuts down: finish what is in hand, take nothing new. */
  readonly signal: AbortSignal;
  /** Polls wait for Parallel most of the time, also for what a stream may still tell; so many are at work at once. */
  readonly polls: Slots;
  /** Room for results beyond some megabytes: each takes several times its size while it is compared and written. */
  readonly largeResults: Slots;
  /** Told whenever a place is reached where a test may let the process die; does nothing otherwise. */
  readonly reach: (point: CrashPoint) => void;
}
