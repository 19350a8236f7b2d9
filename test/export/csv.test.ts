import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CELL_LENGTH } from "../../src/export/cell.ts";
import { csvOf } from "../../src/export/csv.ts";
import type { ExportRow, ExportSubject } from "../../src/export/rows.ts";
import { hostileCandidate, hostileText } from "../slack/support/hostile.ts";
import { ANA, CONDITION, ENRICHMENT, NOON, REVIEWED, row, SUBJECT } from "./examples.ts";
import { readCsv } from "./read-csv.ts";

const FIXED = [
  "candidate_id",
  "name",
  "url",
  "description",
  "match_status",
  "decision",
  "reviewer",
  "reviewer_id",
  "decided_at",
  "notes",
  "permalink",
  "held_back",
];

async function sheet(rows: readonly ExportRow[], subject: ExportSubject = SUBJECT) {
  const [names = [], ...lines] = readCsv(await csvOf(rows, subject));
  return { names, lines, records: lines.map((line) => Object.fromEntries(names.map((name, at) => [name, line[at]]))) };
}

/** The description of a candidate, there and back. */
async function through(description: string): Promise<string> {
  const { records } = await sheet([row({ description })]);
  return records[0]?.description ?? "?";
}

describe("the CSV", () => {
  test("says everything about a candidate, value by value, in a fixed order", async () => {
    const { names, lines } = await sheet([REVIEWED]);
    expect(names.slice(0, FIXED.length)).toEqual(FIXED);
    expect(Object.fromEntries(names.map((name, at) => [name, lines[0]?.[at]]))).toEqual({
      candidate_id: "candidate_1",
      name: "Tern Robotics",
      url: "https://tern.example",
      description: "Warehouse humanoids, arms",
      match_status: "matched",
      decision: "accepted",
      reviewer: "Ben",
      reviewer_id: "U0BEN",
      decided_at: "2026-11-23T11:59:59.000Z",
      notes: "Ana: too small\nask again\nBen: fine",
      permalink: "https://acme.slack.com/archives/C0RESEARCH/p1",
      held_back: "no",
      "founded_after_2020 value": "2021",
      "founded_after_2020 match": "yes",
      "founded_after_2020 confidence": "high",
      "founded_after_2020 reasoning": 'The register says "2021".',
      "founded_after_2020 citations": "https://register.example/a?b=1&c=2\nhttps://news.example/tern",
      "in_europe value": "Oslo",
      "in_europe match": "not stated",
      "in_europe confidence": "",
      "in_europe reasoning": "",
      "in_europe citations": "",
      "ceo_name value": "Ada Example",
      "ceo_name confidence": "medium",
      "ceo_name reasoning": "Team page.",
      "ceo_name citations": "",
    });
  });

  test("keeps the run's order of conditions, with those that the run does not name behind them", async () => {
    const extra = { ...CONDITION, name: "extra", isMatched: false };
    const swapped = row({ conditions: [extra, { ...CONDITION, name: "in_europe" }, CONDITION] });
    const { names, records } = await sheet([swapped, row({ conditions: [], enrichments: [] })]);
    expect(names.filter((name) => name.endsWith(" match"))).toEqual([
      "founded_after_2020 match",
      "in_europe match",
      "extra match",
    ]);
    expect(records[0]?.["extra match"]).toBe("no");
    expect(records[1]?.["extra match"]).toBe("");
  });

  test("leaves empty what nobody decided, and says what is withdrawn", async () => {
    const { records } = await sheet([row({ matchStatus: "unmatched" }, { withdrawn: true })]);
    expect(records[0]).toMatchObject({
      match_status: "withdrawn",
      decision: "",
      reviewer: "",
      decided_at: "",
      notes: "",
    });
  });

  test("of nothing has its columns all the same", async () => {
    const { names, lines } = await sheet([], { ...SUBJECT, spec: null, run: null });
    expect(names).toEqual(FIXED);
    expect(lines).toEqual([]);
  });

  test("tells fields of one name apart by a number", async () => {
    const twice = [CONDITION, { ...CONDITION, value: "2022" }];
    const { names, records } = await sheet([
      row({ conditions: twice, enrichments: [{ ...ENRICHMENT, name: "FOUNDED_after_2020" }] }),
    ]);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    expect(records[0]).toMatchObject({
      "founded_after_2020 value": "2021",
      "founded_after_2020 (2) value": "2022",
      "FOUNDED_after_2020 (3) value": "Ada Example",
    });
  });

  test("gives a field without a name, and one with a very long name, a name that fits", async () => {
    const { names } = await sheet([
      row({
        enrichments: [
          { ...ENRICHMENT, name: " \n" },
          { ...ENRICHMENT, name: "x".repeat(9000) },
        ],
      }),
    ]);
    expect(names).toContain("unnamed value");
    expect(Math.max(...names.map((name) => name.length))).toBeLessThan(230);
  });
});

