import { type Finding, fail, ok, warn } from "./finding.ts";

/** `engines.node` of package.json. */
export const OLDEST_NODE = "20.19";

/** @param version as Node tells it of itself, such as `24.1.0` */
export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split(".").map(Number);
  const isTooOld = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
  if (isTooOld) return fail("Node", `version ${version} is too old`, `install Node ${OLDEST_NODE} or newer`);
  // Odd versions never become LTS and get no fixes after half a year (https://nodejs.org/en/about/previous-releases).
  if (major % 2 === 1) {
    return warn("Node", `version ${version} is no long-term version`, "use an even one, such as the image's");
  }
  return ok("Node", `version ${version}`);
}
