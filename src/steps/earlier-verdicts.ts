import type { Candidate } from "../domain/candidate.ts";
import { entityKeyOf } from "../domain/entity.ts";
import type { EarlierVerdict } from "../domain/review.ts";
import type { Watch } from "../domain/watch.ts";
import { getEarlier } from "../store/reviews.ts";
import type { Context } from "./context.ts";

/** What this channel decided about the same entities in other runs, by candidate id. */
export async function earlierVerdicts(
  ctx: Context,
  watch: Watch,
  candidates: readonly Candidate[],
): Promise<ReadonlyMap<string, EarlierVerdict>> {
  const entities = new Map(candidates.map((candidate) => [candidate.id, entityKeyOf(candidate.url)]));
  const wanted = [...new Set([...entities.values()].filter((entity) => entity !== null))];
  const since = ctx.now() - ctx.settings.retentionMs;
  const found = await getEarlier(ctx.store, watch.channel, wanted, { watchId: watch.id, since });
  return new Map(
    [...entities].flatMap(([id, entity]) => {
      const verdict = entity === null ? undefined : found.get(entity);
      return verdict ? [[id, verdict] as const] : [];
    }),
  );
}
