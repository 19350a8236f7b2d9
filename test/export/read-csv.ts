/** Reads a file as RFC 4180 has it, and as nothing else: CRLF after every line, quotes doubled, as many cells everywhere. */
export function readCsv(bytes: Buffer): readonly (readonly string[])[] {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  if (text[0] !== "\ufeff") throw new Error("no byte order mark");
  const lines: string[][] = [];
  let line: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  cell.lastIndex = 1;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const found = cell.exec(text);
    if (!found) throw new Error(`not CSV at ${at}: ${JSON.stringify(text.slice(at, at + 80))}`);
    line.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
    if (found[3] === ",") continue;
    lines.push(line);
    line = [];
  }
  if (line.length > 0) throw new Error("the last line does not end");
  if (lines.some((each) => each.length !== lines[0]?.length)) throw new Error("lines of different lengths");
  return lines;
}
