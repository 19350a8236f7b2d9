import type { Candidate } from "../domain/candidate.ts";
import { isKnownMatched, type KnownCandidates } from "../domain/diff.ts";
import { applyEvents, candidatesIn, matchCounter, type News } from "../domain/news.ts";
import { isBehind, type NewsCursor } from "../domain/news-policy.ts";
import type { Run, RunSpec } from "../domain/run.ts";
import { FindAllError } from "../findall/error.ts";
import { getCandidates, getKnown } from "../store/runs.ts";
import type { Context } from "./context.ts";

/** What happened in a run since the last time, and the candidates it speaks of as they are now. */
export interface NewsRead {
  readonly news: News;
  readonly candidates: readonly Candidate[];
  readonly known: KnownCandidates;
  /** What the run looks for, when that was told anew. */
  readonly spec: RunSpec | null;
  /** Parallel does not want to be asked again before this time (ms); 0 when it did not say. */
  readonly notBefore: number;
}

/** Parallel, or the way to it, is in trouble that may pass: the largest of all answers is not asked for in its stead at once. */
const PASSING: ReadonlySet<string> = new Set(["server", "network", "timeout"]);
const RETRY_AFTER_CAP_MS = 10 * 60_000;
const NO_NEWS: News = { events: [], lastEventId: null, isCut: true, bytes: 0 };

/**
 * Reads what is new of a run: bytes in proportion to what happened, not to all that it found. While the stream cannot be
 * had for a reason that passes, nothing is new; a match that is missing for long is then in the whole result.
 * @returns null when the stream is of no use now, so that the whole result has to be read
 */
export async function readNews(ctx: Context, run: Run, cursor: NewsCursor): Promise<NewsRead | null> {
  if (cursor.eventId === null) return null;
  const known = await getKnown(ctx.store, run.id);
  const count = matchCounter(matchedIn(known));
  const isExpected = isBehind(cursor, run);
  const isEnough = isExpected
    ? (event: Parameters<typeof count>[0]) => !isBehind({ ...cursor, matched: count(event) }, run)
    : () => false;
  try {
    const news = await ctx.findall.getNews(run.id, cursor.eventId, { isExpected, isEnough }, { signal: ctx.signal });
    ctx.metrics.readBytes.inc({ endpoint: "events" }, news.bytes);
    // A run that is over was read because it moved: when the stream has nothing about it, the result has.
    if (!run.isActive && news.lastEventId === null) return null;
    const stored = await getCandidates(ctx.store, run.id, candidatesIn(news.events));
    const candidates = applyEvents(new Map(stored.map((candidate) => [candidate.id, candidate])), news.events);
    ctx.reach("news read");
    return { news, candidates, known, spec: latestSpec(news), notBefore: 0 };
  } catch (error) {
    if (ctx.signal.aborted || !(error instanceof FindAllError)) throw error;
    const { code, status, refId: ref } = error;
    const unsaid = ctx.health.sayFailedRead(`news ${code}`, ctx.now());
    const level = unsaid === null ? "debug" : "info";
    ctx.log[level]({ event: "news_unreadable", run: run.id, code, status, ref }, error.detail);
    const isPassing = code === "rate_limited" || (PASSING.has(code) && !cursor.isCut);
    if (!run.isActive || !isPassing) return null;
    const notBefore = ctx.now() + Math.min(error.retryAfterMs ?? 0, RETRY_AFTER_CAP_MS);
    return { news: NO_NEWS, candidates: [], known, spec: null, notBefore };
  }
}

/** Ids of the candidates that are known to match. */
export function matchedIn(known: KnownCandidates): string[] {
  return [...known].filter(([, state]) => isKnownMatched(state)).map(([id]) => id);
}

function latestSpec({ events }: News): RunSpec | null {
  return events.reduce<RunSpec | null>((spec, event) => (event.kind === "respecified" ? event.spec : spec), null);
}
