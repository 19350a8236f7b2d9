import type { WebClient } from "@slack/web-api";
import type { Message } from "../domain/message.ts";
import { classifySlackError, type SendFailure } from "./errors.ts";
import { AS_WRITTEN } from "./respond.ts";

export type WhisperResult = { readonly ok: true } | { readonly ok: false; readonly failure: SendFailure };

/** A message in a channel for one person's eyes (`chat.postEphemeral`). Slack promises no delivery, and keeps nothing. */
export async function whisper(web: WebClient, channel: string, user: string, message: Message): Promise<WhisperResult> {
  const { text, blocks } = message;
  try {
    await web.apiCall("chat.postEphemeral", { channel, user, text, ...AS_WRITTEN, blocks });
    return { ok: true };
  } catch (error) {
    return { ok: false, failure: classifySlackError(error, "update") };
  }
}
