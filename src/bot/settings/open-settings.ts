import type { Message } from "../../domain/message.ts";
import type { Person } from "../../domain/review.ts";
import { renderSettings } from "../../slack/views/settings.ts";
import type { SettingsResult } from "../../steps/settings-results.ts";
import { settingsNow, settingsRefused } from "../replies/settings-words.ts";
import { windowNotOpened } from "../replies/window-not-opened.ts";
import type { Desk } from "../review/desk.ts";
import { openWindow, type Page } from "../review/open-window.ts";

export interface OpenedSettings {
  /** Whether the window is there; else the words say why not. */
  readonly isOpen: boolean;
  /** What is set, in one line; or why that cannot be said. */
  readonly words: Message;
}

/** Opens the form with what a channel has set, for one who is in it. Throws what reading throws. */
export async function openSettings(
  desk: Desk,
  channelId: string,
  by: Person,
  triggerId: string,
): Promise<OpenedSettings> {
  let shown: Extract<SettingsResult, { kind: "settings" }> | null = null;
  const read = async (): Promise<Page> => {
    const result = await desk.actions.readSettings(channelId, by);
    if (result.kind !== "settings") return settingsRefused(result, desk.botUserId);
    shown = result;
    const { settings, conditions, running } = result;
    return { view: renderSettings({ channelId, settings, conditions, running, notice: null, now: desk.now() }) };
  };
  const trouble = await openWindow(read, (view) => desk.windows.open(triggerId, view), desk);
  if (shown !== null) return { isOpen: trouble === null, words: settingsNow(shown, trouble === null) };
  return { isOpen: false, words: trouble ?? windowNotOpened() };
}
