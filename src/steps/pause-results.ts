import type { Watch } from "../domain/watch.ts";

/** What `/findall pause`, `resume` and `mute` lead to. */
export type PauseResult =
  /** Paused by this call; what is found meanwhile is kept. */
  | { readonly kind: "paused"; readonly watch: Watch; readonly cardLink: string | null }
  /** It was paused by a person before, or is held up by Slack (then `watch.pauseReason` says why). */
  | { readonly kind: "already_paused"; readonly watch: Watch; readonly cardLink: string | null }
  /** `waiting`: messages that now go on their way. */
  | { readonly kind: "resumed"; readonly watch: Watch; readonly cardLink: string | null; readonly waiting: number }
  /** Neither paused nor muted. */
  | { readonly kind: "not_paused"; readonly watch: Watch; readonly cardLink: string | null }
  /** Nothing is posted before `watch.mutedUntil`, or before the end of the run when that is `"end"`. */
  | { readonly kind: "muted"; readonly watch: Watch; readonly cardLink: string | null }
  /** Stopped or lost, or its run has ended and everything has been delivered. */
  | { readonly kind: "already_over"; readonly watch: Watch; readonly cardLink: string | null }
  | { readonly kind: "not_watched" }
  | { readonly kind: "store_unavailable" };