describe("a cell", () => {
  test.each([
    ["=1+1"],
    ["+1"],
    ["-1"],
    ["@SUM(A1)"],
    ["＝1"],
    ["＋1"],
    ["－1"],
    ["＠x"],
    ["﹦1"],
    ['"=1+1'],
    ["'=1+1"],
    ["“=1+1"],
    ["\n=1+1"],
    [" =1+1"],
    ["\u00a0=1+1"],
    ["\u200b=1+1"],
    ["\u2060\u00ad=1+1"],
    ["\u3164=1+1"],
  ])("that begins as a formula does (%j) gets an apostrophe", async (text) => {
    expect(await through(text)).toBe(`'${text.startsWith("\n") ? "\n'=1+1" : text}`);
  });

  test.each([
    ["\t=1+1", "' =1+1"],
    ["\r=1+1", "'\n'=1+1"],
    ["\r\n=1+1", "'\n'=1+1"],
    ["\u0000=1+1", "'=1+1"],
    ["\u202e=1+1", "'=1+1"],
    ["\ufeff=1+1", "'=1+1"],
  ])("in which control characters hide a formula (%j) loses them and gets an apostrophe", async (text, expected) => {
    expect(await through(text)).toBe(expected);
  });

  test.each([
    ["a;=1+1", "a;'=1+1"],
    ['a; "=1+1', "a;' \"=1+1"],
    ["list:\n- one\n- two", "list:\n'- one\n'- two"],
    ["a;\n =1+1;;@x", "a;\n' =1+1;;'@x"],
  ])("that a program set to semicolons would take apart (%j) is harmless in every part", async (text, expected) => {
    expect(await through(text)).toBe(expected);
  });

  test.each([
    ["it's = fine, a-b; c"],
    ["1-2"],
    ["a\nb"],
    ['"quoted", “so”'],
    ["👩‍👩‍👧 नमस्ते می‌خواهم"],
    ["https://x.example/?a=1&b=-2"],
  ])("with nothing wrong (%j) is as it was", async (text) => {
    expect(await through(text)).toBe(text);
  });

  test("has line feeds as line ends, and neither control characters nor halves of characters", async () => {
    expect(await through("a\r\nb\rc\u2028d\u0085e\tf\u0007\u001b[31m\ud800g\u009f")).toBe("a\nb\nc\nd\ne f[31m\ufffdg");
  });

  test("that is longer than a spreadsheet holds is cut, says so, and says where the rest is", async () => {
    const long = await through("x".repeat(40_000));
    expect(long).toHaveLength(CELL_LENGTH);
    expect(long).toMatch(/x\n\[Cut here: the whole text has 40,000 characters, .* The JSON export has all of it\.\]$/);
    expect(await through("x".repeat(CELL_LENGTH))).toBe("x".repeat(CELL_LENGTH));
    expect((await through(`${"=;".repeat(30_000)}`)).length).toBeLessThanOrEqual(32_767);
  });

  test("is never cut within a character", async () => {
    for (const before of ["", "x"]) expect(await through(before + "👋".repeat(20_000))).not.toContain("\ufffd");
  });

  test("is harmless in the heading too, where condition names of others stand", async () => {
    const { names } = await sheet(
      [row({ conditions: [{ ...CONDITION, name: '\u200b=HYPERLINK("http://evil.example")' }] })],
      {
        ...SUBJECT,
        spec: null,
      },
    );
    expect(names[12]).toBe('\'\u200b=HYPERLINK("http://evil.example") value');
  });

  test("is harmless for the names and notes of people", async () => {
    const { records } = await sheet([row({}, { notes: [{ by: { ...ANA, name: "=x" }, text: "+1\n=2", at: NOON }] })]);
    expect(records[0]?.notes).toBe("'=x: +1\n'=2");
  });
});

describe("whatever candidates say", () => {
  const FORMULA = /(^|[;\n])[^\P{C}\n]*[=+\-@＝＋－＠]/u;
  const control = /[^\P{Cc}\n]/u;

  test("the file is well-formed, harmless, and no cell is too long", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostileCandidate(4), { maxLength: 3 }), hostileText, async (candidates, note) => {
        const rows = candidates.map((each) => row(each, { notes: [{ by: ANA, text: note, at: NOON }] }));
        const { names, lines } = await sheet(rows);
        expect(lines).toHaveLength(rows.length);
        expect(new Set(names).size).toBe(names.length);
        for (const cell of [names, ...lines].flat()) {
          expect(cell).not.toMatch(FORMULA);
          expect(cell).not.toMatch(control);
          expect(cell.length).toBeLessThanOrEqual(CELL_LENGTH);
        }
      }),
      { numRuns: 200 },
    );
  });
});
