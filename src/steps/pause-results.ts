import type { Wait } from "../domain/waiting.ts";
import type { Watch } from "../domain/watch.ts";
import type { ChannelRefusal } from "./results.ts";

/** What `/findall pause`, `resume` and `mute` lead to. */
export type PauseResult =
  /** Paused by this call; what is found meanwhile is kept. */
  | { readonly kind: "paused"; readonly watch: Watch; readonly cardLink: string | null }
  /** It was paused by a person before, or is held up by Slack (then `watch.pauseReason` says why). */
  | { readonly kind: "already_paused"; readonly watch: Watch; readonly cardLink: string | null }
  | {
      readonly kind: "resumed";
      readonly watch: Watch;
      readonly cardLink: string | null;
      /** Messages that now go on their way, or wait for what `wait` says. */
      readonly waiting: number;
      readonly wait: Wait | null;
      /** Slack had refused, and nobody can see beforehand whether it still does. */
      readonly isTry: boolean;
    }
  /** Slack held it up, and would refuse still. Nothing was changed. */
  | { readonly kind: "channel_refused"; readonly refusal: ChannelRefusal }
  /** Neither paused nor muted. */
  | { readonly kind: "not_paused"; readonly watch: Watch; readonly cardLink: string | null }
  /** Nothing is posted before `watch.mutedUntil`, or before the end of the run when that is `"end"`. */
  | { readonly kind: "muted"; readonly watch: Watch; readonly cardLink: string | null }
  /** Stopped or lost, or its run has ended and everything has been delivered. */
  | { readonly kind: "already_over"; readonly watch: Watch; readonly cardLink: string | null }
  | { readonly kind: "not_watched" }
  | { readonly kind: "store_unavailable" };
