import type { WebClient } from "@slack/web-api";
import { classifySlackError } from "./errors.ts";

export type ChannelsOf =
  /** Ids of conversations that the person and the app can both see; of those that are not public, where both are in. */
  | { readonly kind: "channels"; readonly ids: readonly string[] }
  /** Slack could not be asked, did not let the app look, or has more than are read. */
  | { readonly kind: "unknown"; readonly code: string };

const TYPES = "public_channel,private_channel,mpim,im";
/** The most that `users.conversations` gives at once. */
const PAGE = 999;
/** Tier 3 allows some fifty calls a minute (slack-platform 3), and a person waits for the answer. */
const MAX_PAGES = 10;

/**
 * The conversations that a person is in (`users.conversations` with `user`). Private ones and direct messages are given
 * only where the app is in them too. Nothing is given when not all could be read: who relies on it hides what is missing.
 */
export async function channelsOf(web: WebClient, user: string): Promise<ChannelsOf> {
  try {
    const ids: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const answer = await web.users.conversations({ user, types: TYPES, limit: PAGE, ...(cursor ? { cursor } : {}) });
      if (answer.channels === undefined) return { kind: "unknown", code: "incomplete_answer" };
      ids.push(...answer.channels.flatMap(({ id }) => (id === undefined ? [] : [id])));
      cursor = answer.response_metadata?.next_cursor || undefined;
      if (cursor === undefined) return { kind: "channels", ids };
    }
    return { kind: "unknown", code: "too_many_channels" };
  } catch (error) {
    return { kind: "unknown", code: classifySlackError(error, "read").code };
  }
}
