import { errorRow } from "./error-table.ts";
import { codeWord } from "./text.ts";

export interface Explanation {
  /** What is wrong, as a sentence. Finished mrkdwn, like `mend`. */
  readonly what: string;
  /** What a person can do. */
  readonly mend: string;
}

export interface ExplainContext {
  /** The bot's user name as Slack knows it. */
  readonly botName: string | null;
  readonly needed?: string | null;
  /** How the bot is invited, where its mention does no harm; by its name when absent. Finished mrkdwn. */
  readonly invite?: string;
}

/** A Slack error for people: what is wrong and the mend. Every code has an answer, also one that does not exist yet. */
export function explainCode(code: string, about: ExplainContext): Explanation {
  const row = errorRow(code);
  const what = row.what ?? `Slack refuses the message (${codeWord(code) || "no reason given"}).`;
  const mend = row.mend ?? "If this stays, ask the app's operator to look into its log.";
  return {
    what: what.replace("{scope}", scopeWords(about.needed)),
    mend: mend.replace("{invite}", about.invite ?? inviteWords(about.botName)),
  };
}

/** Slack's own names are no longer; one that were would be cut with the message, and be code no more. */
const BOT_NAME_AT_MOST = 80;

/** `/invite @findall`, as code so that it rings nobody. */
export function inviteWords(botName: string | null): string {
  const letters = (botName ?? "").match(/[\p{L}\p{N}._-]/gu) ?? [];
  const name = letters.slice(0, BOT_NAME_AT_MOST).join("");
  return name === "" ? "`/invite` and the name of this app" : `\`/invite @${name}\``;
}

function scopeWords(needed: string | null | undefined): string {
  // Several come as one list, `channels:history,groups:history`.
  const scopes = (needed ?? "")
    .split(",", 8)
    .map(codeWord)
    .filter((scope) => scope !== "");
  return scopes.length === 0 ? "" : ` (${scopes.join(", ")})`;
}
