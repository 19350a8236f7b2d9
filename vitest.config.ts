import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Whole stories run real services: generous for a slow machine, never waited out on a green run.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Loading Bolt, BullMQ and the rest anew for each file would be a third of all the time; no module here keeps state.
    isolate: false,
    // Two cores, and most files wait most of the time; their stories have patience enough to make each other late.
    maxWorkers: 4,
    // Of the stories that a file tells side by side: with more at once their services starve each other.
    maxConcurrency: 12,
    setupFiles: ["test/support/loopback-only.ts"],
  },
});
