import { asFields } from "../../slack/views/read-state.ts";
import type { Command } from "../command.ts";
import { bareWords, looksLikeId, plainTextOf } from "../extract-id.ts";
import { parseCommand } from "../parse-command.ts";
import { findRunIds } from "../shortcuts/find-ids.ts";
import { asksToFollow, isQuestion, isTalk, withoutAsking } from "./talk.ts";

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

/** What a message asks for; a run that is talked about may be meant, or not. */
export type Wish = Command | { readonly kind: "shall_follow"; readonly id: string };

/** A prose sentence may begin with any of our words; what is meant for us is short. */
const SHORT = 4;
/** A lone word with a digit in it is an id from here on; before, it may be any word ("hi2u"). */
const LONG_ID = 12;

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
export function readWish({ text, threadTs }: DirectMessage): Wish | null {
  const plain = plainTextOf(text);
  const asked = withoutAsking(plain);
  const command = parseCommand(asked);
  const ids = findRunIds([plain]);
  const [id] = ids;
  if (threadTs !== null && id === undefined) return null;
  if (isMeant(command, ids, asked)) return command;
  if (id === undefined) return { kind: "help" };
  if (ids.length > 1) return { kind: "bad_id", command: "watch", reason: "several", ids };
  return asksToFollow(plain) ? { kind: "watch", id } : { kind: "shall_follow", id };
}

/** Whether a message is the command that it can be read as, and no prose. */
function isMeant(command: Command, ids: readonly string[], text: string): boolean {
  const words = bareWords(text);
  const isShort = words.length <= SHORT;
  switch (command.kind) {
    case "help":
      return false;
    case "unknown":
      return isShort && !isTalk(text) && isOffer(command, words, ids) && !asksToFollow(text);
    case "list":
    case "settings":
    case "fold":
    case "missing_id":
      return isShort;
    case "bad_id":
    case "bad_option":
    case "bad_override":
    case "bad_duration":
      return ids.length > 0 && !isTalk(text);
    case "watch":
      return meansToFollow(command, ids, text);
    default:
      return ids.includes(command.id) || (looksLikeId(command.id) && isShort);
  }
}

/** "cancel run_a", "list running": another command is near; the run alone is no offer. */
function isOffer(
  { suggestion }: Command & { kind: "unknown" },
  words: readonly string[],
  ids: readonly string[],
): boolean {
  if (words[0]?.toLowerCase() === "list") return true;
  return ids.length === 1 && suggestion !== null && suggestion !== ids[0] && !suggestion.startsWith("watch ");
}

function meansToFollow({ id, overrides }: Command & { kind: "watch" }, ids: readonly string[], text: string): boolean {
  const words = bareWords(text);
  if (overrides !== undefined) return !isTalk(text) && !isQuestion(text);
  if (ids.includes(id)) return asksToFollow(text);
  const isNamed = words[0]?.toLowerCase() === "watch" && words.length === 2;
  return looksLikeId(id) && (isNamed || (words.length === 1 && id.length >= LONG_ID));
}
