import { entryIdOf } from "../domain/ids.ts";
import type { Watch } from "../domain/watch.ts";
import type { FunctionOutcome } from "../slack/complete-function.ts";
import { getEntry } from "../store/outbox.ts";
import { getRun } from "../store/runs.ts";
import { cardLinkOf } from "./card-link.ts";
import type { Context } from "./context.ts";
import { endSubject } from "./poll-plan.ts";
import { WORDS } from "./workflow-words.ts";

/** Nothing more becomes of an entry in these states. */
const SETTLED = new Set(["sent", "dead", "skipped"]);

/**
 * What the step of a workflow that waits for a watch leads to; null while the run goes on or something of it is still on
 * its way, the completion alert included.
 */
export async function outcomeOfWatch(ctx: Context, watch: Watch | null): Promise<FunctionOutcome | null> {
  if (watch === null) return { kind: "error", error: WORDS.gone };
  if (watch.state === "stopped") return { kind: "error", error: WORDS.stopped(watch.stoppedByName) };
  if (watch.state === "lost") return { kind: "error", error: WORDS.lost };
  const [stored, alert] = await Promise.all([
    getRun(ctx.store, watch.runId),
    getEntry(ctx.store, entryIdOf(watch.id, "completion", endSubject(watch))),
  ]);
  if (!stored || stored.run.isActive || !watch.ended || watch.open > 0) return null;
  // A watch that was re-opened has still to be given what it missed; a result that cannot be read keeps nobody waiting.
  if (!watch.primed && stored.trouble === null) return null;
  if (alert && alert.ts === null && !SETTLED.has(alert.state)) return null;
  const { status, terminationReason, matched } = stored.run;
  return {
    kind: "success",
    outputs: { status, reason: terminationReason ?? "", matched, card_link: cardLinkOf(ctx, watch) ?? "" },
  };
}
