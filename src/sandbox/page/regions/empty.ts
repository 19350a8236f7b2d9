import { type Html, html } from "../render/html.ts";
import type { PageState } from "../state.ts";
import type { Viewer } from "../viewer.ts";
import { icon } from "./icons.ts";

/** What an empty channel says: what to do here first. */
export function emptyChannel({ slack, stage }: PageState, viewer: Viewer): Html {
  const { info } = slack.channel(viewer.channel);
  if (info.archived) return hint("Nothing was ever said here, and the channel is archived.");
  if (info.isAppDm) return hint("FindAll writes here when something needs you, such as a watch that cannot go on.");
  if (info.kind === "im") return hint("A conversation between two people. FindAll is not part of it.");
  if (!info.members.has(slack.app.botUserId)) {
    return html`<section class="empty">
      <h3>FindAll is not in this channel</h3>
      <p>Type <kbd>/findall run_demo</kbd> to see what it says then, or <kbd>/invite @FindAll</kbd> to bring it in.</p>
    </section>`;
  }
  return html`<section class="empty">
    <h3>${stage.plays.size === 0 ? "Watch a FindAll run arrive" : "Nothing here yet"}</h3>
    <p>Type <kbd>/findall run_demo</kbd> below, as you would in Slack. Or start a story:</p>
    <p class="empty-actions">
      <button type="button" class="button primary" data-story="run_demo">${icon("play")} A steady run</button>
      <button type="button" class="button" data-story="run_old">${icon("play")} A finished run</button>
      <button type="button" class="button" data-room="open">${icon("sliders")} More in the control room</button>
    </p>
    <p class="aside">It is the real service that answers; Slack, Parallel and the run are played.</p>
  </section>`;
}

/** What the Home tab says before the app has drawn it. */
export function emptyHome(): Html {
  return hint("FindAll has not drawn a Home for you.");
}

/** What the Files tab says before there are any. */
export function emptyFiles(): Html {
  return hint("No files here yet. An export of a run becomes a file.");
}

function hint(words: string): Html {
  return html`<section class="empty"><p>${words}</p></section>`;
}
