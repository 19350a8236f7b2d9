import { writeSync } from "node:fs";
import { configFrom } from "../config.ts";
import { startService } from "../service.ts";

/**
 * The service as a process that ends itself at a named place (`steps/crash-points.ts`): started by the tests of dying and
 * by the soak, never in production. Beside the service's own environment:
 *
 * DIE_AT          the place; unset: it lives
 * DIE_AFTER       how many times the place is passed first (0)
 * DIE_BY          SIGKILL, or SIGSTOP for a process that freezes and may be thawed
 * CLOCK_AHEAD_MS  how far its clock is ahead of the machine's (0)
 */
async function main(): Promise<void> {
  const { DIE_AT, DIE_AFTER = "0", DIE_BY = "SIGKILL", CLOCK_AHEAD_MS = "0" } = process.env;
  let left = Number(DIE_AFTER);
  const reach = (point: string) => {
    if (point !== DIE_AT) return;
    left -= 1;
    if (left !== -1) return;
    // Written to its end before the signal, so that whoever waits for the death knows where it was.
    writeSync(1, `${JSON.stringify({ event: "dies", point, at: Date.now() })}\n`);
    process.kill(process.pid, DIE_BY);
  };
  const service = await startService(configFrom(process.env), {
    reach,
    now: () => Date.now() + Number(CLOCK_AHEAD_MS),
  });
  // Whose soak was killed has nobody left to talk to.
  process.once("disconnect", () => process.exit());
  process.once("SIGTERM", () => {
    service.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}

await main();
