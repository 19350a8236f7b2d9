import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildProduct } from "../support/process.ts";
import { type Clinic, openClinic } from "./support/clinic.ts";

const root = path.resolve(import.meta.dirname, "../..");

describe("the doctor as a process", () => {
  let clinic: Clinic;
  let directory: string;
  beforeAll(async () => {
    buildProduct();
    clinic = await openClinic();
    directory = mkdtempSync(path.join(tmpdir(), "findall-doctor-"));
  }, 120_000);
  afterAll(async () => {
    await clinic[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true, force: true });
  });

  const run = (words: readonly string[], env: NodeJS.ProcessEnv) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const file = path.join(root, "dist", "doctor", "bin.js");
      const child = execFile(process.execPath, [file, ...words], { cwd: directory, env }, (_, stdout, stderr) =>
        resolve({ code: child.exitCode ?? -1, stdout, stderr }),
      );
    });

  it("ends with 0 when nothing failed, 1 when something did, and 2 when it was asked in a wrong way", async () => {
    const [good, bad, wrong, help] = await Promise.all([
      run([], clinic.environment),
      run([], { ...clinic.environment, PARALLEL_API_KEY: "wrong-key" }),
      run(["--jsno"], clinic.environment),
      run(["--help"], {}),
    ]);
    expect(good.stdout).toContain("nothing stands in the way");
    expect(good.code).toBe(0);
    expect(bad.stdout).toMatch(/^fail {2}Parallel +the key is refused \(401\)\n +→ copy the API key/m);
    expect(bad.code).toBe(1);
    expect(wrong).toMatchObject({ code: 2, stdout: "" });
    expect(wrong.stderr).toContain("npm run doctor -- --json");
    expect(help).toMatchObject({ code: 0, stdout: wrong.stderr });
  });

  it("reads .env as the service does, and prints JSON alone when asked to", async () => {
    const lines = Object.entries(clinic.environment).map(([name, value]) => `${name}=${value}`);
    writeFileSync(path.join(directory, ".env"), lines.join("\n"));
    const { code, stdout, stderr } = await run(["--json"], {});
    expect(JSON.parse(stdout)).toMatchObject({ status: "warn", exitCode: 0 });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });
});
