import { randomBytes } from "node:crypto";
import type { App } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { SaidResult } from "../../steps/say.ts";
import { answer, type Outlet } from "../answer.ts";
import { type BotLogger, errorFields } from "../bolt-logger.ts";
import type { BotActions, BotDeps } from "../deps.ts";
import { isFirstDelivery } from "../first-delivery.ts";
import { overdue } from "../replies/overdue.ts";
import { stillWorking } from "../replies/still-working.ts";
import { unexpectedError } from "../replies/unexpected-error.ts";
import { createWindows } from "../review/windows.ts";
import { directAnswer } from "./direct-answer.ts";
import { type DirectMessage, readDirectMessage, readWish, type Wish } from "./read-direct.ts";

/** What people write to the app in its direct messages. @param inHand keeps what is being worked on until it is done */
export function registerDirect(
  app: App,
  deps: BotDeps,
  log: BotLogger,
  inHand: (work: Promise<void>) => Promise<void>,
): void {
  app.event("message", async ({ event, client, context }) => {
    const message = readDirectMessage(event, deps.config.botUserId);
    if (message === null) return;
    const receivedAt = typeof context.receivedAt === "number" ? context.receivedAt : deps.now();
    await inHand(answerDirect(message, deps, log, client, receivedAt));
  });
}

/** Answers as any message in that conversation, where only the two are; once, also when Slack delivers twice. Never rejects. */
async function answerDirect(
  message: DirectMessage,
  deps: BotDeps,
  log: BotLogger,
  client: WebClient,
  receivedAt: number,
): Promise<void> {
  const { actions, config, now } = deps;
  const wish = readWish(message);
  if (wish === null || !(await isFirstDelivery(message.deliveryId, actions))) return;
  // What was written is not logged, since people paste keys with it.
  const ownLog = log.child({ direct: wish.kind, channel: message.channelId, user: message.userId });
  const newReference = () => randomBytes(4).toString("hex");
  const onTrouble = (what: string, error: unknown, reference: string | null = null) =>
    ownLog.error({ event: what, reference, ...(error === null ? {} : errorFields(error)) }, "trouble with a message");
  await actions.meetPerson(message.userId).catch((error: unknown) => onTrouble("person_not_noted", error));
  const { botUserId } = config;
  const desk = { actions, windows: createWindows(client), botUserId, receivedAt, now, newReference, onTrouble };
  await answer(() => directAnswer(wish, message, { actions, botUserId, desk }), outletOf(message, actions, onTrouble), {
    receivedAt,
    now,
    newReference,
    words: { ...slowWords(wish), failed: unexpectedError },
    onAck: () => {},
    onTrouble: (what, error, reference) => onTrouble(what, error, reference),
  });
}

/** What is said while an answer is not there. */
function slowWords(wish: Wish) {
  const command = wish.kind === "shall_follow" ? ({ kind: "help" } as const) : wish;
  return { interim: stillWorking(command), overdue: overdue(command) };
}

/** A post whose answer is lost may stand there all the same, so nothing is said a second time. */
function outletOf(
  { channelId, threadTs }: DirectMessage,
  actions: BotActions,
  onTrouble: (what: string, error: unknown) => void,
): Outlet {
  const place = { channelId, threadTs };
  let interim: string | null = null;
  const once = async (work: Promise<SaidResult>) => {
    const said = await work.catch((error: unknown) => onTrouble("answer_lost", error));
    if (said?.ok === false) onTrouble("answer_lost", new Error(said.failure.detail));
    return said?.ok ? said.ts : null;
  };
  return {
    ack: async (message) => {
      if (message) await once(actions.say(place, message));
    },
    respond: async (message, replaceOriginal) => {
      if (replaceOriginal && interim !== null) await once(actions.sayInstead(place, interim, message));
      else interim = await once(actions.say(place, message));
    },
    postEphemeral: () => Promise.reject(new Error("there is no other way to say it")),
  };
}
