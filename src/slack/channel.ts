import type { WebClient } from "@slack/web-api";
import { classifySlackError } from "./errors.ts";

export type ChannelDescription =
  | { readonly kind: "open" }
  | { readonly kind: "not_member"; readonly isPrivate: boolean }
  | { readonly kind: "archived" }
  /** Private and never invited, a conversation between others, or gone: Slack does not tell these apart. */
  | { readonly kind: "not_found" }
  /** Slack could not be asked, or not with this app's scopes: only a post will tell. */
  | { readonly kind: "unknown"; readonly code: string };

/**
 * Whether the app may post in a channel, as far as Slack says before a post (`conversations.info`). While Slack wants to be
 * left alone after a 429 it is not asked.
 */
export function createChannelReader(web: WebClient, now: () => number) {
  let notBefore = 0;
  return async (channel: string): Promise<ChannelDescription> => {
    if (now() < notBefore) return { kind: "unknown", code: "ratelimited" };
    try {
      const { channel: info } = await web.conversations.info({ channel });
      if (info === undefined) return { kind: "unknown", code: "incomplete_answer" };
      if (info.is_archived === true) return { kind: "archived" };
      // The app's own direct messages have no membership.
      if (info.is_im === true || info.is_member === true) return { kind: "open" };
      return { kind: "not_member", isPrivate: info.is_private === true || info.is_mpim === true };
    } catch (error) {
      const { code, retryAfterMs } = classifySlackError(error, "read");
      if (code === "channel_not_found") return { kind: "not_found" };
      if (retryAfterMs !== null) notBefore = Math.max(notBefore, now() + retryAfterMs);
      return { kind: "unknown", code };
    }
  };
}
