import type { Run, RunSpec, Trouble } from "../domain/run.ts";
import type { Watch } from "../domain/watch.ts";

/** Who asked for something, where, and how to answer when the command's own answer is gone. */
export interface Asker {
  readonly userId: string;
  /** As the slash command names them; shown instead of a mention, which would notify. */
  readonly userName: string;
  readonly channelId: string;
  /** As the slash command names it: `privategroup` and `directmessage` stand for names we may not see. */
  readonly channelName: string;
  readonly responseUrl: string | null;
}

/** Why the bot may not post in a channel. */
export type ChannelRefusal = "not_in_channel" | "private_channel" | "direct_message" | "archived";

/** Trouble with something outside that ends a command: expected, so a value and not an exception. */
export type OutsideTrouble =
  | { readonly kind: "run_not_found" }
  | { readonly kind: "id_refused"; readonly detail: string }
  | { readonly kind: "api_key_rejected" }
  | { readonly kind: "parallel_unavailable"; readonly detail: string }
  /** Parallel answered, with something that is no run as we know it. */
  | { readonly kind: "answer_unreadable"; readonly detail: string }
  | { readonly kind: "store_unavailable" }
  | { readonly kind: "slack_unavailable"; readonly detail: string };

export type StartWatchResult =
  | { readonly kind: "watching"; readonly watch: Watch; readonly run: Run; readonly spec: RunSpec | null }
  /** The watch was there already; `cardLink` is null while its card is still on its way. */
  | { readonly kind: "already_watching"; readonly watch: Watch; readonly run: Run; readonly cardLink: string | null }
  /** The run had ended (or the watch was stopped, paused or lost) and is followed again in the same card and thread. */
  | { readonly kind: "reopened"; readonly watch: Watch; readonly run: Run; readonly cardLink: string | null }
  | { readonly kind: "channel_refused"; readonly refusal: ChannelRefusal }
  | OutsideTrouble;

export type StopWatchResult =
  | { readonly kind: "stopped"; readonly watch: Watch; readonly cardLink: string | null }
  | { readonly kind: "already_over"; readonly watch: Watch; readonly cardLink: string | null }
  | { readonly kind: "not_watched" }
  | { readonly kind: "store_unavailable" };

export interface WatchListItem {
  readonly watch: Watch;
  readonly run: Run | null;
  readonly spec: RunSpec | null;
  readonly cardLink: string | null;
}

export type ListWatchesResult =
  | { readonly kind: "list"; readonly items: readonly WatchListItem[] }
  | { readonly kind: "store_unavailable" };

export type RunStatusResult =
  | {
      readonly kind: "status";
      readonly run: Run;
      readonly spec: RunSpec | null;
      /** This channel's watch of the run, when there is one; null also when the store could not be asked. */
      readonly watch: Watch | null;
      readonly cardLink: string | null;
      /** Messages of that watch that still wait to reach Slack. */
      readonly waiting: number;
      readonly trouble: Trouble | null;
    }
  | OutsideTrouble;
