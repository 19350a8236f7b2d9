import { entryIdOf, watchIdOf } from "../../domain/ids.ts";
import type { FakeSlack } from "../fake-slack/index.ts";
import type { StoredMessage } from "../fake-slack/model.ts";

/** What the app has posted, by what its messages say they are, counted as it arrives. */
export interface Arrivals {
  /** When a candidate first stood in the channel's thread (ms), or undefined. */
  readonly candidateAt: (channel: string, runId: string, candidateId: string) => number | undefined;
  /** When the watch's card was first posted (ms), or undefined. */
  readonly cardAt: (channel: string, runId: string) => number | undefined;
  readonly count: (kind: "cards" | "candidates" | "completions") => number;
  /** Candidates, cards and alerts that stand in Slack more than once, each time beyond the first counted. */
  readonly doubled: () => number;
  /** Resolves when all these candidates stand in the channel's thread; with when the last one came (ms). */
  readonly all: (
    watches: readonly { readonly channel: string; readonly runId: string; readonly ids: readonly string[] }[],
    timeoutMs: number,
  ) => Promise<number>;
}

/** Listens from now on. */
export function countArrivals(slack: FakeSlack): Arrivals {
  const seen = {
    cards: new Map<string, number>(),
    candidates: new Map<string, number>(),
    completions: new Map<string, number>(),
  };
  let doubled = 0;
  const note = (kind: keyof typeof seen, key: string, at: number) => {
    if (seen[kind].has(key)) doubled += 1;
    else seen[kind].set(key, at);
  };
  slack.on("message", (message) => {
    for (const [kind, key] of contentOf(message)) note(kind, key, message.postedAt);
  });
  const keyOf = (channel: string, runId: string, id: string) =>
    entryIdOf(watchIdOf(slack.team.id, channel, runId), "candidate", id);
  const candidateAt = (channel: string, runId: string, id: string) => seen.candidates.get(keyOf(channel, runId, id));
  return {
    candidateAt,
    cardAt: (channel, runId) => seen.cards.get(watchIdOf(slack.team.id, channel, runId)),
    count: (kind) => seen[kind].size,
    doubled: () => doubled,
    all: async (watches, timeoutMs) => {
      const missing = new Set(watches.flatMap(({ channel, runId, ids }) => ids.map((id) => keyOf(channel, runId, id))));
      const wanted = [...missing];
      await slack.waitFor(
        () => {
          for (const key of missing) if (seen.candidates.has(key)) missing.delete(key);
          return missing.size === 0;
        },
        { timeoutMs, describe: `${wanted.length} candidates in their threads` },
      );
      return Math.max(0, ...wanted.map((key) => seen.candidates.get(key) ?? 0));
    },
  };
}

function contentOf(message: StoredMessage): readonly (readonly ["cards" | "candidates" | "completions", string])[] {
  const { event_type: type, event_payload: payload } = message.metadata ?? {};
  if (type === "findall_card") return [["cards", String(payload?.watch)]];
  if (type === "findall_completion") return [["completions", String(payload?.id)]];
  if (type !== "findall_candidates") return [];
  return String(payload?.candidates)
    .split(" ")
    .map((key) => ["candidates", key] as const);
}
