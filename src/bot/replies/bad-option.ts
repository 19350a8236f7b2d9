import type { Message } from "../../domain/message.ts";
import { code, foreign, say } from "./say.ts";

/** A word behind `/findall export` that is no option. */
export function badOption(word: string, suggestion: string | null): Message {
  const guess = suggestion === null ? "" : ` Did you mean ${code(`/findall ${suggestion}`)}?`;
  return say(
    `I do not know “${foreign(word, 60)}” as a part of an export.${guess}`,
    `It goes ${code("/findall export <run id> [csv|json] [accepted|rejected|maybe|unreviewed|all]")}.`,
  );
}
