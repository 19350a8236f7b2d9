import { asFields } from "../../slack/views/read-state.ts";
import type { Command } from "../command.ts";
import { bareWords, looksLikeId, plainTextOf } from "../extract-id.ts";
import { parseCommand } from "../parse-command.ts";
import { findRunIds } from "../shortcuts/find-ids.ts";

/** What a person wrote to the app. */
export interface DirectMessage {
  readonly userId: string;
  readonly channelId: string;
  readonly text: string;
  /** The thread that it stands in. */
  readonly threadTs: string | null;
  /** The same for each delivery of one message. */
  readonly deliveryId: string;
}

/** A prose sentence may begin with any of our words; what is meant for us is short. */
const SHORT = 4;

/** A message of a person as it was first written; null for edits, joins, files, and what apps write. @param event as Slack sent it */
export function readDirectMessage(event: unknown, botUserId: string): DirectMessage | null {
  const { type, channel_type, channel, user, text, ts, thread_ts, subtype, bot_id, hidden, client_msg_id } =
    asFields(event) ?? {};
  if (type !== "message" || channel_type !== "im" || subtype !== undefined || bot_id || hidden) return null;
  if (typeof user !== "string" || user === botUserId || typeof channel !== "string" || typeof ts !== "string")
    return null;
  return {
    userId: user,
    channelId: channel,
    text: typeof text === "string" ? text : "",
    threadTs: typeof thread_ts === "string" && thread_ts !== ts ? thread_ts : null,
    deliveryId: `dm:${typeof client_msg_id === "string" ? client_msg_id : `${channel}:${ts}`}`,
  };
}

/** What a message asks for: a command, or help; null when it is talk in a thread that holds no run's id. */
export function readWish({ text, threadTs }: DirectMessage): Command | null {
  const plain = plainTextOf(text);
  const command = parseCommand(plain);
  const ids = findRunIds([plain]);
  const [id] = ids;
  if (threadTs !== null && id === undefined) return null;
  if (isMeant(command, ids, bareWords(plain).length)) return command;
  if (id === undefined) return { kind: "help" };
  return ids.length === 1 ? { kind: "watch", id } : { kind: "bad_id", command: "watch", reason: "several", ids };
}

/** Whether a message is the command that it can be read as, and no prose. */
function isMeant(command: Command, ids: readonly string[], words: number): boolean {
  switch (command.kind) {
    case "unknown":
    case "help":
      return false;
    case "list":
    case "settings":
    case "fold":
    case "missing_id":
      return words <= SHORT;
    case "bad_id":
    case "bad_option":
    case "bad_override":
    case "bad_duration":
      return ids.length > 0;
    default:
      return ids.includes(command.id) || (looksLikeId(command.id) && words <= SHORT);
  }
}
