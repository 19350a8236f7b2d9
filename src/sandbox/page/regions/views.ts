import type { Json, StoredView } from "../../fake-slack/model.ts";
import { renderBlocks } from "../render/blocks.ts";
import { type Html, html } from "../render/html.ts";
import type { PageState, Piece } from "../state.ts";
import type { Viewer } from "../viewer.ts";
import { emptyHome } from "./empty.ts";
import { icon } from "./icons.ts";
import { lookOf } from "./look.ts";

/** The app's Home as this person sees it. */
export function drawHome({ slack }: PageState, viewer: Viewer): readonly Piece[] {
  const home = slack.views.home(viewer.user);
  if (!home) return [{ key: "home-empty", html: emptyHome().markup }];
  const blocks = blocksOf({ slack }, home);
  return [
    { key: `home-${home.id}`, html: html`<article class="home" data-view="${home.id}">${blocks}</article>`.markup },
  ];
}

/** The modals a person has open, the topmost last. */
export function drawModals({ slack }: PageState, viewer: Viewer): readonly Piece[] {
  return slack.views.modals(viewer.user).map((view) => ({ key: view.id, html: drawModal({ slack }, view).markup }));
}

function drawModal(state: Pick<PageState, "slack">, stored: StoredView): Html {
  const { view, id } = stored;
  const submit = plain(view.submit);
  const close = plain(view.close) ?? (submit ? "Cancel" : "Close");
  return html`<dialog class="modal" data-modal="${id}" data-view="${id}" aria-labelledby="title-${id}">
    <form method="dialog" data-view-form novalidate>
      <header><h2 id="title-${id}">${plain(view.title) ?? "Untitled"}</h2>
        <button type="button" class="icon-button" data-dismiss aria-label="Close">${icon("close")}</button></header>
      <div class="modal-body">${blocksOf(state, stored)}</div>
      <footer><button type="button" class="button" data-dismiss>${close}</button>${
        submit ? html`<button type="submit" class="button primary">${submit}</button>` : ""
      }</footer>
    </form>
  </dialog>`;
}

function blocksOf({ slack }: Pick<PageState, "slack">, { view, id }: StoredView): Html {
  const blocks = Array.isArray(view.blocks) ? (view.blocks as Json[]) : [];
  return { markup: renderBlocks(blocks, lookOf(slack, id)) };
}

function plain(value: unknown): string | undefined {
  const text = (value as { text?: unknown } | null | undefined)?.text;
  return typeof text === "string" ? text : undefined;
}
