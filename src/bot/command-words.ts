import { distance } from "fastest-levenshtein";

/** Commands that need a run id and nothing more. */
export type PlainIdCommand = "watch" | "status" | "stop" | "review";

/** Commands that need a run id. */
export type IdCommand = PlainIdCommand | "export";

const ID_COMMANDS: ReadonlyMap<string, IdCommand> = new Map([
  ["watch", "watch"],
  ["resume", "watch"], // following again is the same step: the watch says whether it was there before
  ["status", "status"],
  ["stop", "stop"],
  ["review", "review"],
  ["export", "export"],
]);
const HELP_WORDS: ReadonlySet<string> = new Set(["help", "-h", "--help"]);
const COMMAND_WORDS = ["help", "list", "status", "stop", "watch", "resume", "review", "export", "fold"];

/** Words that people try from other tools; none is spelled near enough to be found by distance. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ["cancel", "stop"],
  ["unwatch", "stop"],
  ["unfollow", "stop"],
  ["remove", "stop"],
  ["delete", "stop"],
  ["pause", "stop"],
  ["follow", "watch"],
  ["track", "watch"],
  ["start", "watch"],
  ["add", "watch"],
  ["show", "status"],
  ["info", "status"],
  ["get", "status"],
  ["check", "status"],
  ["ls", "list"],
  ["runs", "list"],
  ["watches", "list"],
  ["all", "list"],
  ["usage", "help"],
  ["commands", "help"],
  ["queue", "review"],
  ["decide", "review"],
  ["triage", "review"],
  ["reviews", "review"],
  ["download", "export"],
  ["csv", "export"],
  ["json", "export"],
  ["collapse", "fold"],
  ["unfold", "fold off"],
]);
const TYPO_DISTANCE = 2;
/** Too many everyday words are two letters away from this one. */
const STRICT_WORD = "fold";

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
  return /^[a-z]+$/.test(typed) ? (OTHER_NAMES.get(typed) ?? nearestOf(typed, COMMAND_WORDS)) : null;
}

/** The one of `names` that is a typo away, null when none is. */
export function nearestOf(word: string, names: readonly string[]): string | null {
  const typed = word.toLowerCase();
  const ranked = names.map((name) => ({ name, far: distance(typed, name) })).sort((a, b) => a.far - b.far);
  const best = ranked[0];
  return best && best.far <= (best.name === STRICT_WORD ? 1 : TYPO_DISTANCE) ? best.name : null;
}
