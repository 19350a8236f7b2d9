import type { BotActions } from "./bot/deps.ts";
import { readSettings, saveSettings } from "./steps/channel-settings.ts";
import type { Context } from "./steps/context.ts";
import { exportReviews } from "./steps/export-reviews.ts";
import { greetInviter, greetPerson, meetPerson } from "./steps/first-contact.ts";
import { readHold } from "./steps/hold-workspace.ts";
import { showHome, watchForPerson } from "./steps/home.ts";
import { listWatches } from "./steps/list-watches.ts";
import { mayActIn } from "./steps/may-act.ts";
import { readOverview } from "./steps/overview.ts";
import { muteWatch, pauseWatch, resumeWatch } from "./steps/pause-watch.ts";
import { recordReview, saveNote } from "./steps/record-review.ts";
import { resumeChannel } from "./steps/resume-watches.ts";
import { readCandidate } from "./steps/review-item.ts";
import { reviewNext, watchIdFor } from "./steps/review-next.ts";
import { runStatus } from "./steps/run-status.ts";
import { say, sayInstead } from "./steps/say.ts";
import { setFold } from "./steps/set-fold.ts";
import { startWatch } from "./steps/start-watch.ts";
import { stopWatch } from "./steps/stop-watch.ts";
import { uninstalled } from "./steps/uninstall.ts";
import { advanceExecution, beginExecution } from "./steps/workflow.ts";
import { isFirst } from "./store/watches.ts";

const REPEATED_DELIVERY_MS = 10 * 60_000;

/** What people can have done: each action of the bot is one step. */
export function botActions(ctx: Context): BotActions {
  return {
    startWatch: (runId, asker, overrides) => startWatch(ctx, runId, asker, overrides),
    stopWatch: (runId, asker) => stopWatch(ctx, runId, asker),
    listWatches: (channelId) => listWatches(ctx, channelId),
    runStatus: (runId, asker) => runStatus(ctx, runId, asker),
    review: (key, act, click, note) => recordReview(ctx, key, act, click, note),
    readCandidate: (key, by) => readCandidate(ctx, key, by),
    saveNote: (key, text, by) => saveNote(ctx, key, text, by),
    reviewNext: (watchId, by, cursor) => reviewNext(ctx, watchId, by, cursor),
    watchIdFor: (runId, channelId) => watchIdFor(ctx, runId, channelId),
    exportReviews: (watchId, by, format, filter) => exportReviews(ctx, watchId, by, format, filter),
    mayActIn: (channelId, by) => mayActIn(ctx, channelId, by),
    readSettings: (channelId, by) => readSettings(ctx, channelId, by),
    saveSettings: (channelId, settings, by, seen) => saveSettings(ctx, channelId, settings, by, seen),
    setFold: (channelId, fold) => setFold(ctx, channelId, fold),
    pauseWatch: (runId, asker) => pauseWatch(ctx, runId, asker),
    resumeWatch: (runId, asker) => resumeWatch(ctx, runId, asker),
    muteWatch: (runId, asker, forMs) => muteWatch(ctx, runId, asker, forMs),
    overview: (by) => readOverview(ctx, by),
    watchForPerson: (watchId, by) => watchForPerson(ctx, watchId, by),
    showHome: (by, notice) => showHome(ctx, by, notice),
    greetPerson: (userId) => greetPerson(ctx, userId),
    greetInviter: (channelId, userId) => greetInviter(ctx, channelId, userId),
    meetPerson: (userId) => meetPerson(ctx, userId),
    beginExecution: (execution) => beginExecution(ctx, execution),
    advanceExecution: (executionId) => advanceExecution(ctx, executionId),
    say: (place, message) => say(ctx, place, message),
    sayInstead: (place, ts, message) => sayInstead(ctx, place, ts, message),
    readHold: () => readHold(ctx),
    botJoined: (channelId) => resumeChannel(ctx, channelId),
    uninstalled: () => uninstalled(ctx),
    firstDelivery: (key) => isFirst(ctx.store, key, REPEATED_DELIVERY_MS),
  };
}
