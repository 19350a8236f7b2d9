import { accessSync, constants, existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import type { Config } from "../config.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";
import { keepsItsFilesIn } from "./redis-look.ts";

const SUBJECT = "Redis";

/** Where the service would find a Redis of its own, and whether it could keep anything. Starts none. */
export async function embeddedFindings(
  { dataDir, searchPath }: Config["redis"],
  limitMs: number,
): Promise<readonly Finding[]> {
  const server = findServer(searchPath);
  if (!server) {
    const text =
      "REDIS_URL is not set, and neither redis-server nor valkey-server is on the PATH: state is kept in memory, a restart forgets all watches";
    return [warn(SUBJECT, text, "set REDIS_URL, or install redis-server")];
  }
  const running = await runningServer(dataDir, limitMs);
  const text = running
    ? `the service's own ${path.basename(server)} runs at ${running}`
    : `REDIS_URL is not set: the service will start ${server}, with AOF`;
  return [ok(SUBJECT, text), directoryFinding(dataDir)];
}

/** The same names in the same order as `startEmbeddedRedis`. */
function findServer(searchPath: string): string | null {
  const directories = searchPath.split(path.delimiter).filter(Boolean);
  const files = ["redis-server", "valkey-server"].flatMap((name) => directories.map((each) => path.join(each, name)));
  return files.find((file) => may(file, constants.X_OK)) ?? null;
}

/** The one whose address the service left in its data directory, if it is still the one of that directory. */
async function runningServer(dataDir: string, limitMs: number): Promise<string | null> {
  try {
    const url = readFileSync(path.join(dataDir, "redis.address"), "utf8").trim();
    return (await keepsItsFilesIn(url, realpathSync(dataDir), limitMs)) ? new URL(url).host : null;
  } catch {
    return null;
  }
}

/** A directory that is not there yet is made by the service, in the nearest one that is. */
function directoryFinding(dataDir: string): Finding {
  const wanted = path.resolve(dataDir);
  let nearest = wanted;
  while (!existsSync(nearest) && path.dirname(nearest) !== nearest) nearest = path.dirname(nearest);
  const isFine = statSync(nearest).isDirectory() && may(nearest, constants.W_OK | constants.X_OK);
  if (!isFine) {
    const mend = `let the service's user write there (chown), or set DATA_DIR to a directory where it may`;
    return fail(SUBJECT, `DATA_DIR ${wanted} cannot be written`, mend);
  }
  return ok(SUBJECT, `DATA_DIR ${wanted} can be ${nearest === wanted ? "written" : "made"}`);
}

function may(file: string, mode: number): boolean {
  try {
    accessSync(file, mode);
    return true;
  } catch {
    return false;
  }
}
