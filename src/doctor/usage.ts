export const USAGE = `Checks a deployment of FindAll Notifier, before it starts and while it runs. Changes nothing.

  npm run doctor               a line for each check: ok, warn or fail, and what to do
  npm run doctor -- --json     the same as JSON (with --silent before the --, nothing else)
  npm run doctor -- --help     this text

Exit code: 0 nothing failed (there may be warnings), 1 something failed, 2 wrong usage.
Settings are read from the environment and from .env, as the service does.
`;

export type Wish = "text" | "json" | "help" | "wrong";

/** What the words behind the command ask for. */
export function readWish(words: readonly string[]): Wish {
  if (words.some((word) => !["--json", "--help", "-h"].includes(word))) return "wrong";
  if (words.includes("--help") || words.includes("-h")) return "help";
  return words.includes("--json") ? "json" : "text";
}
