import { expect, test } from "vitest";
import { readCandidates } from "../../src/findall/read-candidates.ts";

function readOne(row: object) {
  const [candidate] = readCandidates([{ candidate_id: "c1", name: "N", url: "", match_status: "matched", ...row }]);
  if (candidate === undefined) throw new Error("the row was left out");
  return candidate;
}

test("a row without an id gets one from its url and name, the same every time", () => {
  const row = { name: "Tern", url: "https://tern.example", match_status: "generated" };
  const [first] = readCandidates([row]);
  const [later] = readCandidates([{ ...row, match_status: "matched", output: { a_check: "yes" } }]);
  expect(first?.id).toMatch(/^row-[0-9a-f]{32}$/);
  expect(later?.id).toBe(first?.id);
});

test("rows without an id are told apart by url and by name", () => {
  const ids = readCandidates([{ name: "A" }, { name: "B" }, { url: "A" }, { description: "A" }]).map(({ id }) => id);
  expect(new Set(ids).size).toBe(4);
});

test("an id that would not fit into a key is replaced by its digest", () => {
  const ids = readCandidates([
    { candidate_id: "x".repeat(5000), name: "A" },
    { candidate_id: "with space", name: "A" },
    { candidate_id: 42, name: "A" },
  ]).map(({ id }) => id);
  expect(ids).toEqual([expect.stringMatching(/^row-/), expect.stringMatching(/^row-/), "42"]);
});

test("rows that name nothing are left out", () => {
  expect(readCandidates([null, 5, "text", [], {}, { match_status: "matched", output: { a: 1 } }])).toEqual([]);
});

test("of two rows with one id, the matched one is kept in the place of the first", () => {
  const rows = [
    { candidate_id: "a", name: "A", match_status: "matched" },
    { candidate_id: "b", name: "B", match_status: "matched" },
    { candidate_id: "a", name: "A", match_status: "unmatched", output: { x_check: { value: 1, is_matched: false } } },
  ];
  expect(readCandidates(rows).map(({ id, matchStatus }) => [id, matchStatus])).toEqual([
    ["a", "matched"],
    ["b", "matched"],
  ]);
});

test("of two matched rows with one id, the one that says more is kept", () => {
  const full = { candidate_id: "a", match_status: "matched", output: { x_check: "yes", ceo: "Ada" } };
  const bare = { candidate_id: "a", match_status: "matched", output: { x_check: "yes" } };
  expect(readCandidates([full, bare])[0]?.enrichments).toHaveLength(1);
  expect(readCandidates([bare, full])[0]?.enrichments).toHaveLength(1);
});

test("of two equal rows with one id, the later one is kept", () => {
  const rows = ["old", "new"].map((name) => ({ candidate_id: "a", name, match_status: "matched" }));
  expect(readCandidates(rows).map(({ name }) => name)).toEqual(["new"]);
});

test("a judged row wins over a generated one", () => {
  const rows = ["unmatched", "generated"].map((match_status) => ({ candidate_id: "a", match_status }));
  expect(readCandidates(rows)[0]?.matchStatus).toBe("unmatched");
});

test("an unknown match status is kept, a missing one is a row nobody judged", () => {
  expect(readOne({ match_status: "maybe" }).matchStatus).toBe("maybe");
  expect(readOne({ match_status: null }).matchStatus).toBe("generated");
});

test.each([
  ["text", "text"],
  [7.5, "7.5"],
  [false, "false"],
  [null, ""],
  [["a", 1], '["a",1]'],
  [{ city: "Oslo" }, '{"city":"Oslo"}'],
])("the enrichment value %j is shown as %j, wrapped or bare", (value, shown) => {
  const output = { wrapped: { value, type: "enrichment" }, bare: value };
  expect(readOne({ output }).enrichments.map((field) => field.value)).toEqual([shown, shown]);
});

test("the type decides what an output is, whatever its name", () => {
  const candidate = readOne({
    output: { looks_like_check: { value: "v", type: "enrichment" }, plain: { value: "v", type: "match_condition" } },
  });
  expect(candidate.enrichments.map(({ name }) => name)).toEqual(["looks_like_check"]);
  expect(candidate.conditions).toMatchObject([{ name: "plain", isMatched: null }]);
});

