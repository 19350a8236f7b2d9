import type { Message } from "../../domain/message.ts";
import { renderWatchForm, type WatchFormView } from "../../slack/views/watch-form.ts";
import type { Desk } from "../review/desk.ts";
import { openWindow } from "../review/open-window.ts";

/** Opens the form that asks which run is to be followed. What is to be said when Slack does not open it; else null. */
export function openWatchForm(form: WatchFormView, triggerId: string, desk: Desk): Promise<Message | null> {
  return openWindow(
    async () => ({ view: renderWatchForm(form) }),
    (view) => desk.windows.open(triggerId, view),
    desk,
  );
}
