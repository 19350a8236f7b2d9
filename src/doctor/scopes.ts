/** A scope of the bot token, and what the app cannot do without it. */
export interface UsedScope {
  readonly scope: string;
  /** `fail`: the app is of no use without it. `warn`: one thing less, which it says of itself where a person meets it. */
  readonly without: "fail" | "warn";
  readonly costs: string;
}

/** Every scope that is used, in the order of manifest.yml; a test holds the two against each other. */
export const USED_SCOPES: readonly UsedScope[] = [
  { scope: "commands", without: "fail", costs: "nobody can type /findall" },
  { scope: "chat:write", without: "fail", costs: "no card, no match and no alert can be posted" },
  { scope: "files:write", without: "warn", costs: "/findall export cannot put its file into the thread" },
  ...history("channels:history", "public channels"),
  ...history("groups:history", "private channels"),
  ...history("im:history", "direct messages"),
  ...history("mpim:history", "group direct messages"),
  ...read("channels:read", "public channels"),
  ...read("groups:read", "private channels"),
  ...read("im:read", "direct messages"),
  ...read("mpim:read", "group direct messages"),
];

function history(scope: string, where: string): UsedScope[] {
  const costs = `in ${where} a message whose sending went unanswered cannot be looked for, so it may be there twice`;
  return [{ scope, without: "warn", costs }];
}

function read(scope: string, where: string): UsedScope[] {
  const costs = `in ${where} the app cannot tell whether it may post, was invited, or who is a member and may decide`;
  return [{ scope, without: "warn", costs }];
}
