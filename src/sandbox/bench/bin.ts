import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Bench, Benchmark } from "./benchmark.ts";
import { BENCHMARKS } from "./catalog.ts";
import { GROWTH } from "./growth.ts";
import { isGreen, jsonOf, type Result, summaryOf, textOf } from "./report.ts";

const USAGE = `npm run bench -- [--only name[,name…]] [--json] [--list] [--growth] [--profile DIR]

  --only NAMES  measure just these
  --list        what there is to measure, and about how long each takes
  --json        the figures as JSON on stdout
  --profile DIR put a processor profile of each service there, for Chrome's developer tools
  --growth      how cost grows with runs, candidates, channels and workers, in place of the promises

Needs redis-server on the PATH and Linux. Exit code: 0 all bounds kept, 1 one missed or not measured, 2 asked in a wrong way.
`;

/** A benchmark that takes so many times as long as it says, and a minute, will not end by itself. */
const PATIENCE = 3;

/** As a shell counts them: 128 and the signal's number. */
const ENDING_SIGNALS = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const;

/** What must be closed whichever way a benchmark ends. */
const closers = new Set<() => Promise<void>>();
const folders = new Set<string>();
const closeAll = async () => {
  await Promise.allSettled([...closers].map((close) => close()));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  folders.clear();
};

const write = (text: string) => void process.stdout.write(text);
const say = (line: string) => void process.stderr.write(`${line}\n`);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      json: { type: "boolean", default: false },
      list: { type: "boolean", default: false },
      profile: { type: "string" },
      growth: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const all = values.growth ? GROWTH : BENCHMARKS;
  if (values.help || values.list) {
    write(values.help ? USAGE : listOf(all));
    return 0;
  }
  const names = values.only?.split(",").map((name) => name.trim());
  const unknown = names?.filter((name) => !all.some((benchmark) => benchmark.name === name)) ?? [];
  if (unknown.length > 0) {
    say(`There is no benchmark ${unknown.join(", ")}.\n\n${listOf(all)}`);
    return 2;
  }
  const chosen = all.filter(({ name }) => names?.includes(name) ?? true);
  const nodeArgs = values.profile ? ["--cpu-prof", `--cpu-prof-dir=${path.resolve(values.profile)}`] : [];
  const results: Result[] = [];
  for (const benchmark of chosen) {
    say(`… ${benchmark.name}, about ${benchmark.takes} s`);
    const result = await measure(benchmark, nodeArgs);
    results.push(result);
    if (!values.json) write(`\n${textOf(result)}\n`);
  }
  write(values.json ? jsonOf(results) : `${summaryOf(results)}\n`);
  return results.every(isGreen) ? 0 : 1;
}

function listOf(benchmarks: readonly Benchmark[]): string {
  const width = Math.max(...benchmarks.map(({ name }) => name.length));
  const rows = benchmarks.map(
    ({ name, takes, promise }) => `  ${name.padEnd(width)}  ${`${takes} s`.padStart(5)}  ${promise}`,
  );
  const seconds = benchmarks.reduce((sum, { takes }) => sum + takes, 0);
  return `${rows.join("\n")}\n\nAll together about ${Math.ceil(seconds / 60)} minutes.\n`;
}

async function measure(benchmark: Benchmark, nodeArgs: readonly string[]): Promise<Result> {
  const newFolder = () => {
    const folder = mkdtempSync(path.join(tmpdir(), "findall-bench-"));
    folders.add(folder);
    return folder;
  };
  const searchPath = process.env.PATH ?? "";
  const bench: Bench = { searchPath, node: process.execPath, nodeArgs, newFolder, say, closers };
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1_000;
  let late: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, reject) => {
    const ms = (PATIENCE * benchmark.takes + 60) * 1_000;
    late = setTimeout(() => reject(new Error(`it did not end within ${ms / 1_000} s`)), ms);
  });
  try {
    const outcome = await Promise.race([benchmark.run(bench), patience]);
    return { benchmark, seconds: seconds(), outcome, failure: null };
  } catch (error) {
    const failure = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return { benchmark, seconds: seconds(), outcome: null, failure };
  } finally {
    clearTimeout(late);
    await closeAll();
  }
}

// Redis and the service are processes of their own: they must not stay behind.
for (const [signal, code] of ENDING_SIGNALS) {
  process.once(signal, () => void closeAll().finally(() => process.exit(code)));
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exit(2);
  },
);
