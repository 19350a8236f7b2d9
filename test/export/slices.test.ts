import { expect, test } from "vitest";
import { csvOf } from "../../src/export/csv.ts";
import { jsonOf } from "../../src/export/json.ts";
import { CANDIDATE, row, SUBJECT } from "./examples.ts";

/** 1,000 candidates of about 12 kB, as real ones are. */
const ROWS = Array.from({ length: 1000 }, (_, place) =>
  row({ ...CANDIDATE, id: `candidate_${place}`, description: `${place}, "so" `.repeat(1000).slice(0, 12_000) }),
);

test.each([
  ["CSV", csvOf],
  ["JSON", jsonOf],
])("while a thousand candidates become %s, everybody else in the process has their turns", async (_name, of) => {
  let turns = 0;
  let isWriting = true;
  const count = () => {
    turns += 1;
    if (isWriting) setImmediate(count);
  };
  setImmediate(count);
  const bytes = await of(ROWS, SUBJECT);
  isWriting = false;
  expect(bytes.length).toBeGreaterThan(12_000_000);
  expect(turns).toBeGreaterThan(50);
});
