import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type Bench, type Benchmark, figure, type Outcome } from "../benchmark.ts";

/** The sandbox, compiled, as `npm run sandbox` starts it. */
const SANDBOX = fileURLToPath(new URL("../../bin.js", import.meta.url));
/** How the terminal shows a message of the app. */
const MESSAGE = /── #research · FindAll\n/;

/** What a newcomer waits for once everything is installed. */
export const firstMessage: Benchmark = {
  name: "first-message",
  promise: "npm run sandbox shows its first message within 60 s of a fresh clone (npm ci aside)",
  takes: 15,
  run: measureFirstMessage,
};

async function measureFirstMessage(bench: Bench): Promise<Outcome> {
  const start = performance.now();
  const child = spawn(bench.node, [SANDBOX, "--once", "--speed", "10"], {
    cwd: bench.newFolder(),
    env: { PATH: bench.searchPath },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = once(child, "exit");
  let output = "";
  let firstAt = Number.POSITIVE_INFINITY;
  child.stdout.on("data", (chunk) => {
    output += String(chunk);
    if (firstAt === Number.POSITIVE_INFINITY && MESSAGE.test(output)) firstAt = performance.now();
  });
  const [code] = await gone;
  return {
    figures: [
      figure("from the start to the first message", (firstAt - start) / 1_000, "s", { atMost: 60 }),
      figure("exit code of the story", Number(code ?? 1), "", { atMost: 0 }),
    ],
    notes: ["built already; the build takes about 5 s more, once"],
  };
}
