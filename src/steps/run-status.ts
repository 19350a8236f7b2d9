import { watchIdOf } from "../domain/ids.ts";
import type { RunSpec, Trouble } from "../domain/run.ts";
import type { Wait } from "../domain/waiting.ts";
import type { Watch } from "../domain/watch.ts";
import { FindAllError } from "../findall/error.ts";
import { countWaiting } from "../store/outbox.ts";
import { getRun } from "../store/runs.ts";
import { isStoreUnavailable } from "../store/store.ts";
import { getWatch } from "../store/watches.ts";
import { cardLinkOf } from "./card-link.ts";
import type { Context } from "./context.ts";
import { waitOfMessages } from "./outlook.ts";
import { troubleReading } from "./outside-trouble.ts";
import type { Asker, RunStatusResult } from "./results.ts";

/** The run as Parallel reports it now, with this channel's watch of it, if there is one. */
export async function runStatus(ctx: Context, runId: string, asker: Asker): Promise<RunStatusResult> {
  try {
    const [run, known] = await Promise.all([
      ctx.findall.getRun(runId, { signal: ctx.signal }),
      whatWeKnow(ctx, runId, asker.channelId),
    ]);
    const spec = known.spec ?? (await ctx.findall.getSpec(runId, { signal: ctx.signal }).catch(() => null));
    const cardLink = known.watch ? cardLinkOf(ctx, known.watch) : null;
    return { kind: "status", run, ...known, spec, cardLink };
  } catch (error) {
    if (error instanceof FindAllError) return troubleReading(error);
    throw error;
  }
}

interface Known {
  readonly watch: Watch | null;
  readonly spec: RunSpec | null;
  readonly trouble: Trouble | null;
  readonly waiting: number;
  readonly wait: Wait | null;
}

/** The status of a run is worth telling also while our own memory is away. */
async function whatWeKnow(ctx: Context, runId: string, channelId: string): Promise<Known> {
  const watchId = watchIdOf(ctx.workspace.teamId, channelId, runId);
  try {
    const [watch, stored] = await Promise.all([getWatch(ctx.store, watchId), getRun(ctx.store, runId)]);
    const waiting = watch ? await countWaiting(ctx.store, watchId) : 0;
    const wait = watch && waiting > 0 ? await waitOfMessages(ctx, watch) : null;
    return { watch, spec: stored?.spec ?? null, trouble: stored?.trouble ?? null, waiting, wait };
  } catch (error) {
    if (!isStoreUnavailable(error)) throw error;
    return { watch: null, spec: null, trouble: null, waiting: 0, wait: null };
  }
}
