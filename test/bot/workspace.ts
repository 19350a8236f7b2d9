import { onTestFinished } from "vitest";
import { createBot } from "../../src/bot/app.ts";
import type { BotActions } from "../../src/bot/deps.ts";
import { type FakeSlack, startFakeSlack } from "../../src/sandbox/fake-slack/index.ts";
import type { StoredView } from "../../src/sandbox/fake-slack/model.ts";
import { CHANNELS, PEOPLE } from "../../src/sandbox/fake-slack/world.ts";
import { candidateMessage, type ReviewWorld } from "./review-world.ts";
import { logOf } from "./support.ts";

/** A fake workspace with the bot in it; both are gone after the test. */
export async function workspace(botActions: BotActions) {
  const slack = await startFakeSlack();
  const log = logOf();
  const acks: [string, number][] = [];
  const bot = createBot({
    config: {
      botToken: slack.botToken,
      appToken: slack.appToken,
      signingSecret: null,
      slackApiUrl: slack.apiUrl,
      botId: slack.app.botId,
      botUserId: slack.app.botUserId,
      teamId: slack.team.id,
      slackTimeoutMs: 2_000,
    },
    actions: botActions,
    logger: log,
    onAck: (ms, what) => acks.push([what, ms]),
    now: () => Date.now(),
  });
  onTestFinished(async () => {
    await bot.stop();
    await slack.close();
  });
  return { slack, bot, log, acks };
}

/** A workspace with a thread in which a candidate of `world` stands, and the bot running. */
export async function reviewThread(world: ReviewWorld) {
  const place = await workspace(world.actions);
  await place.bot.start();
  const { slack } = place;
  const channel = CHANNELS.research;
  const card = slack.say({ user: PEOPLE.ana, channel, text: "the card" });
  const response = await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: "POST",
    headers: { authorization: `Bearer ${slack.botToken}`, "content-type": "application/json" },
    body: JSON.stringify({ channel, thread_ts: card.ts, ...candidateMessage(world, 0) }),
  });
  const { ts } = (await response.json()) as { ts: string };
  world.messageTs = ts;
  return { ...place, channel, ts, threadTs: card.ts, ...pressing(slack, channel, ts) };
}

function pressing(slack: FakeSlack, channel: string, ts: string) {
  const modal = (user: string): StoredView => {
    const view = slack.views.modals(user).at(-1);
    if (!view) throw new Error(`${user} has no modal open`);
    return view;
  };
  return {
    modal,
    /** Presses a button of the message. */
    press: (user: string, actionId: string, more: { times?: number } = {}) =>
      slack.click({ user, channel, ts, actionId, ...more }),
    /** Presses a button of the topmost modal. */
    pressIn: (user: string, actionId: string, more: { times?: number } = {}) =>
      slack.click({ user, view: modal(user).id, actionId, ...more }),
    /** A button that is not there: a stale client, or a forger. */
    forge: (user: string, blockId: string, element: { action_id: string; value?: string }) =>
      slack.click({ user, channel, ts, blockId, actionId: element.action_id, element: { type: "button", ...element } }),
    shown: () => slack.channel(channel).find(ts)?.text,
    told: (user: string) => slack.ephemeral(user).map(({ text }) => text),
    read: (user: string) => slack.viewText(modal(user).id),
  };
}
