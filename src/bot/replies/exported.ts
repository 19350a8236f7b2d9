import type { Message } from "../../domain/message.ts";
import { plural } from "../../slack/format.ts";
import type { ExportFilter, ExportResult } from "../../steps/review-results.ts";
import { code, linked, say } from "./say.ts";

type Exported = Extract<ExportResult, { kind: "exported" }>;

/** What a choice of candidates is called: "3 accepted candidates". */
export const CHOICE: Readonly<Record<ExportFilter, string>> = {
  accepted: "accepted ",
  rejected: "rejected ",
  maybe: "“maybe” ",
  unreviewed: "unreviewed ",
  all: "",
};

/** The file is in the thread. */
export function exported({ watch, candidates, format, filter, fileLink }: Exported): Message {
  const what = `${plural(candidates, `${CHOICE[filter]}candidate`)} of ${code(watch.runId)}`;
  const file = linked(fileLink, `${format.toUpperCase()} file`) ?? `${format.toUpperCase()} file`;
  const other = format === "csv" ? "json" : "csv";
  return say(
    `The ${file} with ${what} is in the run’s thread.`,
    `${code(`/findall export ${watch.runId} ${other}`)} gives it as ${other.toUpperCase()}; ${code("accepted")}, ${code("rejected")}, ${code("maybe")} or ${code("unreviewed")} behind it choose.`,
  );
}
