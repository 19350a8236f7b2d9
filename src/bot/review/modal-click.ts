import { ACTIONS, VIEWS } from "../../slack/controls.ts";
import { formFailed } from "../replies/form-words.ts";
import type { Desk } from "./desk.ts";
import { inDetails } from "./in-details.ts";
import { inQueue } from "./in-queue.ts";
import type { NextView } from "./next-view.ts";
import type { ModalClick } from "./payload.ts";
import { withNotice } from "./view-notice.ts";

/** Answers a click in a modal that was acknowledged already. Never rejects. */
export async function onModalClick(click: ModalClick, desk: Desk): Promise<void> {
  try {
    await show(await nextView(click, desk), click, desk);
  } catch (error) {
    const reference = desk.newReference();
    desk.onTrouble("action_failed", error, reference);
    await show({ notice: formFailed(reference) }, click, desk).catch((lost) => desk.onTrouble("answer_lost", lost));
  }
}

/** Null when nothing changes on the screen. */
async function nextView(click: ModalClick, desk: Desk): Promise<NextView | null> {
  if (click.actionId === ACTIONS.open) return null;
  if (click.view.callbackId === VIEWS.details) return inDetails(click, desk);
  if (click.view.callbackId === VIEWS.queue) return inQueue(click, desk);
  return null;
}

async function show(next: NextView | null, { view }: ModalClick, { windows }: Desk): Promise<void> {
  if (next === null) return;
  const shown = "notice" in next ? withNotice(view, next.notice) : next.view;
  // With the hash of what was clicked on, the answer to an older click cannot take the place of a newer one's.
  const outcome = await windows.update(view.id, shown, view.hash);
  if (outcome === "outdated" && "view" in next && next.insist) await windows.update(view.id, next.view, null);
}
