import type { Message } from "../../domain/message.ts";
import type { ModalView } from "../../slack/views/modal.ts";
import { renderNotice } from "../../slack/views/notice.ts";
import { within } from "../../steps/within.ts";
import { LOADING } from "../replies/loading.ts";
import type { Refused } from "../replies/refusal-words.ts";
import { say } from "../replies/say.ts";
import { windowNotOpened } from "../replies/window-not-opened.ts";
import type { Desk } from "./desk.ts";
import type { OpenedWindow } from "./windows.ts";

/** What comes of reading for a window: the window, or why there is none. */
export type Page = { readonly view: ModalView } | Refused;

/** A trigger lives for three seconds: what is not read by now must be read with a window already open. In ms. */
const OPEN_BY = 1_700;
const FAILED = "Sorry, something went wrong on my side. Please close this window and try again.";

type Opening = (view: ModalView) => Promise<OpenedWindow>;

/**
 * Opens a window while its trigger lives, with what belongs into it as soon as that is read. Null when the window says
 * everything; else what is to be said elsewhere. Throws what `read` throws.
 */
export async function openWindow(read: () => Promise<Page>, opening: Opening, desk: Desk): Promise<Message | null> {
  const reading = Promise.resolve().then(read);
  const early = await within(reading, Math.max(0, desk.receivedAt + OPEN_BY - desk.now()));
  if (early && "refused" in early) return say(early.refused);
  const opened = await tryToOpen(opening, early?.view ?? renderNotice(LOADING), desk);
  if (early) return opened === null ? windowNotOpened() : null;
  return fillLater(reading, opened, desk);
}

/** `opened` shows that it is loading, or is null when there is no window to fill. */
async function fillLater(reading: Promise<Page>, opened: OpenedWindow | null, desk: Desk): Promise<Message | null> {
  const fill = (view: ModalView) => (opened?.kind === "opened" ? tryToUpdate(opened.viewId, view, desk) : true);
  try {
    const page = await reading;
    if (opened === null) return "refused" in page ? say(page.refused) : windowNotOpened();
    return (await fill("refused" in page ? renderNotice(page.refused) : page.view)) ? null : windowNotOpened();
  } catch (error) {
    await fill(renderNotice(FAILED));
    throw error;
  }
}

async function tryToOpen(opening: Opening, view: ModalView, desk: Desk): Promise<OpenedWindow | null> {
  try {
    return await opening(view);
  } catch (error) {
    desk.onTrouble("window_failed", error);
    return null;
  }
}

async function tryToUpdate(viewId: string, view: ModalView, desk: Desk): Promise<boolean> {
  try {
    await desk.windows.update(viewId, view, null);
    return true; // also when the person has closed it meanwhile
  } catch (error) {
    desk.onTrouble("window_lost", error);
    return false;
  }
}
