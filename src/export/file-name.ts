import { type ExportSubject, isoTime } from "./rows.ts";

/** A whole FindAll run id (`findall_` and 32 hex digits). */
const RUN_LENGTH = 40;

/**
 * The name of an export's file, at most 80 characters that every file system takes, sorting by time within a run:
 * `findall_0123-accepted-2026-11-23-1405.csv` (UTC).
 */
export function fileNameOf({ runId, filter, exportedAt }: ExportSubject, format: "csv" | "json"): string {
  const run = runId.replace(/[^A-Za-z0-9_-]+/g, "-").replace(/^-+|-+$/g, "");
  const time = isoTime(exportedAt).slice(0, 16).replace("T", "-").replace(":", "");
  const parts = [run.slice(0, RUN_LENGTH) || "findall", filter, time];
  return `${parts.filter((part) => part !== "").join("-")}.${format}`;
}
