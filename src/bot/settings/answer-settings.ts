import { renderNotice } from "../../slack/views/notice.ts";
import { renderSettings, SETTINGS_FIELDS } from "../../slack/views/settings.ts";
import { type FormAnswer, formErrors, formUpdate } from "../form-answer.ts";
import { readFormValues } from "../form-values.ts";
import { FORGED_WORDS } from "../replies/forged-click.ts";
import { savedWords, settingsRefused } from "../replies/settings-words.ts";
import type { Desk } from "../review/desk.ts";
import type { Submission } from "../review/payload.ts";
import { readSettingsForm } from "./read-settings-form.ts";

const CHANNEL = /^[CGD][A-Z0-9]{1,30}$/;

/** The settings were sent: saved, or what is wrong is said below the field it is about. */
export async function answerSettings({ view, by }: Submission, desk: Desk): Promise<FormAnswer> {
  const [channelId = "", seen = ""] = view.state.split(" ");
  if (!CHANNEL.test(channelId)) {
    desk.onTrouble("forged", null);
    return formUpdate(renderNotice(FORGED_WORDS));
  }
  const form = readSettingsForm(readFormValues(view.wire));
  if ("errors" in form) return formErrors(form.errors);
  const result = await desk.actions.saveSettings(channelId, form.settings, by, seen);
  if (!("settings" in result)) return settingsBelow(settingsRefused(result, desk.botUserId).plain);
  const again = await desk.actions.readSettings(channelId, by);
  const conditions = again.kind === "settings" ? again.conditions : [];
  const { settings, running } = result;
  return formUpdate(
    renderSettings({ channelId, settings, conditions, running, notice: savedWords(result), now: desk.now() }),
  );
}

/** What concerns the whole form stands below its first field. @param words plain text */
export function settingsBelow(words: string): FormAnswer {
  return formErrors({ [SETTINGS_FIELDS.arrives]: words });
}
