import fc from "fast-check";
import { expect, test } from "vitest";
import { FindAllError } from "../../src/findall/error.ts";
import { readRun, readSpec } from "../../src/findall/read-run.ts";
import { readSnapshot } from "../../src/findall/read-snapshot.ts";

const json = fc.jsonValue({ noUnicodeString: false, depthSize: "medium" });
const maybe = (value: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 3, arbitrary: value }, { weight: 1, arbitrary: json });
const text = maybe(fc.string({ unit: "binary" }));

/** Mostly the documented shape, with any JSON in any place. */
const result = fc.record(
  {
    run: maybe(fc.record({ status: maybe(fc.record({ status: text, is_active: json, metrics: json })) })),
    candidates: maybe(
      fc.array(
        maybe(
          fc.record(
            {
              candidate_id: maybe(fc.constantFrom("a", "b")),
              name: text,
              url: text,
              match_status: maybe(fc.constantFrom("matched", "unmatched", "generated")),
              output: maybe(fc.dictionary(fc.constantFrom("x_check", "y", "z.0"), json)),
              basis: maybe(
                fc.array(
                  maybe(fc.record({ field: maybe(fc.constantFrom("x_check", "y.0", "z.0.1")), citations: json })),
                ),
              ),
            },
            { requiredKeys: [] },
          ),
        ),
      ),
    ),
  },
  { requiredKeys: [] },
);

function valueOrError<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof FindAllError && error.code === "unreadable") return null;
    throw error;
  }
}

test("any JSON at all is either a snapshot or an unreadable answer", () => {
  fc.assert(
    fc.property(fc.oneof(json, result), (body) => {
      const snapshot = valueOrError(() => readSnapshot(Buffer.from(JSON.stringify(body)), "run"));
      if (snapshot === null) return;
      const ids = snapshot.candidates.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.every((id) => /^[\x21-\x7e]{1,128}$/.test(id))).toBe(true);
      expect(JSON.stringify(snapshot)).not.toMatch(/\p{Surrogate}/u);
    }),
    { numRuns: 2000 },
  );
});

test("any JSON at all is either a run and a schema or an unreadable answer", () => {
  fc.assert(
    fc.property(json, (body) => {
      valueOrError(() => readRun(body, "run"));
      valueOrError(() => readSpec(body));
    }),
    { numRuns: 2000 },
  );
});

test("the same rows give the same candidates, every time", () => {
  fc.assert(
    fc.property(result, (body) => {
      const read = () => valueOrError(() => readSnapshot(Buffer.from(JSON.stringify(body)), "run"));
      expect(read()).toEqual(read());
    }),
  );
});
