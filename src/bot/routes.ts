import type { Message } from "../domain/message.ts";
import type { Person } from "../domain/review.ts";
import type { Asker } from "../steps/results.ts";
import type { Command } from "./command.ts";
import type { BotActions } from "./deps.ts";
import { helpAnswer } from "./help-answer.ts";
import { listAnswer } from "./list-answer.ts";
import { muteLine } from "./parse-mute.ts";
import { watchLine } from "./parse-overrides.ts";
import { pauseAnswer } from "./pause-answer.ts";
import { alreadyOver } from "./replies/already-over.ts";
import { badDuration } from "./replies/bad-duration.ts";
import { badId } from "./replies/bad-id.ts";
import { badOption } from "./replies/bad-option.ts";
import { badOverride } from "./replies/bad-override.ts";
import { besideSettings } from "./replies/beside-settings.ts";
import { foldSet, foldUsage } from "./replies/fold.ts";
import { missingId } from "./replies/missing-id.ts";
import { notFollowed, notFollowedHere } from "./replies/not-followed-here.ts";
import { notWatched } from "./replies/not-watched.ts";
import { runNotFound } from "./replies/run-not-found.ts";
import { status } from "./replies/status.ts";
import { stopped } from "./replies/stopped.ts";
import { storeDown } from "./replies/store-down.ts";
import { unknownCommand } from "./replies/unknown-command.ts";
import type { Desk } from "./review/desk.ts";
import { exportAnswer } from "./review/export-answer.ts";
import { openWindow } from "./review/open-window.ts";
import { QUEUE_START, queuePage } from "./review/queue-page.ts";
import { openSettings } from "./settings/open-settings.ts";
import { meantLine } from "./similar-run.ts";
import { outsideTrouble, startAnswer } from "./start-answer.ts";

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
    if (result.kind === "run_not_found") {
      return runNotFound(id, await meantLine(context, id, (run) => watchLine(run, overrides)));
    }
    return startAnswer(result, id, overrides, context.botUserId);
  },
  stop: async ({ id }, context) => {
    const result = await context.actions.stopWatch(id, context.asker);
    switch (result.kind) {
      case "stopped":
        return stopped(result);
      case "already_over":
        return alreadyOver(result);
      case "not_watched":
        return notWatched(id, await meantLine(context, id, (run) => `/findall stop ${run}`));
      case "store_unavailable":
        return storeDown(`/findall stop ${id}`);
    }
  },
  status: async ({ id }, context) => {
    const result = await context.actions.runStatus(id, context.asker);
    if (result.kind === "run_not_found")
      return runNotFound(id, await meantLine(context, id, (run) => `/findall status ${run}`));
    return result.kind === "status"
      ? status(result, context.desk.now(), context.botUserId)
      : outsideTrouble(result, `/findall status ${id}`, id);
  },
  pause: async ({ id }, context) =>
    pauseAnswer(await context.actions.pauseWatch(id, context.asker), (run) => `/findall pause ${run}`, id, context),
  resume: async ({ id }, context) =>
    pauseAnswer(await context.actions.resumeWatch(id, context.asker), (run) => `/findall resume ${run}`, id, context),
  mute: async ({ id, forMs }, context) =>
    pauseAnswer(
      await context.actions.muteWatch(id, context.asker, forMs),
      (run) => `/findall ${muteLine(run, forMs)}`,
      id,
      context,
    ),
  list: (command, { actions, asker, desk }) =>
    listAnswer(actions, { by: personOf(asker), channelId: asker.channelId }, { ...command, now: desk.now() }),
  settings: async ({ words }, { asker, desk, triggerId }) => {
    const opened = await openSettings(desk, asker.channelId, personOf(asker), triggerId);
    return words === undefined ? opened.words : besideSettings(opened.words, words);
  },
  review: ({ id }, context) => openReview(id, context),
  export: async ({ id, format, filter }, context) => {
    const { actions, asker } = context;
    const watchId = actions.watchIdFor(id, asker.channelId);
    const result = await actions.exportReviews(watchId, personOf(asker), format, filter);
    if (result.kind !== "not_watched") return exportAnswer(result, id);
    return notFollowedHere(id, await meantLine(context, id, (run) => `/findall export ${run}`));
  },
  fold: async ({ fold }, { actions, asker }) => {
    if (fold === null) return foldUsage();
    const result = await actions.setFold(asker.channelId, fold);
    return result.kind === "set" ? foldSet(result.fold) : storeDown(`/findall fold ${fold ? "on" : "off"}`);
  },
  help: (_command, context) => helpAnswer(context),
  missing_id: async ({ command, ...said }) => missingId(command, said),
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
