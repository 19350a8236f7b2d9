import { watchIdOf } from "../domain/ids.ts";
import type { Wait } from "../domain/waiting.ts";
import type { Watch } from "../domain/watch.ts";
import { countWaiting } from "../store/outbox.ts";
import { isStoreUnavailable } from "../store/store.ts";
import {
  getWatch,
  muteWatch as storeMute,
  pauseWatch as storePause,
  resumeWatch as storeResume,
} from "../store/watches.ts";
import { cardLinkOf } from "./card-link.ts";
import { refusalOf } from "./channel-refusal.ts";
import type { Context } from "./context.ts";
import { waitOfMessages } from "./outlook.ts";
import type { PauseResult } from "./pause-results.ts";
import type { Asker } from "./results.ts";

/** Holds back everything new of a watch until a person resumes it; the card and what is in the thread are kept true. */
export async function pauseWatch(ctx: Context, runId: string, asker: Asker): Promise<PauseResult> {
  return held(ctx, runId, asker, "paused", (id) => storePause(ctx.store, id, asker.userName, ctx.now()));
}

/** Posts nothing new for so long (ms); null: before the run's end. What is found meanwhile comes after that, on pages. */
export async function muteWatch(ctx: Context, runId: string, asker: Asker, forMs: number | null): Promise<PauseResult> {
  const until = forMs === null ? "end" : ctx.now() + forMs;
  return held(ctx, runId, asker, "muted", (id) => storeMute(ctx.store, id, until, ctx.now()));
}

/**
 * Ends a pause or a mute, and tries again where Slack refuses; what waited goes on its way. Changes nothing where it can be
 * seen that Slack would refuse still.
 */
export async function resumeWatch(ctx: Context, runId: string, asker: Asker): Promise<PauseResult> {
  return forWatch(ctx, runId, asker, async (watch) => {
    const isTry = watch.state === "paused" && watch.pauseReason !== null;
    const refusal = isTry ? refusalOf(await ctx.slack.describeChannel(watch.channel), asker) : null;
    if (refusal) return { kind: "channel_refused", refusal };
    const waiting = await countWaiting(ctx.store, watch.id);
    if (!(await storeResume(ctx.store, watch.id, ctx.now(), "asked"))) {
      const isOver = watch.state === "stopped" || watch.state === "lost" || watch.state === "resting";
      return { kind: isOver ? "already_over" : "not_paused" };
    }
    ctx.log.info({ event: "watch_resumed", watch: watch.id, run: runId, channel: watch.channel, user: asker.userId });
    await ctx.wakeups.lane(watch.channel);
    await ctx.wakeups.poll(runId);
    return { kind: "resumed", waiting, wait: await waitAfter(ctx, watch), isTry };
  });
}

/** What still holds back the messages of a watch that was resumed. */
async function waitAfter(ctx: Context, { id }: Watch): Promise<Wait | null> {
  const watch = await getWatch(ctx.store, id);
  return watch && (await waitOfMessages(ctx, watch));
}

async function held(
  ctx: Context,
  runId: string,
  asker: Asker,
  kind: "paused" | "muted",
  store: (watchId: string) => ReturnType<typeof storePause>,
): Promise<PauseResult> {
  return forWatch(ctx, runId, asker, async (watch) => {
    switch (await store(watch.id)) {
      case "none":
        return null;
      case "over":
        return { kind: "already_over" };
      case "already":
        return { kind: "already_paused" };
      case "done":
        ctx.log.info({
          event: `watch_${kind}`,
          watch: watch.id,
          run: runId,
          channel: watch.channel,
          user: asker.userId,
        });
        await ctx.wakeups.lane(watch.channel);
        return { kind };
    }
  });
}

/** What became of it; the watch as it is then and its card are added. */
type Resumed = Extract<PauseResult, { kind: "resumed" }>;
type Outcome =
  | Pick<Resumed, "kind" | "waiting" | "wait" | "isTry">
  | Extract<PauseResult, { kind: "channel_refused" }>
  | { readonly kind: "paused" | "already_paused" | "not_paused" | "muted" | "already_over" }
  | null;

async function forWatch(
  ctx: Context,
  runId: string,
  asker: Asker,
  act: (watch: Watch) => Promise<Outcome>,
): Promise<PauseResult> {
  const watchId = watchIdOf(ctx.workspace.teamId, asker.channelId, runId);
  try {
    const before = await getWatch(ctx.store, watchId);
    const outcome = before && (await act(before));
    if (outcome?.kind === "channel_refused") return outcome;
    const watch = outcome && (await getWatch(ctx.store, watchId));
    return watch ? { ...outcome, watch, cardLink: cardLinkOf(ctx, watch) } : { kind: "not_watched" };
  } catch (error) {
    if (isStoreUnavailable(error)) return { kind: "store_unavailable" };
    throw error;
  }
}
