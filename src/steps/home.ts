import { contentHash } from "../domain/ids.ts";
import type { Person } from "../domain/review.ts";
import type { SendFailure } from "../slack/errors.ts";
import { type HomeView, renderHome } from "../slack/views/home.ts";
import { getHold } from "../store/hold.ts";
import {
  claimHome,
  closeHome,
  getHome,
  homesDue,
  noteHomeOpened,
  noteHomeShown,
  postponeHome,
} from "../store/homes.ts";
import { forgetChannels } from "../store/memberships.ts";
import { isStoreUnavailable } from "../store/store.ts";
import { getWatch, isFirst, wasSeen } from "../store/watches.ts";
import type { Context } from "./context.ts";
import { readHold } from "./hold-workspace.ts";
import type { HomeWatchResult } from "./home-results.ts";
import { type Overview, type OverviewOptions, readOverview, sharedTallies } from "./overview.ts";
import { refusalFor } from "./review-item.ts";
import { within } from "./within.ts";

/** Who opened Home so long ago has left it: it is drawn anew when they come back. */
const LOOKED_AT_MS = 3_600_000;
/** A person's Home is not published more often than this by itself. */
const REFRESH_EVERY_MS = 30_000;
/** With a sweep each five seconds at most 96 a minute; Slack allows a hundred (Tier 4, slack-platform 3). */
const PER_SWEEP = 8;
/** The sweep has other work: what is not published by now goes on beside it. */
const SWEEP_WAITS_MS = 3_000;
const AFTER_FAILURE_MS = 10_000;
const LIMITED = "home-limited";

/** Draws a person's Home tab as things stand, since they opened it or pressed something in it. Never rejects. */
export async function showHome(ctx: Context, by: Pick<Person, "id">, notice: string | null = null): Promise<void> {
  try {
    await unlessStoreAway(noteHomeOpened(ctx.store, by.id, ctx.now(), ctx.now() + REFRESH_EVERY_MS));
    const [content, hold] = await Promise.all([readOverview(ctx, by), readHold(ctx)]);
    const result = await ctx.slack.publishHome(by.id, render(ctx, content, { notice, hold }), null);
    // The digest leaves out what is only for now: it stays until there is something else to show.
    const digest = result.kind === "published" ? contentHash(render(ctx, content)) : null;
    const version = result.kind === "published" ? result.hash : null;
    if (result.kind === "failed") await noteFailure(ctx, by.id, result.failure);
    await unlessStoreAway(noteHomeShown(ctx.store, by.id, { digest, version }));
  } catch (error) {
    ctx.log.error({ event: "home_failed", user: by.id, err: error });
  }
}

/** Draws the Home tabs anew that people may be looking at and that show what is no longer so; a bounded number at a time. */
export async function refreshHomes(ctx: Context): Promise<void> {
  if ((await wasSeen(ctx.store, LIMITED)) || (await getHold(ctx.store))) return;
  const due = await homesDue(ctx.store, ctx.now(), PER_SWEEP);
  const options = { isAsked: false, tallyOf: sharedTallies(ctx) };
  await within(Promise.all(due.map((user) => refreshClaimed(ctx, user, options))), SWEEP_WAITS_MS);
}

async function refreshClaimed(ctx: Context, user: string, options: OverviewOptions): Promise<void> {
  try {
    const now = ctx.now();
    if (await claimHome(ctx.store, user, now, now + REFRESH_EVERY_MS)) await refresh(ctx, user, options);
  } catch (error) {
    ctx.log.warn({ event: "home_failed", user, err: error });
  }
}

async function refresh(ctx: Context, user: string, options: OverviewOptions): Promise<void> {
  const home = await getHome(ctx.store, user);
  if (!home || ctx.now() - home.openedAt > LOOKED_AT_MS) return closeHome(ctx.store, user);
  const content = await readOverview(ctx, { id: user }, options);
  // What is there stays, since nothing better is known.
  if (content.kind !== "overview" && home.digest !== null) return;
  const view = render(ctx, content);
  const digest = contentHash(view);
  if (digest === home.digest) return;
  // An older reading never takes the place of what a click has shown meanwhile.
  const result = await ctx.slack.publishHome(user, view, home.version);
  if (result.kind === "failed") return noteFailure(ctx, user, result.failure);
  if (result.kind === "published") await noteHomeShown(ctx.store, user, { digest, version: result.hash });
}

function render(
  ctx: Context,
  content: Overview,
  { notice = null, hold = null }: Partial<Pick<HomeView, "notice" | "hold">> = {},
) {
  const items = content.kind === "overview" ? content.items : content.kind;
  const { botUserId, botName } = ctx.workspace;
  return renderHome({ items, notice, hold, now: ctx.now(), botUserId, botName });
}

/** Tried again by the sweep, and by nobody before the time that Slack said. */
async function noteFailure(ctx: Context, user: string, failure: SendFailure): Promise<void> {
  const { code, action, retryAfterMs } = failure;
  ctx.log.warn({ event: "home_not_published", user, code, action });
  if (retryAfterMs !== null) {
    ctx.metrics.rateLimited.inc({ operation: "home" });
    await unlessStoreAway(isFirst(ctx.store, LIMITED, retryAfterMs));
  }
  const again = ctx.now() + Math.max(AFTER_FAILURE_MS, retryAfterMs ?? 0);
  await unlessStoreAway(postponeHome(ctx.store, user, again));
}

/** What a button in the Home tab is about, for one who may act on it. */
export async function watchForPerson(ctx: Context, watchId: string, by: Person): Promise<HomeWatchResult> {
  try {
    const watch = await getWatch(ctx.store, watchId);
    if (!watch) return { kind: "not_watched" };
    const refusal = await refusalFor(ctx, watch.channel, by);
    if (refusal?.kind === "not_member") await forgetChannels(ctx.store, by.id);
    return refusal ?? { kind: "watch", watch };
  } catch (error) {
    if (isStoreUnavailable(error)) return { kind: "store_unavailable" };
    throw error;
  }
}

/** A Home tab is drawn also while the store is away: then it says so. */
async function unlessStoreAway(work: Promise<unknown>): Promise<void> {
  await work.catch((error) => {
    if (!isStoreUnavailable(error)) throw error;
  });
}
