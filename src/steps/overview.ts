import type { Person, Tally } from "../domain/review.ts";
import type { Trouble } from "../domain/run.ts";
import { knownChannels, rememberChannels } from "../store/memberships.ts";
import { getRun } from "../store/runs.ts";
import { isStoreUnavailable } from "../store/store.ts";
import { type StoredWatch, watchesOfChannels } from "../store/watches.ts";
import { cardLinkOf } from "./card-link.ts";
import type { Context } from "./context.ts";
import type { OverviewItem, OverviewResult } from "./overview-results.ts";
import { isToldTrouble } from "./poll-failure.ts";
import { readTally } from "./review-book.ts";
import { within } from "./within.ts";

/** A person waits no longer for what Slack says of them; what it says later counts the next time. In ms. */
const ASKED_FOR_MS = 1_800;
/** Who asks sees a channel they have just joined; what refreshes itself goes by what Slack said in the last two minutes. */
const ASKED_AGE_MS = 10_000;
const UNASKED_AGE_MS = 2 * 60_000;
/** A tally is read from all candidates of a run: for so many of the newest watches. The others show none. */
const TALLIES = 50;
const AT_ONCE = 10;

/** With what is wrong with reading the run, which the Home tab says. */
export interface SeenWatch extends OverviewItem {
  readonly trouble: Trouble | null;
}

export type Overview =
  | { readonly kind: "overview"; readonly items: readonly SeenWatch[]; readonly channels: readonly string[] }
  | Exclude<OverviewResult, { kind: "overview" }>;

/** How the review of a watch stands. */
type ReadTally = (watch: StoredWatch) => Promise<Tally | null>;

export interface OverviewOptions {
  /** The person asked just now; false for what refreshes itself. Default true. */
  readonly isAsked?: boolean;
  /** Default: read for this overview. */
  readonly tallyOf?: ReadTally;
}

/** Reads each tally once, for the overviews of several people who are in the same channels. */
export function sharedTallies(ctx: Context): ReadTally {
  const read = new Map<string, Promise<Tally | null>>();
  return (watch) => {
    const known = read.get(watch.id) ?? readTally(ctx, watch);
    read.set(watch.id, known);
    return known;
  };
}

/**
 * The watches of all channels that a person is in. Where Slack does not say which those are, nothing is shown: a private
 * channel's runs are for its members alone.
 */
export async function readOverview(
  ctx: Context,
  by: Pick<Person, "id">,
  options: OverviewOptions = {},
): Promise<Overview> {
  try {
    const channels = await channelsOf(ctx, by.id, (options.isAsked ?? true) ? ASKED_AGE_MS : UNASKED_AGE_MS);
    if (channels === null) return { kind: "membership_unknown" };
    const watches = await watchesOfChannels(ctx.store, channels);
    const items: SeenWatch[] = [];
    const tallyOf = options.tallyOf ?? ((watch) => readTally(ctx, watch));
    for (let start = 0; start < watches.length; start += AT_ONCE) {
      const some = watches.slice(start, start + AT_ONCE);
      items.push(
        ...(await Promise.all(
          some.map((watch, index) => seen(ctx, watch, start + index < TALLIES ? tallyOf : noTally)),
        )),
      );
    }
    return { kind: "overview", items, channels };
  } catch (error) {
    if (isStoreUnavailable(error)) return { kind: "store_unavailable" };
    throw error;
  }
}

/** Null when Slack does not say. */
async function channelsOf(ctx: Context, user: string, maxAgeMs: number): Promise<readonly string[] | null> {
  const known = await knownChannels(ctx.store, user, ctx.now(), maxAgeMs);
  if (known !== null) return known;
  const asked = ctx.slack.channelsOf(user).then(async (said) => {
    if (said.kind === "channels") await rememberChannels(ctx.store, user, said.ids, ctx.now());
    return said;
  });
  const answer = (await within(asked, ASKED_FOR_MS)) ?? { kind: "unknown" as const, code: "slow" };
  if (answer.kind === "channels") return answer.ids;
  ctx.log.warn({ event: "memberships_unknown", user, code: answer.code });
  return null;
}

const noTally: ReadTally = async () => null;

async function seen(ctx: Context, watch: StoredWatch, tallyOf: ReadTally): Promise<SeenWatch> {
  const [stored, tally] = await Promise.all([getRun(ctx.store, watch.runId), tallyOf(watch)]);
  const { run = null, spec = null } = stored ?? {};
  const trouble = isToldTrouble(stored?.trouble ?? null, ctx.now()) ? (stored?.trouble ?? null) : null;
  return { watch, run, spec, trouble, cardLink: cardLinkOf(ctx, watch), tally };
}
