import type { Person } from "../../domain/review.ts";
import type { Watch } from "../../domain/watch.ts";
import { WATCH_ID } from "../../slack/controls.ts";
import { HOME_ACTIONS } from "../../slack/views/home-actions.ts";
import type { Asker } from "../../steps/results.ts";
import { isFirstDelivery } from "../first-delivery.ts";
import { FORGED_WORDS } from "../replies/forged-click.ts";
import { formFailed } from "../replies/form-words.ts";
import { refusalWords } from "../replies/refusal-words.ts";
import { WATCH_GONE } from "../replies/watch-gone.ts";
import type { Desk } from "../review/desk.ts";
import { openWindow } from "../review/open-window.ts";
import type { ModalClick } from "../review/payload.ts";
import { QUEUE_START, queuePage } from "../review/queue-page.ts";
import { openSettings } from "../settings/open-settings.ts";
import { pauseWords, resumeWords, stopWords } from "./home-words.ts";

/** Answers a click in the Home tab that was acknowledged already, in the Home tab. Never rejects. */
export async function onHomeClick(click: ModalClick, desk: Desk): Promise<void> {
  const notice = await noticeFor(click, desk).catch((error: unknown) => {
    const reference = desk.newReference();
    desk.onTrouble("action_failed", error, reference);
    return formFailed(reference);
  });
  if (notice !== null) await desk.actions.showHome(click.by, notice);
}

/** What the person is told; null where a window says it. */
async function noticeFor(click: ModalClick, desk: Desk): Promise<string | null> {
  const { actionId, by } = click;
  const watchId = click.value ?? "";
  if (actionId === HOME_ACTIONS.settings) return settings(click, desk);
  if (!WATCH_ID.test(watchId)) return forged(desk);
  switch (actionId) {
    case HOME_ACTIONS.review:
      return review(click, watchId, desk);
    case HOME_ACTIONS.pause:
    case HOME_ACTIONS.resume:
    case HOME_ACTIONS.stop:
      return act(click, watchId, by, desk);
    default:
      return forged(desk);
  }
}

async function review(click: ModalClick, watchId: string, desk: Desk): Promise<string | null> {
  const refused = await openWindow(
    () => queuePage(desk.actions, { watchId, by: click.by }, QUEUE_START),
    (view) => desk.windows.open(click.triggerId, view),
    desk,
  );
  return refused === null ? null : refused.text;
}

async function act(click: ModalClick, watchId: string, by: Person, desk: Desk): Promise<string | null> {
  const { actions } = desk;
  if (!(await isFirstDelivery(click.deliveryId, actions))) return null;
  const found = await actions.watchForPerson(watchId, by);
  if (found.kind === "not_watched") return WATCH_GONE.refused;
  if (found.kind !== "watch") return refusalWords(found);
  const { runId } = found.watch;
  const asker = askerIn(found.watch, by);
  if (click.actionId === HOME_ACTIONS.pause) return pauseWords(await actions.pauseWatch(runId, asker), runId);
  if (click.actionId === HOME_ACTIONS.resume) return resumeWords(await actions.resumeWatch(runId, asker), runId);
  return stopWords(await actions.stopWatch(runId, asker), runId);
}

/** The person as if they had typed it in the watch's channel. */
function askerIn({ channel }: Watch, by: Person): Asker {
  return { userId: by.id, userName: by.name, channelId: channel, channelName: "", responseUrl: null };
}

function forged(desk: Desk): string {
  desk.onTrouble("forged", null);
  return FORGED_WORDS;
}

/** The Home tab knows whom it shows a channel to; whether they are still in it is asked again. */
async function settings({ value, by, triggerId }: ModalClick, desk: Desk): Promise<string | null> {
  if (value === null || !/^[CGD][A-Z0-9]{1,30}$/.test(value)) return forged(desk);
  const { isOpen, words } = await openSettings(desk, value, by, triggerId);
  return isOpen ? null : words.text;
}
