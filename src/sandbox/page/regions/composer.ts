import { type Html, html } from "../render/html.ts";
import type { PageState, Piece } from "../state.ts";
import { channelName, type Viewer } from "../viewer.ts";
import { icon } from "./icons.ts";
import { shortcutMenu } from "./shortcuts.ts";

/** Where one types; what is typed belongs to the browser and is never overwritten. */
export function drawComposer({ slack, commands, manifest }: PageState, viewer: Viewer): readonly Piece[] {
  const { info } = slack.channel(viewer.channel);
  if (viewer.tab !== "messages") return [];
  const key = `composer-${viewer.channel}`;
  if (info.archived) {
    return [{ key: `${key}-archived`, html: html`<p class="composer-closed">This channel is archived.</p>`.markup }];
  }
  const place = info.kind === "im" ? channelName(slack, info, viewer.user) : `#${info.name}`;
  const hints = commands.map(
    (
      { name, description, usageHint, isBuiltIn },
      index,
    ) => html`<li role="option" id="hint-${index}" data-command="${name}" aria-selected="false">
      <span><b>${name}</b> <span class="usage">${usageHint}</span></span><span class="whose">${isBuiltIn ? "Slack" : slack.app.name}</span>
      <span class="what">${description}</span></li>`,
  );
  return [
    {
      key,
      html: html`<ul class="hints" id="hints" role="listbox" aria-label="Commands" hidden>${hints}</ul>
        ${field({ id: "composer", label: `Message ${place}`, thread: null, hasHints: true, menu: shortcutMenu(manifest, "global", icon("bolt")) })}`
        .markup,
    },
  ];
}

/** The reply field of the open thread. */
export function drawThreadComposer({ slack }: PageState, viewer: Viewer): readonly Piece[] {
  if (!viewer.thread || slack.channel(viewer.channel).info.archived) return [];
  const form = field({ id: "thread-composer", label: "Reply", thread: viewer.thread, hasHints: false, menu: "" });
  return [{ key: `reply-${viewer.thread}`, html: form.markup }];
}

interface Field {
  readonly id: string;
  readonly label: string;
  readonly thread: string | null;
  readonly hasHints: boolean;
  readonly menu: Html | "";
}

function field({ id, label, thread, hasHints, menu }: Field): Html {
  const popup = hasHints
    ? html` role="combobox" aria-autocomplete="list" aria-expanded="false" aria-controls="hints"`
    : "";
  return html`<form class="composer" data-composer${thread ? html` data-thread="${thread}"` : ""}>
    ${menu}<label class="sr-only" for="${id}">${label}</label>
    <textarea id="${id}" name="text" rows="1" placeholder="${label}" autocomplete="off"${popup}></textarea>
    <button type="submit" class="send" title="Send (Enter)" aria-label="Send">${icon("send")}</button>
  </form>`;
}
