import { contentHash } from "./ids.ts";

/** What arrives in the thread while a run goes on: each candidate, all of the last so many minutes together, or nothing before the end. */
export type Arrival = "each" | "digest-5" | "digest-15" | "digest-30" | "digest-60" | "end";
export const ARRIVALS: readonly Arrival[] = ["each", "digest-5", "digest-15", "digest-30", "digest-60", "end"];

/** As Parallel grades its evidence (findall-api, "FieldBasis"), weakest first. */
export type Confidence = "low" | "medium" | "high";
export const CONFIDENCES: readonly Confidence[] = ["low", "medium", "high"];

/** Only candidates that pass a condition, or whose value of it has a text. */
export interface ConditionFilter {
  readonly name: string;
  /** Null: it is enough that the condition is met. */
  readonly contains: string | null;
}

/** A time of day each day, in the settings' time zone; `from` may be later than `to`: over midnight. Both `HH:MM`. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** What a channel has set; one watch may override the part that is in `Overrides`. */
export interface Settings {
  readonly arrives: Arrival;
  /** Null: any. */
  readonly minConfidence: Confidence | null;
  readonly condition: ConditionFilter | null;
  /** Host names without `www.`; their subdomains are excluded too. */
  readonly excludedDomains: readonly string[];
  /** The completion alert also stands in the channel, not in the thread alone. */
  readonly alertInChannel: boolean;
  /** The completion alert mentions who asked. */
  readonly mention: boolean;
  readonly quiet: QuietHours | null;
  /** Once each working day while candidates wait for review. */
  readonly reminder: boolean;
  /** IANA name; quiet hours and reminders go by it. */
  readonly timeZone: string;
  /** Candidates that this channel decided about in another run take one line of a page. */
  readonly fold: boolean;
}

/** What the words behind `/findall <id>` may change for one watch. Absent: as the channel has it. */
export type Overrides = Partial<
  Pick<Settings, "arrives" | "minConfidence" | "condition" | "excludedDomains" | "alertInChannel" | "mention">
>;

export const DEFAULT_SETTINGS: Settings = {
  arrives: "each",
  minConfidence: null,
  condition: null,
  excludedDomains: [],
  alertInChannel: true,
  mention: true,
  quiet: null,
  reminder: false,
  timeZone: "UTC",
  fold: false,
};

/**
 * The settings that hold for one watch: its own over the channel's. Domains that either leaves out are left out; a watch
 * whose own list is empty leaves out none.
 */
export function settingsOf(channel: Settings, overrides: Overrides): Settings {
  return { ...channel, ...overrides, excludedDomains: both(channel.excludedDomains, overrides.excludedDomains) };
}

function both(before: readonly string[] | undefined, given: readonly string[] | undefined): readonly string[] {
  if (given === undefined) return before ?? [];
  return given.length === 0 ? [] : [...new Set([...(before ?? []), ...given])];
}

/** What is said for a watch now, added to what was said before; nothing takes all of it back. */
export function withOverrides(before: Overrides, given: Overrides): Overrides {
  if (Object.keys(given).length === 0) return {};
  const { excludedDomains } = given;
  return {
    ...before,
    ...given,
    ...(excludedDomains ? { excludedDomains: both(before.excludedDomains, excludedDomains) } : {}),
  };
}

const FIELDS = Object.keys(DEFAULT_SETTINGS) as readonly (keyof Settings)[];

/** A short mark of each setting, so that a form knows later which of them its reader changed. */
export function marksOf(settings: Settings): string {
  return FIELDS.map((field) => contentHash(settings[field]).slice(0, 6)).join(".");
}

/**
 * What a person wants who has seen other settings than there are now: what they changed, and of the rest what there is.
 * @param seen the marks of what they saw
 */
export function mergeSettings(now: Settings, wanted: Settings, seen: string): Settings {
  const [ours, theirs] = [seen.split("."), marksOf(wanted).split(".")];
  const kept = FIELDS.filter((_, index) => ours[index] === theirs[index]);
  return { ...wanted, ...Object.fromEntries(kept.map((field) => [field, now[field]])) };
}
