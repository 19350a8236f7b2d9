// Builds `dist/` when it is missing or older than `src/`, then runs the entry named on the command line in this very
// process, so that signals reach the service itself and not a shell in between.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const stamp = path.join(root, "dist", ".built");

function newestIn(dir) {
  if (!existsSync(dir)) return 0;
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((newest, entry) => Math.max(newest, statSync(path.join(entry.parentPath, entry.name)).mtimeMs), 0);
}

function isStale() {
  const source = path.join(root, "src");
  if (!existsSync(source)) return false; // a production image carries dist/ alone
  return !existsSync(stamp) || newestIn(source) > statSync(stamp).mtimeMs;
}

export function buildIfNeeded() {
  if (!isStale()) return;
  const { bin } = createRequire(import.meta.url)("typescript/package.json");
  const tsc = path.join(root, "node_modules", "typescript", bin.tsc);
  execFileSync(process.execPath, [tsc, "-p", path.join(root, "tsconfig.build.json")], { stdio: "inherit" });
  writeFileSync(stamp, "");
}

const [, , entry, ...rest] = process.argv;
buildIfNeeded();
if (entry) {
  process.argv.splice(1, process.argv.length - 1, path.join(root, "dist", entry), ...rest);
  await import(pathToFileURL(path.join(root, "dist", entry)).href);
}
