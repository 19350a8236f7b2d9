import fc from "fast-check";
import { expect, test } from "vitest";
import { isObject } from "../../src/findall/foreign-value.ts";
import { splitResult } from "../../src/findall/split-rows.ts";

/** The result put together again, or what stood in the way. */
function joined(text: string): unknown {
  try {
    const { envelope, rows } = splitResult(Buffer.from(text));
    return rows !== null && isObject(envelope) ? { ...envelope, candidates: [...rows] } : envelope;
  } catch (error) {
    if (error instanceof SyntaxError) return "no JSON";
    throw error;
  }
}

function whole(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return "no JSON";
  }
}

test.each([
  '{"run":{},"candidates":[{"a":1},{"b":[1,2]}],"last_event_id":"x"}',
  '{"candidates":[]}',
  ' { "candidates" : [ \n ] , "run" : { "candidates" : [ 1 , 2 ] } } ',
  '{"candidates":[[],[1,2],"a,b]","\\"","\\\\",null]}',
  '{"candidates":[{"text":"quote \\\\\\" comma, ] } brackets"}]}',
  '{"candidates":{"a":[1,2]},"other":[3]}',
  '{"candidates":null,"x":"candidates","y":[1,2]}',
  '{"a":{"candidates":[1,2]}}',
  '[{"candidates":[1]}]',
  '"candidates"',
  "[]",
  "7",
])("%s is what JSON.parse says", (text) => {
  expect(whole(text)).not.toBe("no JSON");
  expect(joined(text)).toEqual(whole(text));
});

test.each([
  "",
  "{",
  '{"candidates":[',
  '{"candidates":[{}',
  '{"candidates":[{}]',
  '{"candidates":[{},]}',
  '{"candidates":[,{}]}',
  '{"candidates":[{} {}]}',
  '{"candidates":[{]}]}',
  '{"candidates":[{}]}}',
  '{"candidates":[}',
  '{"candidates":["]}',
  '{"candidates" [1]}',
  '{"candidates":[1]}[2]',
  '{"run":{},"candidates":[1]',
])("%s is no JSON", (text) => {
  expect(whole(text)).toBe("no JSON");
  expect(joined(text)).toBe("no JSON");
});

const key = fc.oneof(fc.constantFrom("candidates", "run"), fc.string());
const document = fc.oneof(fc.jsonValue(), fc.dictionary(key, fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue()))));

test("any document is what JSON.parse says, indented or not", () => {
  fc.assert(
    fc.property(document, fc.constantFrom(0, 1, 4), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(joined(text)).toEqual(whole(text));
    }),
    { numRuns: 2000 },
  );
});

test("any document with a byte changed, put in or left out is what JSON.parse says", () => {
  const bytes = fc.constantFrom("", '"', "\\", ",", "[", "]", "{", "}", ":", " ", "1");
  fc.assert(
    fc.property(document, fc.nat(), fc.nat(1), bytes, (value, position, removed, put) => {
      const text = JSON.stringify({ candidates: [value, value], run: value });
      const at = position % text.length;
      const changed = text.slice(0, at) + put + text.slice(at + removed);
      expect(joined(changed)).toEqual(whole(changed));
    }),
    { numRuns: 5000 },
  );
});
