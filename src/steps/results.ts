import type { Run, RunSpec, Trouble } from "../domain/run.ts";
import type { Wait } from "../domain/waiting.ts";
import type { Watch } from "../domain/watch.ts";
import type { Outlook } from "./outlook.ts";

/** Who asked for something, where, and how to answer when the command's own answer is gone. */
export interface Asker {
  readonly userId: string;
  /** As the slash command names them; shown instead of a mention, which would notify. */
  readonly userName: string;
  readonly channelId: string;
  /** As the slash command names it: `privategroup` and `directmessage` stand for names we may not see. */
  readonly channelName: string;
  readonly responseUrl: string | null;
  /** Nobody at a keyboard, whoever it names. */
  readonly isWorkflow?: boolean;
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

/** A watch as the answer to "follow this" tells of it. */
export interface StartedWatch {
  readonly watch: Watch;
  readonly run: Run;
  /** Null when Parallel did not give it just now. */
  readonly spec: RunSpec | null;
  /** Null while the card is still on its way. */
  readonly cardLink: string | null;
  readonly outlook: Outlook;
}

export type StartWatchResult =
  | ({ readonly kind: "watching" } & StartedWatch)
  /** The watch was there already. */
  | ({ readonly kind: "already_watching" } & StartedWatch)
  /** The run had ended (or the watch was stopped, paused or lost) and is followed again in the same card and thread. */
  | ({ readonly kind: "reopened" } & StartedWatch)
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
      /** Why these wait; null when nothing but the pace of posts holds them. */
      readonly wait: Wait | null;
      readonly trouble: Trouble | null;
    }
  | OutsideTrouble;
