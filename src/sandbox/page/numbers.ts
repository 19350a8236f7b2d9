import { entryIdOf, watchIdOf } from "../../domain/ids.ts";
import type { FakeSlack } from "../fake-slack/index.ts";
import type { StoredMessage } from "../fake-slack/model.ts";
import type { StoryPlay, StoryStage } from "../stories/player.ts";

/** One channel following one run, counted from outside: what the run matched against what the thread shows. */
export interface WatchCount {
  readonly channel: string;
  readonly runId: string;
  readonly matched: number;
  /** Different candidates in the thread. */
  readonly posted: number;
  /** Matched and not in the thread, while the thread is still being written. */
  readonly onTheWay: number;
  /** Matched and not in the thread although its end has been told. */
  readonly lost: number;
  /** Times a candidate is in the thread beyond the first. */
  readonly doubled: number;
}

/** How fast the app posts into a channel. */
export interface Pace {
  readonly channel: string;
  readonly posts: number;
  /** Over the last ten seconds. */
  readonly perSecond: number;
  /** Most posts that fell into one second. */
  readonly peak: number;
}

/** The numbers that matter, seen from outside the service. */
export interface Numbers {
  readonly watches: readonly WatchCount[];
  readonly lost: number;
  readonly doubled: number;
  readonly onTheWay: number;
  readonly paces: readonly Pace[];
  readonly rateLimited: number;
  /** Posts whose caller could not know whether they were made. */
  readonly ambiguous: number;
  readonly tooFast: number;
}

const PACE_WINDOW_MS = 10_000;

/** How the fake's log of calls names what left the caller without an answer it can rely on. */
const AMBIGUOUS = /^(lost|reset|hang|html|http_5\d\d)$/;

/** Counts what has happened so far. */
export function countNumbers(slack: FakeSlack, stage: StoryStage, now: number): Numbers {
  const stats = slack.stats();
  const used = slack.channels().filter((channel) => (stats.channels[channel.id]?.posts ?? 0) > 0);
  const watches = used.flatMap(({ id }) => watchesIn(slack, stage, id));
  const sum = (field: "lost" | "doubled" | "onTheWay") => watches.reduce((all, watch) => all + watch[field], 0);
  return {
    watches,
    lost: sum("lost"),
    doubled: sum("doubled"),
    onTheWay: sum("onTheWay"),
    paces: used.map(({ id }) => ({
      channel: id,
      posts: stats.channels[id]?.posts ?? 0,
      perSecond: recentPosts(slack, id, now) / (PACE_WINDOW_MS / 1_000),
      peak: stats.channels[id]?.peakPerSecond ?? 0,
    })),
    rateLimited: stats.rateLimited,
    ambiguous: slack.calls("chat.postMessage").filter((call) => AMBIGUOUS.test(call.error ?? "")).length,
    tooFast: stats.tooFast,
  };
}

function recentPosts(slack: FakeSlack, channel: string, now: number): number {
  const isRecent = (message: StoredMessage) => message.origin === "api" && message.postedAt > now - PACE_WINDOW_MS;
  return slack.channel(channel).all().filter(isRecent).length;
}

function watchesIn(slack: FakeSlack, stage: StoryStage, channel: string): WatchCount[] {
  const byWatch = new Map<string, StoredMessage[]>();
  for (const message of slack.channel(channel).messages()) {
    const watch = message.metadata?.event_payload.watch;
    if (typeof watch === "string") byWatch.set(watch, [...(byWatch.get(watch) ?? []), message]);
  }
  return [...stage.plays].flatMap(([runId, play]) => {
    const watch = watchIdOf(slack.team.id, channel, runId);
    const messages = byWatch.get(watch);
    return messages ? [countWatch(channel, runId, play, watch, messages)] : [];
  });
}

function countWatch(
  channel: string,
  runId: string,
  play: StoryPlay,
  watch: string,
  messages: readonly StoredMessage[],
): WatchCount {
  const ofType = (type: string) => messages.filter((message) => message.metadata?.event_type === type);
  const entries = ofType("findall_candidates").flatMap((message) =>
    String(message.metadata?.event_payload.candidates ?? "").split(" "),
  );
  const posted = new Set(entries);
  const matched = play.run.matchedIds;
  const missing = matched.filter((id) => !posted.has(entryIdOf(watch, "candidate", id))).length;
  // Candidates come before the alert: what is missing after the last one is missing for good.
  const isTold = play.isOver && ofType("findall_completion").length >= play.story.expectation.ends;
  return {
    channel,
    runId,
    matched: matched.length,
    posted: posted.size,
    onTheWay: isTold ? 0 : missing,
    lost: isTold ? missing : 0,
    doubled: entries.length - posted.size,
  };
}
