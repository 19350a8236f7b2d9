import type { App } from "@slack/bolt";
import type { Message } from "../domain/message.ts";
import { LIST_ACTIONS, LIST_BLOCKS } from "../slack/controls.ts";
import { answer } from "./answer.ts";
import type { BotLogger } from "./bolt-logger.ts";
import type { BotDeps } from "./deps.ts";
import { ephemeral } from "./ephemeral.ts";
import { listAnswer } from "./list-answer.ts";
import { clickOverdue } from "./replies/click-overdue.ts";
import { forgedClick } from "./replies/forged-click.ts";
import { unexpectedError } from "./replies/unexpected-error.ts";
import type { Desk } from "./review/desk.ts";
import { type MessageClick, readClick, readNumber } from "./review/payload.ts";
import { acknowledge, deskOf } from "./review/register.ts";

const TURN = new RegExp(`^(?:${Object.values(LIST_ACTIONS).join("|")})$`);

/** The buttons between the pages of a list, which only the one who asked for it sees. @param inHand keeps what is being worked on until it is done */
export function registerListPages(
  app: App,
  deps: BotDeps,
  log: BotLogger,
  inHand: (work: Promise<void>) => Promise<void>,
): void {
  app.action({ type: "block_actions", action_id: TURN }, async ({ body, ack, respond, client, context }) => {
    const receivedAt = typeof context.receivedAt === "number" ? context.receivedAt : deps.now();
    const arrival = { deps, log, client, receivedAt };
    await acknowledge(ack, "click", arrival);
    const click = readClick(body);
    if ("view" in click) return;
    const desk = deskOf(arrival, log.child({ click: click.actionId, user: click.by.id }));
    const show = async (message: Message) => {
      await respond({ ...ephemeral(message), replace_original: click.isEphemeral });
    };
    const lost = () => Promise.reject(new Error("there is no other way to say it"));
    const outlet = {
      ack: async (message: Message | null) => (message ? show(message) : undefined),
      respond: show,
      postEphemeral: lost,
    };
    await inHand(
      answer(() => turned(click, desk), outlet, {
        receivedAt,
        now: desk.now,
        newReference: desk.newReference,
        words: { interim: null, overdue: clickOverdue(), failed: unexpectedError },
        onAck: () => {},
        onTrouble: (what, error, reference) => desk.onTrouble(what, error, reference ?? undefined),
      }),
    );
  });
}

async function turned({ by, channelId, blockId, value }: MessageClick, desk: Desk): Promise<Message> {
  const page = readNumber(value);
  const all = blockId === LIST_BLOCKS.all;
  if (page === null || (!all && blockId !== LIST_BLOCKS.channel)) {
    desk.onTrouble("forged", null);
    return forgedClick();
  }
  return listAnswer(desk.actions, { by, channelId }, { all, page, now: desk.now() });
}
