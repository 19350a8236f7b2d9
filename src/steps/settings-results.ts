import type { Settings } from "../domain/settings.ts";
import type { Wait } from "../domain/waiting.ts";
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
      /** Candidates that the filter here holds back no longer. */
      readonly released: number;
      /** Those of them that something else holds back still, and what; the others go on their way. */
      readonly waiting: readonly { readonly candidates: number; readonly wait: Wait }[];
    }
  | ReviewRefusal;
