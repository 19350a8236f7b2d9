import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Whole stories run real services: generous for a slow machine, never waited out on a green run.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Two cores: more files at once only make each other late.
    maxWorkers: 2,
    // Stories of dying mostly wait for leases to run out: they wait together (test/crash).
    maxConcurrency: 40,
    setupFiles: ["test/support/loopback-only.ts"],
  },
});
