import type { Message } from "../domain/message.ts";
import type { Person } from "../domain/review.ts";
import type { Asker, OutsideTrouble } from "../steps/results.ts";
import type { Command } from "./command.ts";
import type { BotActions } from "./deps.ts";
import { helpAnswer } from "./help-answer.ts";
import { listAnswer } from "./list-answer.ts";
import { muteLine } from "./parse-mute.ts";
import { watchLine } from "./parse-overrides.ts";
import { pauseAnswer } from "./pause-answer.ts";
import { alreadyOver } from "./replies/already-over.ts";
import { alreadyWatching } from "./replies/already-watching.ts";
import { answerUnreadable } from "./replies/answer-unreadable.ts";
import { badDuration } from "./replies/bad-duration.ts";
import { badId } from "./replies/bad-id.ts";
import { badOption } from "./replies/bad-option.ts";
import { badOverride } from "./replies/bad-override.ts";
import { channelRefused } from "./replies/channel-refused.ts";
import { foldSet, foldUsage } from "./replies/fold.ts";
import { idRefused } from "./replies/id-refused.ts";
import { keyRejected } from "./replies/key-rejected.ts";
import { missingId } from "./replies/missing-id.ts";
import { notFollowed } from "./replies/not-followed-here.ts";
import { notWatched } from "./replies/not-watched.ts";
import { parallelDown } from "./replies/parallel-down.ts";
import { reopened } from "./replies/reopened.ts";
import { runNotFound } from "./replies/run-not-found.ts";
import { slackDown } from "./replies/slack-down.ts";
import { status } from "./replies/status.ts";
import { stopped } from "./replies/stopped.ts";
import { storeDown } from "./replies/store-down.ts";
import { unknownCommand } from "./replies/unknown-command.ts";
import { watching } from "./replies/watching.ts";
import type { Desk } from "./review/desk.ts";
import { exportAnswer } from "./review/export-answer.ts";
import { openWindow } from "./review/open-window.ts";
import { QUEUE_START, queuePage } from "./review/queue-page.ts";
import { openSettings } from "./settings/open-settings.ts";

/** What a route may use: the steps, and who asked where. */
export interface RouteContext {
  readonly actions: BotActions;
  readonly asker: Asker;
  readonly botUserId: string;
  /** Opens one window, within three seconds. */
  readonly triggerId: string;
  readonly desk: Desk;
}

type Of<Kind extends Command["kind"]> = Extract<Command, { kind: Kind }>;
type Routes = {
  readonly [Kind in Command["kind"]]: (command: Of<Kind>, context: RouteContext) => Promise<Message | null>;
};

/** Command → step → words; null where a window says them. */
export const routes: Routes = {
  watch: async ({ id, overrides = null }, context) => {
    const result = await context.actions.startWatch(id, context.asker, overrides);
    switch (result.kind) {
      case "watching":
        return watching(result, overrides);
      case "already_watching":
        return alreadyWatching(result, overrides);
      case "reopened":
        return reopened(result, overrides);
      case "channel_refused":
        return channelRefused(result.refusal, id, context.botUserId);
      default:
        return outsideTrouble(result, watchLine(id, overrides), id);
    }
  },
  stop: async ({ id }, context) => {
    const result = await context.actions.stopWatch(id, context.asker);
    switch (result.kind) {
      case "stopped":
        return stopped(result);
      case "already_over":
        return alreadyOver(result);
      case "not_watched":
        return notWatched(id);
      case "store_unavailable":
        return storeDown(`/findall stop ${id}`);
    }
  },
  status: async ({ id }, context) => {
    const result = await context.actions.runStatus(id, context.asker);
    return result.kind === "status"
      ? status(result, context.desk.now())
      : outsideTrouble(result, `/findall status ${id}`, id);
  },
  pause: async ({ id }, { actions, asker }) => pauseAnswer(await actions.pauseWatch(id, asker), `pause ${id}`, id),
  resume: async ({ id }, { actions, asker }) => pauseAnswer(await actions.resumeWatch(id, asker), `resume ${id}`, id),
  mute: async ({ id, forMs }, { actions, asker }) =>
    pauseAnswer(await actions.muteWatch(id, asker, forMs), muteLine(id, forMs), id),
  list: (command, { actions, asker, desk }) =>
    listAnswer(actions, { by: personOf(asker), channelId: asker.channelId }, { ...command, now: desk.now() }),
  settings: async (_command, { asker, desk, triggerId }) =>
    (await openSettings(desk, asker.channelId, personOf(asker), triggerId)).words,
  review: ({ id }, context) => openReview(id, context),
  export: async ({ id, format, filter }, { actions, asker }) => {
    const watchId = actions.watchIdFor(id, asker.channelId);
    return exportAnswer(await actions.exportReviews(watchId, personOf(asker), format, filter), id);
  },
  fold: async ({ fold }, { actions, asker }) => {
    if (fold === null) return foldUsage();
    const result = await actions.setFold(asker.channelId, fold);
    return result.kind === "set" ? foldSet(result.fold) : storeDown(`/findall fold ${fold ? "on" : "off"}`);
  },
  help: (_command, context) => helpAnswer(context),
  missing_id: async ({ command }) => missingId(command),
  bad_override: async ({ trouble, suggestion }) => badOverride(trouble, suggestion),
  bad_duration: async ({ word, suggestion }) => badDuration(word, suggestion),
  bad_option: async ({ word, suggestion }) => badOption(word, suggestion),
  unknown: async ({ word, suggestion }) => unknownCommand(word, suggestion),
  bad_id: async ({ command, reason, ids }) => badId(command, reason, ids),
};

/** Whether a command may change something, so that a second delivery of it must not be answered as if it were new. */
export function changesSomething(command: Command): boolean {
  return ["watch", "stop", "export", "fold", "pause", "resume", "mute"].includes(command.kind);
}

/** Runs the route of a command; every kind has one. */
export function route(command: Command, context: RouteContext): Promise<Message | null> {
  const handle = routes[command.kind] as (command: Command, context: RouteContext) => Promise<Message | null>;
  return handle(command, context);
}

function openReview(runId: string, { actions, asker, triggerId, desk }: RouteContext): Promise<Message | null> {
  const watchId = actions.watchIdFor(runId, asker.channelId);
  const place = { watchId, by: personOf(asker), gone: notFollowed(runId) };
  return openWindow(
    () => queuePage(actions, place, QUEUE_START),
    (view) => desk.windows.open(triggerId, view),
    desk,
  );
}

/** Who asked, as a person. */
function personOf({ userId, userName }: Asker): Person {
  return { id: userId, name: userName };
}

function outsideTrouble(trouble: OutsideTrouble, retry: string, id: string): Message {
  switch (trouble.kind) {
    case "run_not_found":
      return runNotFound(id);
    case "id_refused":
      return idRefused(id, trouble.detail);
    case "api_key_rejected":
      return keyRejected(retry);
    case "parallel_unavailable":
      return parallelDown(retry);
    case "answer_unreadable":
      return answerUnreadable(retry, trouble.detail);
    case "store_unavailable":
      return storeDown(retry);
    case "slack_unavailable":
      return slackDown(retry);
  }
}
