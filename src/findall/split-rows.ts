/** A result in two parts: everything but its candidates, and the candidates one by one. */
export interface SplitResult {
  /** The result with an empty list of candidates, or the whole of it when it could not be split. */
  readonly envelope: unknown;
  /** Parsed one at a time, while they are asked for; null when the envelope holds whatever candidates there are. */
  readonly rows: Iterable<unknown> | null;
}

type Span = readonly [start: number, end: number];

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const KEY = Buffer.from('"candidates"');

/**
 * Parses a result without holding text and objects of all its candidates at once: 40 MB parsed as a whole take ten times
 * that. Says the same as `JSON.parse` of the whole, as every byte is parsed either in the envelope or in a row.
 * @throws SyntaxError when the envelope is no JSON; `rows` throws it for a row
 */
export function splitResult(body: Buffer): SplitResult {
  const spans = candidateSpans(body);
  if (spans === null) return { envelope: parseSpan(body, [0, body.length]), rows: null };
  const [start, end] = spans.list;
  const envelope: unknown = parseSpan(Buffer.concat([body.subarray(0, start), body.subarray(end)]), [0, Infinity]);
  return { envelope, rows: parseRows(body, spans.rows) };
}

function* parseRows(body: Buffer, spans: readonly Span[]): Generator<unknown> {
  for (const span of spans) yield parseSpan(body, span);
}

function parseSpan(body: Buffer, [start, end]: Span): unknown {
  // A decoder drops a byte order mark, `toString` would not.
  return JSON.parse(new TextDecoder().decode(body.subarray(start, end)));
}

/**
 * Where the list under the top-level key `candidates` is (without its brackets), and its elements; null when there is not
 * exactly one such list. The scan checks nothing: whatever it takes for an element is parsed, and so checked, later.
 */
function candidateSpans(body: Buffer): { readonly list: Span; readonly rows: readonly Span[] } | null {
  const rows: Span[] = [];
  let list: Span | null = null;
  let depth = 0;
  let isCandidatesKey = false;
  let listStart = -1;
  let rowStart = -1;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === QUOTE) {
      const end = endOfString(body, at);
      if (depth === 1) isCandidatesKey = body.subarray(at, end + 1).equals(KEY);
      at = end;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth += 1;
      if (depth !== 2 || byte === OPEN_OBJECT || !isCandidatesKey) continue;
      if (list !== null) return null;
      listStart = at + 1;
      rowStart = at + 1;
    } else if (byte === COMMA && depth === 2 && rowStart >= 0) {
      rows.push([rowStart, at]);
      rowStart = at + 1;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth -= 1;
      if (depth !== 1 || rowStart < 0) continue;
      rows.push([rowStart, at]);
      list = [listStart, at];
      rowStart = -1;
    }
  }
  if (list === null) return null;
  const isEmpty =
    rows.length === 1 &&
    body
      .subarray(...list)
      .toString()
      .trim() === "";
  return { list, rows: isEmpty ? [] : rows };
}

function endOfString(body: Buffer, start: number): number {
  for (let end = body.indexOf(QUOTE, start + 1); end >= 0; end = body.indexOf(QUOTE, end + 1)) {
    let escapes = 0;
    while (body[end - 1 - escapes] === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return body.length;
}
