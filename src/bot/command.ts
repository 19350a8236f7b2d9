import type { Overrides } from "../domain/settings.ts";
import type { IdCommand, PlainIdCommand } from "./command-words.ts";
import type { ExportWish } from "./parse-export.ts";
import type { OverrideTrouble } from "./parse-override-rules.ts";

/** Why what stands in the place of an id cannot be one. */
export type BadIdReason = "several" | "no_id_in_link" | "too_long" | "not_an_id";

/** What a person asked for. */
export type Command =
  | { readonly kind: Exclude<PlainIdCommand, "watch">; readonly id: string }
  /** Without `overrides` nothing was said for this watch alone; empty ones take back what was said before. */
  | { readonly kind: "watch"; readonly id: string; readonly overrides?: Overrides }
  /** `forMs` null: before the end of the run. */
  | { readonly kind: "mute"; readonly id: string; readonly forMs: number | null }
  | ({ readonly kind: "export"; readonly id: string } & ExportWish)
  /** `all`: of every channel that the person is in. Pages from 1. */
  | { readonly kind: "list"; readonly all: boolean; readonly page: number }
  /** `words` were typed behind it, and are read by nobody. */
  | { readonly kind: "settings"; readonly words?: string }
  | { readonly kind: "help" }
  /** `fold` is null when it was not said which. */
  | { readonly kind: "fold"; readonly fold: boolean | null }
  /** `all`: of every run at once, which is not done; `overrides`: what was said for the run that was not named. */
  | {
      readonly kind: "missing_id";
      readonly command: IdCommand;
      readonly all?: true;
      readonly overrides?: Overrides;
    }
  /** `suggestion` is what to type after `/findall`; null when nothing is near. */
  | { readonly kind: "unknown"; readonly word: string; readonly suggestion: string | null }
  /** A word beside a run to follow that cannot be obeyed. */
  | { readonly kind: "bad_override"; readonly trouble: OverrideTrouble; readonly suggestion: string | null }
  /** A time behind `mute` that is none, or too long. */
  | { readonly kind: "bad_duration"; readonly word: string; readonly suggestion: string }
  /** A word behind `export` that is no option. */
  | { readonly kind: "bad_option"; readonly word: string; readonly suggestion: string | null }
  | {
      readonly kind: "bad_id";
      readonly command: IdCommand;
      readonly reason: BadIdReason;
      readonly ids: readonly string[];
    };
