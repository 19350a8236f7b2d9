import type { Candidate } from "../domain/candidate.ts";
import { MATCHED } from "../domain/candidate.ts";
import { entryIdOf } from "../domain/ids.ts";
import { NEW_REVIEW, type Person, type Reviewable, standing } from "../domain/review.ts";
import { csvOf } from "../export/csv.ts";
import { fileNameOf } from "../export/file-name.ts";
import { jsonOf } from "../export/json.ts";
import type { ExportRow, ExportSubject } from "../export/rows.ts";
import { permalink } from "../slack/client.ts";
import { bare } from "../slack/text.ts";
import { getMessageTimes } from "../store/outbox.ts";
import { getNotes } from "../store/reviews.ts";
import { getCandidates, getMatchOrder, getRun } from "../store/runs.ts";
import { getHeld } from "../store/settings.ts";
import { isStoreUnavailable } from "../store/store.ts";
import { getWatch, type StoredWatch } from "../store/watches.ts";
import type { Context } from "./context.ts";
import { type OpenReviewBook, openReviewBook } from "./review-book.ts";
import { refusalFor } from "./review-item.ts";
import type { ExportFilter, ExportFormat, ExportResult } from "./review-results.ts";
import { finishTurn, waitForTurn } from "./take-turn.ts";

/** Candidates read at once: a large run is 12 kB a candidate, and other people wait for Redis too. */
const SLICE = 100;

/** A person waits for the file; a channel that Slack holds back for longer gets none. */
const TURN_WITHIN_MS = 60_000;

/** Puts a file with the decisions of a watch, and all that they were made on, into its thread. */
export async function exportReviews(
  ctx: Context,
  watchId: string,
  by: Person,
  format: ExportFormat,
  filter: ExportFilter,
): Promise<ExportResult> {
  try {
    const watch = await getWatch(ctx.store, watchId);
    if (!watch) return { kind: "not_watched" };
    const refusal = await refusalFor(ctx, watch.channel, by);
    if (refusal) return refusal;
    return await exportWatch(ctx, watch, { by, format, filter });
  } catch (error) {
    if (isStoreUnavailable(error)) return { kind: "store_unavailable" };
    throw error;
  }
}

interface Wish {
  readonly by: Person;
  readonly format: ExportFormat;
  readonly filter: ExportFilter;
}

async function exportWatch(ctx: Context, watch: StoredWatch, wish: Wish): Promise<ExportResult> {
  const { format, filter } = wish;
  const [book, held] = await Promise.all([openReviewBook(ctx, watch), getHeld(ctx.store, watch.id)]);
  const all = await withHeld(ctx, watch, book.candidates, held);
  const wanted = all.filter((candidate) => passes(candidate, book, filter)).map(({ id }) => id);
  // Without a thread there is no place for the file yet, and nothing that a person could have reviewed.
  if (wanted.length === 0 || watch.threadTs === null) return { kind: "nothing_to_export", filter, total: all.length };
  const stored = await getRun(ctx.store, watch.runId);
  if (!stored) return { kind: "not_watched" };
  const { run, spec } = stored;
  const subject: ExportSubject = {
    runId: watch.runId,
    channel: watch.channel,
    run,
    spec,
    exportedAt: ctx.now(),
    filter,
  };
  const rows = await readRows(ctx, watch, { ...book, held }, wanted);
  const answer = await ctx.slack.upload({
    channel: watch.channel,
    threadTs: watch.threadTs,
    filename: fileNameOf(subject, format),
    title: fileNameOf(subject, format),
    content: await (format === "csv" ? csvOf : jsonOf)(rows, subject),
    comment: commentOf(rows.length, wish),
    mayBeShown: () => waitForTurn(ctx, watch.channel, ctx.now() + TURN_WITHIN_MS),
  });
  // A file that Slack limits holds up nothing else: its limits are of files, not of the channel.
  await finishTurn(ctx, watch.channel);
  ctx.log.info({ event: "exported", watch: watch.id, format, filter, candidates: rows.length, ok: answer.ok });
  if (answer.ok)
    return { kind: "exported", watch, candidates: rows.length, format, filter, fileLink: answer.permalink };
  if (answer.failure.code === "missing_scope")
    return { kind: "scope_missing", scope: answer.failure.needed ?? "files:write" };
  const { code, action } = answer.failure;
  return { kind: "slack_refused", code, mayBeThere: action === "ambiguous" };
}

/** What a filter holds back is in no thread, and so it must at least be here: in its place in the order of match. */
async function withHeld(
  ctx: Context,
  watch: StoredWatch,
  candidates: readonly Reviewable[],
  held: ReadonlySet<string>,
): Promise<readonly Reviewable[]> {
  if (held.size === 0) return candidates;
  const own = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const order = await getMatchOrder(ctx.store, watch.runId);
  return order.flatMap((id) => own.get(id) ?? (held.has(id) ? [{ id, isMatched: true }] : []));
}

function passes({ id, isMatched }: Reviewable, { reviews }: OpenReviewBook, filter: ExportFilter): boolean {
  const decision = standing(reviews.get(id) ?? NEW_REVIEW);
  if (filter === "all") return true;
  if (filter === "unreviewed") return isMatched && decision === null;
  return decision?.verdict === filter;
}

async function readRows(
  ctx: Context,
  watch: StoredWatch,
  { reviews, held }: OpenReviewBook & { readonly held: ReadonlySet<string> },
  ids: readonly string[],
): Promise<ExportRow[]> {
  const rows: ExportRow[] = [];
  for (let start = 0; start < ids.length; start += SLICE) {
    const slice = ids.slice(start, start + SLICE);
    const known = new Map(slice.flatMap((id) => (reviews.has(id) ? [[id, reviews.get(id) ?? NEW_REVIEW]] : [])));
    const [candidates, notes, times] = await Promise.all([
      getCandidates(ctx.store, watch.runId, slice),
      getNotes(ctx.store, watch.id, known),
      getMessageTimes(
        ctx.store,
        slice.map((id) => entryIdOf(watch.id, "candidate", id)),
      ),
    ]);
    rows.push(...candidates.map((candidate) => rowOf(candidate)));
    function rowOf(candidate: Candidate): ExportRow {
      const ts = times.get(entryIdOf(watch.id, "candidate", candidate.id)) ?? null;
      return {
        candidate,
        withdrawn: candidate.matchStatus !== MATCHED,
        heldBack: held.has(candidate.id),
        review: reviews.get(candidate.id) ?? NEW_REVIEW,
        notes: notes.get(candidate.id) ?? [],
        permalink: ts === null ? null : permalink(ctx.workspace.teamUrl, watch.channel, ts, watch.threadTs),
      };
    }
  }
  return rows;
}

/** Says who asked, since everybody in the thread sees the file; a name, not a mention. */
function commentOf(candidates: number, { by, filter }: Wish): string {
  const what = filter === "all" ? "all candidates" : `${filter} candidates`;
  return `Export of ${what} (${candidates}), asked for by ${bare(by.name, 80) || "a teammate"}`;
}
