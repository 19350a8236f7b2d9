import type { Message } from "../../domain/message.ts";
import type { BadIdReason } from "../command.ts";
import type { IdCommand } from "../command-words.ts";
import { code, say } from "./say.ts";

/** What stands in the place of the run id cannot be one. Says what was wrong, and what to type. */
export function badId(command: IdCommand, reason: BadIdReason, ids: readonly string[]): Message {
  const prefix = command === "watch" ? "/findall" : `/findall ${command}`;
  const usage = code(`${prefix} <run id>`);
  switch (reason) {
    case "several": {
      const [first] = ids;
      const next = first ? `Start with ${code(`${prefix} ${first}`)}, then send the next.` : `Please type ${usage}.`;
      return say(`That looks like more than one run, and I take one at a time. ${next}`);
    }
    case "no_id_in_link":
      return say(`I found no run id in that link. Please copy the id itself and type ${usage}.`);
    case "too_long":
      return say(
        `That is too long for a run id (128 characters at most). Please check what was copied and type ${usage}.`,
      );
    case "not_an_id":
      return say(
        `That is not a run id: ids have only letters, digits, ${code("_")} and ${code("-")}. Please type ${usage}.`,
      );
  }
}
