import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { reportLines } from "./report.ts";
import { soak } from "./soak.ts";

const USAGE = `npm run soak -- [--minutes N] [--seed S] [--channels N] [--processes N]

  Many channels follow many runs between the fakes, while Slack, Parallel and Redis misbehave in every known way and the
  service's processes are killed. Everything is judged all the time; exit code 1 when anything was lost, doubled or wrong.

  --minutes N     of trouble (1); it takes some more until all is quiet
  --seed S        the same seed, the same decisions (any number unless given; it is printed)
  --channels N    (12)
  --processes N   of the service, on one Redis (3)
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string", default: "1" },
      seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000)) },
      channels: { type: "string", default: "12" },
      processes: { type: "string", default: "3" },
      help: { type: "boolean", default: false },
    },
  });
  const write = (line: string) => void process.stdout.write(`${line}\n`);
  if (values.help) return write(USAGE);
  const [minutes = 0, seed = 0, channels = 0, processes = 0] = [
    values.minutes,
    values.seed,
    values.channels,
    values.processes,
  ].map(Number);
  if (!(minutes > 0) || !Number.isInteger(seed) || !(channels >= 3) || !(processes >= 1)) {
    write(USAGE);
    process.exitCode = 2;
    return;
  }
  const directory = mkdtempSync(path.join(tmpdir(), "findall-soak-"));
  const begun = Date.now();
  const say = (line: string) => write(`${String(Math.round((Date.now() - begun) / 1_000)).padStart(5)} s  ${line}`);
  write(`soak: ${minutes} min, seed ${seed}, ${channels} channels, ${processes} processes`);
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => stopping.abort());
  const report = await soak({
    signal: stopping.signal,
    minutes,
    seed,
    channels,
    processes,
    directory,
    searchPath: process.env.PATH ?? "",
    say,
  });
  for (const line of reportLines(report)) write(line);
  if (report.violations.length === 0) {
    rmSync(directory, { recursive: true, force: true });
    return;
  }
  write(`Look into the services' logs in ${directory}, and play it again with --seed ${seed}.`);
  process.exitCode = 1;
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  },
);
