import type { Person } from "../../domain/review.ts";
import { asFields } from "../../slack/views/read-state.ts";
import { PayloadError } from "../review/payload.ts";
import { findRunIds, textsOf } from "./find-ids.ts";

/** A shortcut was used on a message. */
export interface MessageShortcut {
  readonly by: Person;
  readonly channelId: string;
  /** The thread that the message is in. */
  readonly threadTs: string | null;
  /** The run ids that the message holds. */
  readonly ids: readonly string[];
  readonly triggerId: string;
  /** The same for each delivery of one use, another for the next use. */
  readonly deliveryId: string;
  readonly responseUrl: string | null;
}

/** What Slack sends of a shortcut on a message. @throws PayloadError */
export function readShortcut(body: unknown): MessageShortcut {
  const fields = asFields(body) ?? {};
  const user = asFields(fields.user) ?? {};
  const channel = asFields(fields.channel) ?? {};
  const message = asFields(fields.message) ?? {};
  if (typeof user.id !== "string" || typeof channel.id !== "string")
    throw new PayloadError("the shortcut has no user or no channel");
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return {
    by: { id: user.id, name: text(user.name) || text(user.username) || "a teammate" },
    channelId: channel.id,
    threadTs: text(message.thread_ts) || null,
    ids: findRunIds(textsOf(message)),
    triggerId: text(fields.trigger_id),
    deliveryId: ["shortcut", user.id, text(fields.action_ts), text(fields.message_ts)].join(":"),
    responseUrl: text(fields.response_url) || null,
  };
}
