import { topLevelReading } from "../../fake-slack/live-content.ts";
import type { Ephemeral, Json, StoredMessage } from "../../fake-slack/model.ts";
import { EMOJI } from "../reactions.ts";
import { renderBlocks } from "../render/blocks.ts";
import { type Html, html } from "../render/html.ts";
import type { Look } from "../render/look.ts";
import { renderMrkdwn } from "../render/mrkdwn.ts";
import type { PageState } from "../state.ts";
import type { Viewer } from "../viewer.ts";
import { avatar } from "./avatar.ts";
import { isoOf, timeOf } from "./clock.ts";
import { fileCard } from "./files.ts";
import { icon } from "./icons.ts";
import { lookOf } from "./look.ts";
import { shortcutMenu } from "./shortcuts.ts";

/** What is known of a message's thread. */
export interface ReplyCount {
  readonly count: number;
  readonly lastTs: string;
}

/** Where a message is drawn: the same one can be in the channel and in its thread. */
type Surface = "channel" | "thread";

interface Drawn {
  /** "Today" is another day tomorrow. */
  readonly day: string;
  readonly html: Html;
}

/** Messages are never changed in place, so what was drawn of one stays good for the day. */
const drawn: Readonly<Record<Surface, WeakMap<object, Drawn>>> = { channel: new WeakMap(), thread: new WeakMap() };

/** A message as a person sees it in a channel or thread. */
export function drawMessage(
  state: PageState,
  viewer: Viewer,
  message: StoredMessage,
  surface: Surface,
  replies?: ReplyCount,
): Html {
  const { slack } = state;
  if (message.deleted) return tombstone(message, replies);
  const isApp = message.user === slack.app.botUserId;
  return html`<article class="message" data-message data-channel="${message.channel}" data-ts="${message.ts}">
    ${avatar(slack, message.user)}
    <div class="message-main">
      ${
        message.broadcast
          ? html`<p class="message-context">replied to a thread${
              surface === "channel"
                ? html`: ${openThread(message.threadTs ?? message.ts, "show it")}`
                : ", and in the channel"
            }</p>`
          : ""
      }
      <header class="message-head"><b class="author">${slack.nameOf(message.user) ?? message.user}</b>${
        isApp ? html`<span class="badge">APP</span>` : ""
      }<time datetime="${isoOf(message.ts)}">${timeOf(message.ts)}</time></header>
      <div class="message-body">${body(state, message, surface)}${message.edited ? html`<span class="edited">(edited)</span>` : ""}</div>
      ${reactionRow(state, viewer, message)}
      ${replies ? replyRow(message.ts, replies) : ""}
    </div>
    ${tools(state, message, surface)}
  </article>`;
}

/** A message that only one person sees. */
export function drawEphemeral(state: PageState, message: Ephemeral, surface: Surface): Html {
  const { slack } = state;
  const isSlackbot = message.origin === "slackbot";
  const author = isSlackbot ? "Slackbot" : slack.app.name;
  return html`<article class="message ephemeral" data-ephemeral="${message.id}" data-channel="${message.channel}">
    ${avatar(slack, isSlackbot ? "slackbot" : slack.app.botUserId)}
    <div class="message-main">
      <p class="message-context">${icon("eye")} Only visible to you</p>
      <header class="message-head"><b class="author">${author}</b><span class="badge">APP</span><time datetime="${isoOf(message.ts)}">${timeOf(message.ts)}</time></header>
      <div class="message-body">${body(state, message, surface)}</div>
    </div>
  </article>`;
}

function body(state: PageState, message: StoredMessage | Ephemeral, surface: Surface): Html {
  const today = new Date().toDateString();
  const kept = drawn[surface].get(message);
  if (kept?.day === today) return kept.html;
  const look = lookOf(state.slack, `${surface}-${message.ts.replace(".", "-")}`);
  const { text, blocks, attachments, flags } = message;
  const main =
    blocks.length > 0
      ? renderBlocks(blocks, look)
      : html`<div class="text">${{ markup: renderMrkdwn(text, look, topLevelReading(flags)) }}</div>`.markup;
  const files = "files" in message ? message.files.map((file) => fileCard(file).markup).join("") : "";
  const result = { markup: main + attachments.map((each) => attachmentHtml(each, look).markup).join("") + files };
  drawn[surface].set(message, { day: today, html: result });
  return result;
}

function attachmentHtml(attachment: Json, look: Look): Html {
  const blocks = Array.isArray(attachment.blocks) ? (attachment.blocks as Json[]) : [];
  if (blocks.length === 0)
    return html`<p class="attachment">Attachment: <code>${JSON.stringify(attachment)}</code></p>`;
  return html`<div class="attachment">${{ markup: renderBlocks(blocks, look) }}</div>`;
}

function tombstone(message: StoredMessage, replies?: ReplyCount): Html {
  return html`<article class="message tombstone" data-ts="${message.ts}">
    <span class="avatar avatar-gone" aria-hidden="true"></span>
    <div class="message-main"><p class="message-context">This message was deleted.</p>${
      replies ? replyRow(message.ts, replies) : ""
    }</div>
  </article>`;
}

function replyRow(ts: string, { count, lastTs }: ReplyCount): Html {
  const label = html`<b>${count === 1 ? "1 reply" : `${count} replies`}</b> <span>Last reply ${timeOf(lastTs)}</span>`;
  return html`<button type="button" class="replies" data-open-thread="${ts}">${label}</button>`;
}

function openThread(ts: string, words: string): Html {
  return html`<button type="button" class="link" data-open-thread="${ts}">${words}</button>`;
}

function reactionRow({ reactions, slack }: PageState, viewer: Viewer, message: StoredMessage): Html | "" {
  const given = [...reactions.of(message.channel, message.ts)];
  if (given.length === 0) return "";
  const one = ([name, users]: readonly [string, readonly string[]]) => {
    const who = users.map((user) => slack.nameOf(user) ?? user).join(", ");
    const mine = users.includes(viewer.user);
    return html`<button type="button" class="reaction" data-react="${name}" aria-pressed="${String(mine)}" title="${who}" aria-label="${who} reacted with ${name}">${EMOJI[name]} ${users.length}</button>`;
  };
  return html`<div class="reactions">${given.map(one)}</div>`;
}

/** What one can do with a message: shown while it is pointed at or focused. */
function tools({ manifest }: PageState, message: StoredMessage, surface: Surface): Html {
  const react = Object.entries(EMOJI)
    .slice(0, 3)
    .map(
      ([name, sign]) =>
        html`<button type="button" class="tool" data-react="${name}" title="React with ${name}" aria-label="React with ${name}">${sign}</button>`,
    );
  const reply = html`<button type="button" class="tool" data-open-thread="${message.threadTs ?? message.ts}" title="Reply in thread" aria-label="Reply in thread">${icon("reply")}</button>`;
  const more = shortcutMenu(manifest, "message", html`<span aria-hidden="true">⋯</span>`);
  return html`<div class="message-tools">${react}${surface === "channel" ? reply : ""}${more}</div>`;
}
