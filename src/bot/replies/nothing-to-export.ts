import type { Message } from "../../domain/message.ts";
import { plural } from "../../slack/format.ts";
import type { ExportFilter } from "../../steps/review-results.ts";
import { CHOICE } from "./exported.ts";
import { code, say } from "./say.ts";

/** No candidate passes the choice, so there is no file. */
export function nothingToExport(filter: ExportFilter, total: number): Message {
  if (total === 0)
    return say(`There is nothing to export yet: the run has no matches. ${code("/findall list")} shows how far it is.`);
  return say(
    `There are no ${CHOICE[filter]}candidates among the ${plural(total, "match", "matches")}, so I made no file.`,
    `${code("/findall export <run id>")} without a choice takes all of them; ${code("/findall review <run id>")} goes through what waits for a decision.`,
  );
}
