import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that wait for a browser or whole processes: begun late, one of them would be the last for long, and alone. */
const LONG = /\/(browser\/page|crash\/kill-matrix|sandbox\/process-world)\.test\.ts$/;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId);

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Whole stories run real services: generous for a slow machine, never waited out on a green run.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Loading Bolt, BullMQ and the rest anew for each file would be a third of all the time; no module here keeps state.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Two cores, and most files wait most of the time; their stories have patience enough to make each other late.
    maxWorkers: 4,
    // Of the stories that a file tells side by side: with more at once their services starve each other.
    maxConcurrency: 8,
    setupFiles: ["test/support/loopback-only.ts"],
  },
});
