import { randomBytes } from "node:crypto";
import type { App } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { Message } from "../../domain/message.ts";
import { ACTIONS, VIEWS } from "../../slack/controls.ts";
import { type BotLogger, errorFields } from "../bolt-logger.ts";
import type { BotDeps } from "../deps.ts";
import { ephemeral } from "../ephemeral.ts";
import type { Desk, Voice } from "./desk.ts";
import { onMessageClick } from "./message-click.ts";
import { onModalClick } from "./modal-click.ts";
import { type MessageClick, readClick, readSubmission } from "./payload.ts";
import { answerForm } from "./submissions.ts";
import { createWindows } from "./windows.ts";

const { note: _typedInto, ...PRESSED } = ACTIONS;
const OUR_ACTIONS = new RegExp(`^(?:${Object.values(PRESSED).join("|")})(?::[a-z]+)?$`);
const OUR_VIEWS = new RegExp(`^(?:${Object.values(VIEWS).join("|")})$`);

/** What Bolt's `respond` takes of an answer. */
type Respond = (answer: ReturnType<typeof ephemeral> & { replace_original: boolean; thread_ts?: string }) => unknown;

export interface Arrival {
  readonly deps: BotDeps;
  readonly log: BotLogger;
  readonly client: WebClient;
  readonly receivedAt: number;
}

/** Everything people press and fill in for a review. @param inHand keeps what is being worked on until it is done */
export function registerReview(
  app: App,
  deps: BotDeps,
  log: BotLogger,
  inHand: (work: Promise<void>) => Promise<void>,
): void {
  const arrivalOf = (client: WebClient, receivedAt: unknown): Arrival => {
    return { deps, log, client, receivedAt: typeof receivedAt === "number" ? receivedAt : deps.now() };
  };
  app.action({ type: "block_actions", action_id: OUR_ACTIONS }, async ({ body, ack, respond, client, context }) => {
    await inHand(onClick(body, ack, respond, arrivalOf(client, context.receivedAt)));
  });
  app.view({ type: "view_submission", callback_id: OUR_VIEWS }, async ({ body, ack, client, context }) => {
    await inHand(onForm(body, (answer) => ack(answer as never), arrivalOf(client, context.receivedAt)));
  });
}

async function onClick(body: unknown, ack: () => Promise<void>, respond: Respond, arrival: Arrival): Promise<void> {
  await acknowledge(ack, "click", arrival);
  const click = readClick(body);
  if (click.actionId === ACTIONS.open) return;
  const log = arrival.log.child({ click: click.actionId, user: click.by.id, about: click.blockId.slice(0, 60) });
  const desk = deskOf(arrival, log);
  if ("view" in click) return onModalClick(click, desk);
  return onMessageClick(click, desk, voiceOf(click, respond, arrival.client));
}

async function onForm(body: unknown, ack: (answer: object) => Promise<void>, arrival: Arrival): Promise<void> {
  const form = readSubmission(body);
  const log = arrival.log.child({ form: form.view.callbackId, user: form.by.id });
  const answer = await answerForm(form, deskOf(arrival, log));
  await acknowledge(() => ack(answer), "view", { ...arrival, log });
}

export async function acknowledge(
  ack: () => Promise<void>,
  what: "click" | "view" | "shortcut",
  arrival: Arrival,
): Promise<void> {
  const { deps, log, receivedAt } = arrival;
  try {
    await ack();
    deps.onAck(deps.now() - receivedAt, what);
  } catch (error) {
    // What was asked for can be done all the same; the person may click again, which counts once.
    log.error({ event: "ack_failed", ...errorFields(error) }, `could not acknowledge a ${what}`);
  }
}

/** The desk at which what arrived is answered. */
export function deskOf({ deps, client, receivedAt }: Arrival, log: BotLogger): Desk {
  return {
    actions: deps.actions,
    windows: createWindows(client),
    botUserId: deps.config.botUserId,
    receivedAt,
    now: deps.now,
    newReference: () => randomBytes(4).toString("hex"),
    onTrouble: (what, error, reference) => {
      const fields = { event: what, reference, ...(error === null ? {} : errorFields(error)) };
      if (what === "forged") log.warn(fields, "refused a click that cannot come from our buttons");
      else log.error(fields, "trouble with a click");
    },
  };
}

/** An answer to what only one person sees takes its place; any other stands beside what was clicked, in its thread. */
function voiceOf(click: MessageClick, respond: Respond, client: WebClient): Voice {
  const inThread = click.threadTs === null ? {} : { thread_ts: click.threadTs };
  return {
    respond: async (message: Message) => {
      const isOwn = click.isEphemeral;
      await respond({ ...ephemeral(message), replace_original: isOwn, ...(isOwn ? {} : inThread) });
    },
    postEphemeral: async ({ text, blocks }: Message) => {
      const place = { channel: click.channelId, user: click.by.id, ...inThread };
      await client.chat.postEphemeral({ ...place, text, blocks: [...blocks] as never[] });
    },
  };
}
