import type { Settings } from "../domain/settings.ts";
import type { ReviewRefusal } from "./review-results.ts";

/** What a channel has set, with what a person needs to change it. */
export type SettingsResult =
  | {
      readonly kind: "settings";
      readonly channelId: string;
      readonly settings: Settings;
      /** Names of the match conditions of the channel's running watches, to choose from. */
      readonly conditions: readonly string[];
      /** Watches of the channel that a change applies to. */
      readonly running: number;
    }
  | ReviewRefusal;

export type SaveSettingsResult =
  | {
      readonly kind: "saved" | "unchanged";
      readonly channelId: string;
      readonly settings: Settings;
      readonly before: Settings;
      readonly running: number;
      /** Candidates that a filter held back and that now go on their way. */
      readonly released: number;
    }
  | ReviewRefusal;
