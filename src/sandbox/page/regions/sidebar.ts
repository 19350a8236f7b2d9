import type { Channel } from "../../fake-slack/model.ts";
import { type Html, html } from "../render/html.ts";
import type { PageState, Piece } from "../state.ts";
import { channelName, channelsOf, type Viewer } from "../viewer.ts";
import { avatar } from "./avatar.ts";
import { icon } from "./icons.ts";

/** Who one is; a click makes one somebody else. */
export function drawPeople({ slack }: PageState, viewer: Viewer): readonly Piece[] {
  const people = slack.people().map(
    ({
      id,
      realName,
    }) => html`<button type="button" class="person" data-user="${id}" aria-pressed="${String(id === viewer.user)}" title="Be ${realName}">
      ${avatar(slack, id)}<span>${realName}</span></button>`,
  );
  return [
    { key: "people", html: html`<div class="people" role="group" aria-label="Who you are">${people}</div>`.markup },
  ];
}

/** The channels a person can see, with what is new in them. */
export function drawChannels(state: PageState, viewer: Viewer): readonly Piece[] {
  const { slack } = state;
  const visible = channelsOf(slack, viewer.user);
  const section = (title: string, channels: readonly Channel[]) => html`<h2>${title}</h2>
    <ul>${channels.map((channel) => html`<li>${link(state, viewer, channel)}</li>`)}</ul>`;
  const channels = visible.filter((channel) => channel.kind !== "im");
  const direct = visible.filter((channel) => channel.kind === "im");
  return [
    {
      key: "channels",
      html: html`${section("Channels", channels)}${section("Direct messages", direct)}`.markup,
    },
  ];
}

function link(state: PageState, viewer: Viewer, channel: Channel): Html {
  const { slack } = state;
  const isHere = channel.id === viewer.channel;
  const unread = isHere ? 0 : unreadIn(state, viewer.user, channel);
  const sign = channel.kind === "im" ? dmSign(state, viewer, channel) : icon(signOf(channel));
  const note = noteOf(state, channel);
  return html`<a class="channel" href="?user=${viewer.user}&channel=${channel.id}" data-go-channel="${channel.id}"${
    isHere ? html` aria-current="page"` : ""
  }${unread > 0 ? html` data-unread` : ""}>${sign}<span class="name">${channelName(slack, channel, viewer.user)}</span>${
    note ? html`<span class="note">${note}</span>` : ""
  }${unread > 0 ? html`<span class="count">${unread}<span class="sr-only"> new</span></span>` : ""}</a>`;
}

function signOf(channel: Channel): "archive" | "lock" | "hash" {
  if (channel.archived) return "archive";
  return channel.kind === "private" ? "lock" : "hash";
}

function dmSign({ slack }: PageState, viewer: Viewer, channel: Channel): Html {
  const other = [...channel.members].find((member) => member !== viewer.user) ?? viewer.user;
  return avatar(slack, other);
}

function noteOf({ slack }: PageState, channel: Channel): string | null {
  if (channel.archived) return "archived";
  if (channel.kind === "im") return null;
  return channel.members.has(slack.app.botUserId) ? null : "no bot";
}

function unreadIn({ slack, seen }: PageState, user: string, channel: Channel): number {
  const last = seen.get(`${user} ${channel.id}`) ?? "";
  const isNew = (message: { ts: string; user: string }) => message.ts > last && message.user !== user;
  const roots = slack.channel(channel.id).roots().filter(isNew).length;
  const only = slack.ephemeral(user).filter((each) => each.channel === channel.id && each.ts > last).length;
  return roots + only;
}

/** Notes that a person has now seen everything in a channel. */
export function noteSeen({ slack, seen }: PageState, { user, channel, tab }: Viewer): void {
  if (tab !== "messages") return;
  const newest = [slack.channel(channel).roots().at(-1)?.ts ?? "", ...ephemeralTimes(slack, user, channel)];
  const last = newest.reduce((one, other) => (one > other ? one : other));
  seen.set(`${user} ${channel}`, last);
}

function ephemeralTimes(slack: PageState["slack"], user: string, channel: string): readonly string[] {
  return slack.ephemeral(user).flatMap((each) => (each.channel === channel ? [each.ts] : []));
}
