import { distance } from "fastest-levenshtein";
import { followedSoon } from "./followed-soon.ts";
import type { RouteContext } from "./routes.ts";

/** Letters that may be mistyped; of short ids too many are that near to each other. */
const TYPOS = 2;
const LONG_ENOUGH = 6;

/**
 * What to type for the run that was probably meant.
 * @param lineFor what is typed for a run
 */
export async function meantLine(
  context: RouteContext,
  typed: string,
  lineFor: (runId: string) => string,
): Promise<string | null> {
  const meant = await similarRun(context, typed);
  return meant === null ? null : lineFor(meant);
}

/** The one run this channel follows whose id is nearly what was typed; null when there is none, or several. */
async function similarRun(context: RouteContext, typed: string): Promise<string | null> {
  const followed = (await followedSoon(context))?.map(({ watch }) => watch.runId) ?? [];
  const near = followed.filter((id) => isNear(id, typed));
  return near.length === 1 ? (near[0] ?? null) : null;
}

function isNear(id: string, typed: string): boolean {
  if (id === typed || typed.length < LONG_ENOUGH) return false;
  return id.toLowerCase() === typed.toLowerCase() || distance(id, typed) <= TYPOS;
}
