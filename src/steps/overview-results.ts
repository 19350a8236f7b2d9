import type { Tally } from "../domain/review.ts";
import type { WatchListItem } from "./results.ts";

/** A watch as one person may see it, with what waits for them. */
export interface OverviewItem extends WatchListItem {
  /** Null while nothing can be reviewed, and for all but the fifty watches that were asked for last. */
  readonly tally: Tally | null;
}

/** The watches of all channels that a person is in, most recently asked for first. Never one of a channel they are not in. */
export type OverviewResult =
  | { readonly kind: "overview"; readonly items: readonly OverviewItem[]; readonly channels: readonly string[] }
  /** Slack did not say which channels the person is in. */
  | { readonly kind: "membership_unknown" }
  | { readonly kind: "store_unavailable" };
