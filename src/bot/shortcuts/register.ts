import type { App } from "@slack/bolt";
import { FORMS, SHORTCUTS } from "../../slack/controls.ts";
import type { BotLogger } from "../bolt-logger.ts";
import type { BotDeps } from "../deps.ts";
import { ephemeral } from "../ephemeral.ts";
import { inTime } from "../form-answer.ts";
import { readSubmission } from "../review/payload.ts";
import { acknowledge, deskOf } from "../review/register.ts";
import { answerSettings, settingsBelow } from "../settings/answer-settings.ts";
import { answerMessageShortcut } from "./message-shortcut.ts";
import { openWatchForm } from "./open-watch-form.ts";
import { readShortcut } from "./read-shortcut.ts";
import { answerWatchForm, watchBelow } from "./watch-form.ts";

/** The two shortcuts, and the forms that are no review. @param inHand keeps what is being worked on until it is done */
export function registerShortcuts(
  app: App,
  deps: BotDeps,
  log: BotLogger,
  inHand: (work: Promise<void>) => Promise<void>,
): void {
  const receivedAtOf = (receivedAt: unknown) => (typeof receivedAt === "number" ? receivedAt : deps.now());

  app.shortcut(
    { callback_id: SHORTCUTS.watchMessage, type: "message_action" },
    async ({ body, ack, respond, client, context }) => {
      const arrival = { deps, log, client, receivedAt: receivedAtOf(context.receivedAt) };
      await acknowledge(ack, "shortcut", arrival);
      const use = readShortcut(body);
      const useLog = log.child({ shortcut: SHORTCUTS.watchMessage, user: use.by.id, channel: use.channelId });
      const inThread = use.threadTs === null ? {} : { thread_ts: use.threadTs };
      const voice = {
        respond: async (message: Parameters<typeof ephemeral>[0], replaces = false) => {
          await respond({ ...ephemeral(message), replace_original: replaces, ...inThread });
        },
        postEphemeral: async ({ text, blocks }: Parameters<typeof ephemeral>[0]) => {
          const place = { channel: use.channelId, user: use.by.id, ...inThread };
          await client.chat.postEphemeral({ ...place, text, blocks: [...blocks] as never[] });
        },
      };
      await inHand(answerMessageShortcut(use, deskOf(arrival, useLog), voice, deps.config.botUserId));
    },
  );

  app.shortcut({ callback_id: SHORTCUTS.watch, type: "shortcut" }, async ({ body, ack, client, context }) => {
    const arrival = { deps, log, client, receivedAt: receivedAtOf(context.receivedAt) };
    await acknowledge(ack, "shortcut", arrival);
    const useLog = log.child({ shortcut: SHORTCUTS.watch, user: body.user.id });
    await inHand(openWatchForm({ channelId: null, ids: [] }, body.trigger_id, deskOf(arrival, useLog)).then(() => {}));
  });

  app.view({ type: "view_submission", callback_id: FORMS.settings }, async ({ body, ack, client, context }) => {
    const arrival = { deps, log, client, receivedAt: receivedAtOf(context.receivedAt) };
    const form = readSubmission(body);
    const desk = deskOf(arrival, log.child({ form: FORMS.settings, user: form.by.id }));
    const work = inTime(() => answerSettings(form, desk), settingsBelow, desk);
    await inHand(work.then((answer) => acknowledge(() => ack(answer as never), "view", arrival)));
  });

  app.view({ type: "view_submission", callback_id: FORMS.watch }, async ({ body, ack, client, context }) => {
    const arrival = { deps, log, client, receivedAt: receivedAtOf(context.receivedAt) };
    const form = readSubmission(body);
    const desk = deskOf(arrival, log.child({ form: FORMS.watch, user: form.by.id }));
    const { soon, later } = answerWatchForm(form, desk, deps.config.botUserId);
    const work = inTime(() => soon, watchBelow, desk);
    await inHand(work.then((answer) => acknowledge(() => ack(answer as never), "view", arrival)).then(() => later));
  });
}
