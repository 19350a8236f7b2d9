import { stringify } from "csv-stringify/sync";
import { cellOf } from "./cell.ts";
import { columnsOf } from "./columns.ts";
import type { ExportRow, ExportSubject } from "./rows.ts";
import { writeInSlices } from "./slices.ts";

/** Without it Excel takes UTF-8 for the code page of its country. */
const BYTE_ORDER_MARK = "\ufeff";

/**
 * The rows as CSV for spreadsheet programs: UTF-8 with a byte order mark, lines as in RFC 4180, the columns of
 * docs/export.md. Formulas are defused twice: by `cellOf`, which sees more of them, and by csv-stringify.
 */
export async function csvOf(rows: readonly ExportRow[], subject: ExportSubject): Promise<Buffer> {
  const { names, cellsOf } = await columnsOf(rows, subject);
  const heading = BYTE_ORDER_MARK + lineOf(names);
  return Buffer.concat([Buffer.from(heading), ...(await writeInSlices(rows, (row) => lineOf(cellsOf(row))))]);
}

const OPTIONS = {
  record_delimiter: "\r\n",
  // Off by default with a record delimiter of one's own, and then a line feed in a cell would end its line.
  quote_record_delimiter: true,
  escape_formulas: true,
} as const;

function lineOf(cells: readonly string[]): string {
  return stringify([cells.map(cellOf)], OPTIONS);
}
