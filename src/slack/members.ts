import type { WebClient } from "@slack/web-api";
import { classifySlackError } from "./errors.ts";

export type Membership =
  | { readonly kind: "member" }
  | { readonly kind: "not_member" }
  /** Slack could not be asked, did not let the app look, or has more members than are read. */
  | { readonly kind: "unknown"; readonly code: string };

/** The most that Slack's types allow (`ConversationsMembersArguments`, web-api 8.2.0). */
const PAGE = 999;
/** Tier 4 allows a hundred calls a minute (slack-platform 3), and a person waits for the answer. */
const MAX_PAGES = 20;

/**
 * Whether a person is in a conversation (`conversations.members`). The app's direct message with a person is a
 * conversation like any other: it has that person and the bot as members. "not_member" is said only when all were read.
 */
export async function isMember(web: WebClient, channel: string, user: string): Promise<Membership> {
  try {
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const answer = await web.conversations.members({ channel, limit: PAGE, ...(cursor ? { cursor } : {}) });
      if (answer.members === undefined) return { kind: "unknown", code: "incomplete_answer" };
      if (answer.members.includes(user)) return { kind: "member" };
      cursor = answer.response_metadata?.next_cursor || undefined;
      if (cursor === undefined) return { kind: "not_member" };
    }
    return { kind: "unknown", code: "too_many_members" };
  } catch (error) {
    // `channel_not_found` too: what the app cannot see says nothing about the person.
    return { kind: "unknown", code: classifySlackError(error, "read").code };
  }
}
