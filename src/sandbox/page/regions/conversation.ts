import type { Ephemeral, StoredMessage } from "../../fake-slack/model.ts";
import { html } from "../render/html.ts";
import type { PageState, Piece } from "../state.ts";
import { channelName, type Viewer } from "../viewer.ts";
import { dayOf } from "./clock.ts";
import { emptyChannel } from "./empty.ts";
import { drawEphemeral, drawMessage, type ReplyCount } from "./message.ts";

/** Everything in a channel, oldest first, with a line between two days. */
export function drawChannel(state: PageState, viewer: Viewer): readonly Piece[] {
  const { slack } = state;
  const all = slack.channel(viewer.channel).all();
  const replies = countReplies(all);
  const shown = all.filter(
    (message) =>
      !message.hidden &&
      (message.threadTs === null || message.broadcast) &&
      (!message.deleted || replies.has(message.ts)),
  );
  const ephemerals = slack
    .ephemeral(viewer.user)
    .filter((each) => each.channel === viewer.channel && each.threadTs === null);
  const entries = [
    ...shown.map((message) => ({
      ts: message.ts,
      key: `m-${message.ts}`,
      draw: () => drawMessage(state, viewer, message, "channel", replies.get(message.ts)),
    })),
    ...ephemerals.map((each) => ({
      ts: each.ts,
      key: `e-${each.id}`,
      draw: () => drawEphemeral(state, each, "channel"),
    })),
  ].sort((one, other) => (one.ts < other.ts ? -1 : 1));
  if (entries.length === 0) return [{ key: `empty-${viewer.channel}`, html: emptyChannel(state, viewer).markup }];
  let day = "";
  return entries.flatMap(({ ts, key, draw }) => {
    const piece = { key, html: draw().markup };
    const today = dayOf(ts);
    if (today === day) return [piece];
    day = today;
    return [{ key: `day-${today}`, html: html`<h3 class="day"><span>${today}</span></h3>`.markup }, piece];
  });
}

/** The open thread: its first message, how many replies, the replies. */
export function drawThread(state: PageState, viewer: Viewer): readonly Piece[] {
  const { slack } = state;
  const ts = viewer.thread;
  const view = slack.channel(viewer.channel);
  const parent = ts ? view.find(ts) : undefined;
  if (!ts || !parent) return [];
  const replies = view.thread(ts).filter((message) => !message.hidden);
  const only = slack.ephemeral(viewer.user).filter((each) => each.channel === viewer.channel && each.threadTs === ts);
  const count = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
  return [
    { key: `m-${ts}`, html: drawMessage(state, viewer, parent, "thread").markup },
    ...(replies.length > 0 ? [{ key: "count", html: html`<h3 class="day"><span>${count}</span></h3>`.markup }] : []),
    ...[
      ...replies.map((each) => replyPiece(state, viewer, each)),
      ...only.map((each) => ephemeralPiece(state, each)),
    ].sort((one, other) => (one.ts < other.ts ? -1 : 1)),
  ];
}

const replyPiece = (state: PageState, viewer: Viewer, message: StoredMessage) => ({
  ts: message.ts,
  key: `m-${message.ts}`,
  html: drawMessage(state, viewer, message, "thread").markup,
});

const ephemeralPiece = (state: PageState, message: Ephemeral) => ({
  ts: message.ts,
  key: `e-${message.id}`,
  html: drawEphemeral(state, message, "thread").markup,
});

/** The head of the thread's column. */
export function drawThreadHeading({ slack }: PageState, viewer: Viewer): readonly Piece[] {
  if (!viewer.thread) return [];
  const { info } = slack.channel(viewer.channel);
  const place = `${info.kind === "im" ? "" : "#"}${channelName(slack, info, viewer.user)}`;
  return [{ key: "thread-heading", html: html`<h2>Thread</h2><span class="place">${place}</span>`.markup }];
}

function countReplies(all: readonly StoredMessage[]): ReadonlyMap<string, ReplyCount> {
  const counts = new Map<string, ReplyCount>();
  for (const { threadTs, ts, deleted, hidden } of all) {
    if (threadTs === null || deleted || hidden) continue;
    counts.set(threadTs, { count: (counts.get(threadTs)?.count ?? 0) + 1, lastTs: ts });
  }
  return counts;
}
