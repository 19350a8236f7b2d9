import type { Snapshot } from "./candidate.ts";
import { hasMoved, isLastLook, type PollCursor, shouldReadResult } from "./poll-policy.ts";
import type { Run } from "./run.ts";

/** How far a run's candidates were read, so that only what is new of them is read next. Times in ms since the epoch. */
export interface NewsCursor {
  /** The last event that was taken in; null when the API named none. */
  readonly eventId: string | null;
  /** How large the result was when it was last read whole (decoded bytes). */
  readonly wholeBytes: number;
  /** By how much the run's count of matches was above that of the rows then: the two are not promised to agree. */
  readonly surplus: number;
  /** When candidates were last read, whole or by events. */
  readonly readAt: number;
  /** Events were read since the result was last read whole. */
  readonly isUnchecked: boolean;
  /** The last reading of events ended before the stream did. */
  readonly isCut: boolean;
  /** Candidates known to match. */
  readonly matched: number;
  /** Since when the run's count says that a match is missing here; null when it does not. */
  readonly behindSince: number | null;
}

/** What to read of a run's candidates: nothing, what happened since the last time, or all of them. */
export type Reading = "nothing" | "news" | "whole";

export interface ReadingSituation {
  readonly cursor: PollCursor | null;
  readonly news: NewsCursor | null;
  /** As just read. */
  readonly run: Run;
  /** When the run was first seen inactive; null while active. */
  readonly endedAt: number | null;
  /** An end that has not been told yet. */
  readonly isEnding: boolean;
  /** A watch that wants all candidates. */
  readonly hasNewcomer: boolean;
  /** The last result was over the limit. */
  readonly isTooLarge: boolean;
}

/** Below this a result is simply read whole: about eight candidates. */
const LARGE_BYTES = 100_000;
/** While a run is active its news are read at least this often, whatever its counts say. */
const NEWS_AT_LEAST_EVERY_MS = 60_000;
/**
 * A match that is missing so long is not in the stream: the whole result has it. So a stream that keeps everything to
 * itself, as behind a proxy that hoards it, costs a whole result a minute, and people a minute's wait.
 */
const BEHIND_FOR_MS = 60_000;
/** A result over the limit will hardly ever be under it again, and each try may cost `MAX_RESULT_BYTES`. */
const TOO_LARGE_AGAIN_MS = 10 * 60_000;

/**
 * Decides what a poll reads after the run itself. Events are trusted to bring what is new early, and for nothing else: the
 * first reading, a new watch, the end, and a run that goes to rest are read whole.
 */
export function planReading(situation: ReadingSituation, now: number): Reading {
  const { cursor, news, run, endedAt, isEnding, hasNewcomer, isTooLarge } = situation;
  if (cursor === null || isEnding) return "whole";
  if (isTooLarge ? run.isActive && now - cursor.resultAt >= TOO_LARGE_AGAIN_MS : hasNewcomer) return "whole";
  if (news?.eventId == null || news.wholeBytes < LARGE_BYTES) {
    return !isTooLarge && shouldReadResult(cursor, run, now) ? "whole" : "nothing";
  }
  if (!run.isActive) {
    const isLast = endedAt !== null && isLastLook(endedAt, now) && !isTooLarge;
    if (isLast && (news.isUnchecked || hasMoved(cursor, run))) return "whole";
    return hasMoved(cursor, run) || news.isCut ? "news" : "nothing";
  }
  if (!isTooLarge && isBehindForLong(news, run, now)) return "whole";
  const isDue = now - news.readAt >= NEWS_AT_LEAST_EVERY_MS;
  return isDue || news.isCut || isBehind(news, run) || hasMoved(cursor, run) ? "news" : "nothing";
}

/** Whether the run counts matches otherwise than we do, and that is not how it was with all rows in hand. */
export function isBehind(news: Pick<NewsCursor, "matched" | "surplus">, run: Run): boolean {
  return news.matched !== run.matched && news.matched !== run.matched - news.surplus;
}

function isBehindForLong(news: NewsCursor, run: Run, now: number): boolean {
  return news.behindSince !== null && now - news.behindSince >= BEHIND_FOR_MS && isBehind(news, run);
}

/** The cursor after all candidates were read, `matched` of which are now known to match. */
export function cursorAfterWhole(snapshot: Snapshot, matched: number, now: number): NewsCursor {
  return {
    eventId: snapshot.lastEventId,
    wholeBytes: snapshot.bytes,
    surplus: snapshot.run.matched - matched,
    readAt: now,
    isUnchecked: false,
    isCut: false,
    matched,
    behindSince: null,
  };
}

/** The cursor after news were read: it moves only by events that were taken in. */
export function cursorAfterNews(
  before: NewsCursor,
  run: Run,
  news: { readonly lastEventId: string | null; readonly isCut: boolean },
  matched: number,
  now: number,
): NewsCursor {
  return {
    ...before,
    eventId: news.lastEventId ?? before.eventId,
    readAt: now,
    isUnchecked: true,
    isCut: news.isCut,
    matched,
    // Once the two agree again, what they differed by is over.
    surplus: matched === run.matched ? 0 : before.surplus,
    behindSince: isBehind({ ...before, matched }, run) ? (before.behindSince ?? now) : null,
  };
}
