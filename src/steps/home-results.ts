import type { Watch } from "../domain/watch.ts";
import type { ReviewRefusal } from "./review-results.ts";

/** A watch that a person wants to act on from somewhere else than its channel. */
export type HomeWatchResult =
  | { readonly kind: "watch"; readonly watch: Watch }
  | { readonly kind: "not_watched" }
  | ReviewRefusal;
