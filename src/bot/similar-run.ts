import { distance } from "fastest-levenshtein";
import { within } from "../steps/within.ts";
import type { RouteContext } from "./routes.ts";

/** Nobody waits longer for a suggestion. In ms. */
const WAITS_MS = 1_000;
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
async function similarRun({ actions, asker }: RouteContext, typed: string): Promise<string | null> {
  const asked = Promise.resolve().then(() => actions.listWatches(asker.channelId));
  const result = await within(asked, WAITS_MS).catch(() => null);
  const followed = result?.kind === "list" ? result.items.map(({ watch }) => watch.runId) : [];
  const near = followed.filter((id) => isNear(id, typed));
  return near.length === 1 ? (near[0] ?? null) : null;
}

function isNear(id: string, typed: string): boolean {
  if (id === typed || typed.length < LONG_ENOUGH) return false;
  return id.toLowerCase() === typed.toLowerCase() || distance(id, typed) <= TYPOS;
}
