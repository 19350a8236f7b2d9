import { config as readDotEnv } from "dotenv";
import { examine } from "./examine.ts";
import { jsonOf, textOf } from "./report.ts";
import { readWish, USAGE } from "./usage.ts";

const LIMIT_MS = 10_000;
const WRONG_USAGE = 2;

/** The doctor's edge of the process: words and environment in, a report and an exit code out. */
async function main(): Promise<void> {
  const wish = readWish(process.argv.slice(2));
  if (wish === "wrong") return end(process.stderr, USAGE, WRONG_USAGE);
  if (wish === "help") return end(process.stdout, USAGE, 0);
  readDotEnv({ quiet: true });
  const { env: environment, versions } = process;
  const report = await examine({ environment, nodeVersion: versions.node, now: Date.now, limitMs: LIMIT_MS });
  end(process.stdout, wish === "json" ? jsonOf(report) : textOf(report), report.exitCode);
}

/** Ends once all is written, whatever a late answer still holds open. */
function end(stream: NodeJS.WriteStream, text: string, code: number): void {
  stream.write(text, () => process.exit(code));
}

main();
