import type { Message } from "../../domain/message.ts";
import { code, foreign, say } from "./say.ts";

/** A word that is neither a command nor an id. `suggestion` is what to type after `/findall`. */
export function unknownCommand(word: string, suggestion: string | null): Message {
  const notKnown = `I do not know “${foreign(word, 60)}”.`;
  // With a run named beside it, the word was not meant as one.
  const mayBeRun =
    /^[A-Za-z0-9_-]+$/.test(word) &&
    (suggestion === null || /^(help|list(?: all)?|settings|fold(?: off)?|\w+ <run id>)$/.test(suggestion));
  const wayOut = mayBeRun ? ` If it is a run id, type ${code(`/findall watch ${word.slice(0, 128)}`)}.` : "";
  if (suggestion) return say(`${notKnown} Did you mean ${code(`/findall ${suggestion}`)}?${wayOut}`);
  return say(`${notKnown}${wayOut} ${code("/findall help")} shows what I can do.`);
}