test("without a type, is_matched or the suffix of the name makes a condition", () => {
  const candidate = readOne({
    output: {
      a: { value: "v", is_matched: false },
      b_check: { value: "v" },
      c: { value: "v" },
      d: { is_matched: "true" },
    },
  });
  expect(candidate.conditions.map(({ name, isMatched }) => [name, isMatched])).toEqual([
    ["a", false],
    ["b_check", null],
    ["d", true],
  ]);
  expect(candidate.enrichments.map(({ name }) => name)).toEqual(["c"]);
});

test("output names that JavaScript knows are names like any other", () => {
  const output = JSON.parse('{"__proto__": "p", "constructor": "c", "toString": {"value": "t", "type": "enrichment"}}');
  const basis = [
    { field: "constructor", reasoning: "r" },
    { field: "hasOwnProperty", reasoning: "none" },
  ];
  expect(readOne({ output, basis }).enrichments).toEqual([
    { name: "__proto__", value: "p", basis: null },
    { name: "constructor", value: "c", basis: { reasoning: "r", confidence: "", citations: [] } },
    { name: "toString", value: "t", basis: null },
  ]);
});

test("the basis of each element is merged into the basis of its field", () => {
  const page = { url: "https://a.example", title: "A" };
  const basis = [
    { field: "people.0", reasoning: "First.", confidence: "high", citations: [{ ...page, excerpts: ["one"] }] },
    { field: "people.1", reasoning: "Second.", confidence: "low", citations: [{ ...page, excerpts: ["two"] }] },
    { field: "people[2].name", reasoning: "First.", confidence: null, citations: ["https://b.example"] },
    { field: "nobody.0", reasoning: "Evidence for nothing." },
  ];
  expect(readOne({ output: { people: ["Ada", "Ben", "Cy"] }, basis }).enrichments[0]?.basis).toEqual({
    reasoning: "First.\n\nSecond.",
    confidence: "low",
    citations: [
      { ...page, excerpts: ["one", "two"] },
      { url: "https://b.example", title: "", excerpts: [] },
    ],
  });
});

test("a name with a dot is matched before it is taken for an element", () => {
  const output = { "a.b": "x", a: "y" };
  const basis = [{ field: "a.b", reasoning: "of a.b" }];
  expect(readOne({ output, basis }).enrichments.map((field) => field.basis?.reasoning)).toEqual(["of a.b", undefined]);
});

test("a broken basis costs only itself", () => {
  const basis = [
    null,
    5,
    {},
    { field: 7 },
    { field: "x_check", reasoning: { a: 1 }, citations: [null, {}, { excerpts: "e" }] },
  ];
  expect(readOne({ output: { x_check: "yes" }, basis }).conditions[0]?.basis).toEqual({
    reasoning: '{"a":1}',
    confidence: "",
    citations: [{ url: "", title: "", excerpts: ["e"] }],
  });
});

test("lone surrogates are replaced wherever they are, whole emoji stay", () => {
  const bad = "a\ud83db 🦩";
  const good = "a\ufffdb 🦩";
  const candidate = readOne({
    name: bad,
    url: bad,
    description: bad,
    match_status: bad,
    output: { [bad]: { value: [bad] } },
  });
  expect(candidate).toMatchObject({ name: good, url: good, description: good, matchStatus: good });
  expect(candidate.enrichments[0]?.name).toBe(good);
  expect(candidate.enrichments[0]?.value).toBe(`["${good}"]`);
});

test("200 output keys and texts of 10,000 characters come through whole", () => {
  const long = "x".repeat(10_000);
  const output = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`field_${index}`, long]));
  const candidate = readOne({ name: long, output });
  expect(candidate.name).toHaveLength(10_000);
  expect(candidate.enrichments).toHaveLength(200);
  expect(candidate.enrichments.every(({ value }) => value.length === 10_000)).toBe(true);
});

test("nesting without end costs only the value", () => {
  const deep = JSON.parse(`${"[".repeat(200_000)}${"]".repeat(200_000)}`);
  expect(readOne({ output: { deep, ceo: "Ada" } }).enrichments.map(({ value }) => value)).toEqual([
    "(too deeply nested to show)",
    "Ada",
  ]);
});
