import type { Message } from "../../domain/message.ts";
import { plural } from "../../slack/format.ts";
import type { ExportFilter } from "../../steps/review-results.ts";
import { CHOICE } from "./exported.ts";
import { say } from "./say.ts";

/** No candidate passes the choice, so there is no file. */
export function nothingToExport(filter: ExportFilter, total: number): Message {
  if (total === 0) return say("There is nothing to export yet: the run has no matches.");
  return say(
    `There are no ${CHOICE[filter]}candidates among the ${plural(total, "match", "matches")}, so I made no file.`,
  );
}
