import type { Message } from "../../domain/message.ts";
import type { ExportResult } from "../../steps/review-results.ts";
import { exportRefused } from "../replies/export-refused.ts";
import { exported } from "../replies/exported.ts";
import { notFollowedHere } from "../replies/not-followed-here.ts";
import { nothingToExport } from "../replies/nothing-to-export.ts";
import { refused } from "../replies/refused.ts";
import { scopeMissing } from "../replies/scope-missing.ts";
import { watchGone } from "../replies/watch-gone.ts";

/** What is said about an export. @param runId as it was typed; null when a button was pressed */
export function exportAnswer(result: ExportResult, runId: string | null): Message {
  switch (result.kind) {
    case "exported":
      return exported(result);
    case "nothing_to_export":
      return nothingToExport(result.filter, result.total);
    case "scope_missing":
      return scopeMissing(result.scope);
    case "slack_refused":
      return exportRefused(result.code, result.mayBeThere);
    case "not_watched":
      return runId === null ? watchGone() : notFollowedHere(runId);
    default:
      return refused(result);
  }
}
