import { type Html, html } from "../render/html.ts";
import type { PageState, Piece } from "../state.ts";
import { channelName, type Viewer } from "../viewer.ts";
import { icon } from "./icons.ts";

/** The head of the middle column: where one is, who is there, and the tabs. */
export function drawHeading({ slack }: PageState, viewer: Viewer): readonly Piece[] {
  const { info } = slack.channel(viewer.channel);
  const sign = info.kind === "im" ? "" : icon(info.archived ? "archive" : info.kind === "private" ? "lock" : "hash");
  const names = [...info.members].map((member) => slack.nameOf(member) ?? member);
  const tabs: readonly (readonly [Viewer["tab"], string])[] = [
    ...(info.isAppDm ? [["home", "Home"] as const] : []),
    ["messages", "Messages"],
    ["files", "Files"],
  ];
  const tab = ([name, title]: readonly [Viewer["tab"], string]) =>
    html`<button type="button" class="tab" data-tab="${name}" aria-pressed="${String(viewer.tab === name)}">${title}</button>`;
  return [
    {
      key: "heading",
      html: html`<h1>${sign}<span>${channelName(slack, info, viewer.user)}</span></h1>
        <span class="members" title="${names.join(", ")}">${memberWords(names.length, info.members.has(slack.app.botUserId), info.kind)}</span>
        <nav class="tabs" aria-label="In this conversation">${tabs.map(tab)}</nav>`.markup,
    },
  ];
}

function memberWords(count: number, hasBot: boolean, kind: string): Html | string {
  if (kind === "im") return hasBot ? html`<span class="badge">APP</span>` : "";
  return `${count} members${hasBot ? "" : ", FindAll is not one"}`;
}
