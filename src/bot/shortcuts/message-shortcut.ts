import type { Message } from "../../domain/message.ts";
import { answer, type Outlet } from "../answer.ts";
import { isFirstDelivery } from "../first-delivery.ts";
import { overdue } from "../replies/overdue.ts";
import { stillWorking } from "../replies/still-working.ts";
import { unexpectedError } from "../replies/unexpected-error.ts";
import type { Desk } from "../review/desk.ts";
import { route } from "../routes.ts";
import { openWatchForm } from "./open-watch-form.ts";
import type { MessageShortcut } from "./read-shortcut.ts";

/**
 * Follows the run whose id stands in a message, in that message's channel, as if the person had typed it there; asks
 * which one when there are several, or none. Acknowledged already; never rejects.
 */
export function answerMessageShortcut(
  use: MessageShortcut,
  desk: Desk,
  voice: Pick<Outlet, "respond" | "postEphemeral">,
  botUserId: string,
): Promise<void> {
  const [id, ...others] = use.ids;
  const only = others.length === 0 ? id : undefined;
  const command = only === undefined ? null : ({ kind: "watch", id: only } as const);
  const replyTo = async (): Promise<Message | null> => {
    if (command === null) return openWatchForm({ channelId: use.channelId, ids: use.ids }, use.triggerId, desk);
    // The same use delivered twice must not be answered as if somebody had been quicker.
    if (!(await isFirstDelivery(use.deliveryId, desk.actions))) return null;
    const asker = { userId: use.by.id, userName: use.by.name, channelId: use.channelId, channelName: "" };
    const context = { actions: desk.actions, botUserId, triggerId: use.triggerId, desk };
    return route(command, { ...context, asker: { ...asker, responseUrl: use.responseUrl } });
  };
  const outlet: Outlet = {
    ...voice,
    ack: async (message) => {
      if (message) await voice.respond(message, false);
    },
  };
  return answer(replyTo, outlet, {
    receivedAt: desk.receivedAt,
    now: desk.now,
    newReference: desk.newReference,
    words: {
      interim: command && stillWorking(command),
      overdue: overdue(command ?? { kind: "help" }),
      failed: unexpectedError,
    },
    onAck: () => {},
    onTrouble: (what, error, reference) => desk.onTrouble(what, error, reference ?? undefined),
  });
}
