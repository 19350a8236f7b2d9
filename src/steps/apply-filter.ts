import { isKnownMatched } from "../domain/diff.ts";
import { isFiltering, passesFilter } from "../domain/filter.ts";
import { contentHash, entryIdOf } from "../domain/ids.ts";
import { type Settings, settingsOf } from "../domain/settings.ts";
import { getCandidates, getKnown, getMatchOrder } from "../store/runs.ts";
import { endRefilter, getHeld, getSettings, type Pair, refilter, refiltersDue } from "../store/settings.ts";
import { getWatch, type StoredWatch } from "../store/watches.ts";
import type { Context } from "./context.ts";
import { endSubject, TOLD_END_DEBOUNCE_MS } from "./poll-plan.ts";

/** The settings that hold for each watch, by its id. */
export async function settingsOfWatches(
  ctx: Context,
  watches: readonly StoredWatch[],
): Promise<ReadonlyMap<string, Settings>> {
  const channels = [...new Set(watches.map((watch) => watch.channel))];
  const settings = await Promise.all(channels.map((channel) => getSettings(ctx.store, channel)));
  const ofChannel = new Map(channels.map((channel, index) => [channel, settings[index]]));
  return new Map(
    watches.flatMap((watch) => {
      const set = ofChannel.get(watch.channel);
      return set ? [[watch.id, settingsOf(set, watch.overrides)] as const] : [];
    }),
  );
}

/** A filter that is still to be applied after so long was left by a process that died. */
const LEFT_AFTER_MS = 10_000;

/** Candidates read at once; other people wait for Redis too. */
const SLICE = 200;

/**
 * Applies a changed filter to what a watch knows: what passes now goes on its way in its order of match, what does not
 * and has not been sent is held back. Reads nothing from Parallel, so it works for a run that is over.
 * @returns how many candidates were let go
 */
async function applyFilter(ctx: Context, watch: StoredWatch, settings: Settings): Promise<number> {
  const isEmpty = !isFiltering(settings);
  const held = await getHeld(ctx.store, watch.id);
  if (isEmpty && held.size === 0) return 0;
  const [order, known] = await Promise.all([getMatchOrder(ctx.store, watch.runId), getKnown(ctx.store, watch.runId)]);
  const matched = order.filter((id) => isKnownMatched(known.get(id) ?? "") && (!isEmpty || held.has(id)));
  let released = 0;
  for (let start = 0; start < matched.length; start += SLICE) {
    const candidates = await getCandidates(ctx.store, watch.runId, matched.slice(start, start + SLICE));
    const pairs = (passing: boolean): Pair[] =>
      candidates
        .filter((candidate) => passesFilter(candidate, settings) === passing)
        .map(({ id }) => [entryIdOf(watch.id, "candidate", id), id]);
    const now = ctx.now();
    const completion = { entry: entryIdOf(watch.id, "completion", endSubject(watch)), at: now + TOLD_END_DEBOUNCE_MS };
    const change = { release: pairs(true), hold: pairs(false), completion };
    released += (await refilter(ctx.store, watch.id, change, now)).released;
  }
  return released;
}

/** Applies a filter that was changed at `at` (ms), and notes that this has been done. */
export async function applyChange(ctx: Context, watch: StoredWatch, settings: Settings, at: number): Promise<number> {
  const released = await applyFilter(ctx, watch, settings);
  await endRefilter(ctx.store, watch.id, at);
  return released;
}

/** Applies the changed filters that a process left unapplied when it died. */
export async function finishRefilters(ctx: Context): Promise<void> {
  for (const [watchId, at] of await refiltersDue(ctx.store, ctx.now() - LEFT_AFTER_MS)) {
    const watch = await getWatch(ctx.store, watchId);
    if (!watch) {
      await endRefilter(ctx.store, watchId, at);
      continue;
    }
    const settings = settingsOf(await getSettings(ctx.store, watch.channel), watch.overrides);
    await applyChange(ctx, watch, settings, at);
    await ctx.wakeups.lane(watch.channel);
  }
}

/** Applies the filters that differ from those that a poll went by. */
export async function refilterChanged(
  ctx: Context,
  watches: readonly StoredWatch[],
  before: ReadonlyMap<string, Settings>,
): Promise<void> {
  const after = await settingsOfWatches(ctx, watches);
  for (const watch of watches) {
    const settings = after.get(watch.id);
    if (settings && contentHash(settings) !== contentHash(before.get(watch.id)))
      await applyFilter(ctx, watch, settings);
  }
}
