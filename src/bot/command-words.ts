import { distance } from "fastest-levenshtein";

/** Commands that need a run id and nothing more. */
export type PlainIdCommand = "watch" | "status" | "stop" | "review" | "pause" | "resume";

/** Commands that need a run id. */
export type IdCommand = PlainIdCommand | "export" | "mute";

const ID_COMMANDS: ReadonlyMap<string, IdCommand> = new Map([
  ["watch", "watch"],
  ["status", "status"],
  ["stop", "stop"],
  ["review", "review"],
  ["export", "export"],
  ["pause", "pause"],
  ["resume", "resume"],
  ["mute", "mute"],
]);
const HELP_WORDS: ReadonlySet<string> = new Set(["help", "-h", "--help", "hi", "hello", "hey"]);
const COMMAND_WORDS = [...ID_COMMANDS.keys(), "help", "list", "settings", "fold"];

/** Words that people try from other tools; none is spelled near enough to be found by distance. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ["cancel", "stop"],
  ["unwatch", "stop"],
  ["unfollow", "stop"],
  ["unsubscribe", "stop"],
  ["remove", "stop"],
  ["delete", "stop"],
  ["hold", "pause"],
  ["suspend", "pause"],
  ["unpause", "resume"],
  ["unmute", "resume"],
  ["continue", "resume"],
  ["snooze", "mute"],
  ["silence", "mute"],
  ["follow", "watch"],
  ["track", "watch"],
  ["subscribe", "watch"],
  ["notify", "watch"],
  ["start", "watch"],
  ["add", "watch"],
  ["show", "status"],
  ["info", "status"],
  ["get", "status"],
  ["check", "status"],
  ["ls", "list"],
  ["runs", "list"],
  ["watches", "list"],
  ["all", "list all"],
  ["mine", "list all"],
  ["everywhere", "list all"],
  ["usage", "help"],
  ["commands", "help"],
  ["queue", "review"],
  ["decide", "review"],
  ["triage", "review"],
  ["reviews", "review"],
  ["download", "export"],
  ["csv", "export"],
  ["json", "export"],
  ["config", "settings"],
  ["configure", "settings"],
  ["options", "settings"],
  ["preferences", "settings"],
  ["prefs", "settings"],
  ["setup", "settings"],
  ["filter", "settings"],
  ["filters", "settings"],
  ["quiet", "settings"],
  ["reminder", "settings"],
  ["digest", "settings"],
  ["mention", "settings"],
  ["alert", "settings"],
  ["collapse", "fold"],
  ["unfold", "fold off"],
]);
const TYPO_DISTANCE = 2;
/** Too many everyday words are two letters away from these. */
const STRICT_WORDS: ReadonlySet<string> = new Set(["fold", "mute", "all"]);

/** The command that a word names exactly and that needs an id. */
export function idCommandOf(word: string): IdCommand | null {
  return ID_COMMANDS.get(word.toLowerCase()) ?? null;
}

export function isHelpWord(word: string): boolean {
  return HELP_WORDS.has(word.toLowerCase());
}

/** The command that a word was probably meant as. */
export function nearestCommand(word: string): string | null {
  const typed = word.toLowerCase();
  if (!/^[a-z]+$/.test(typed)) return null;
  return OTHER_NAMES.get(typed) ?? nearestOf(typed, COMMAND_WORDS);
}

/** The one of `names` that is a typo away, null when none is. */
export function nearestOf(word: string, names: readonly string[]): string | null {
  const typed = word.toLowerCase();
  const ranked = names.map((name) => ({ name, far: distance(typed, name) })).sort((a, b) => a.far - b.far);
  const best = ranked[0];
  return best && best.far <= (STRICT_WORDS.has(best.name) ? 1 : TYPO_DISTANCE) ? best.name : null;
}
