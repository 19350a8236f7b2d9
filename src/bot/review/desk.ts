import type { Message } from "../../domain/message.ts";
import type { AnswerTrouble } from "../answer.ts";
import type { BotActions } from "../deps.ts";
import type { Windows } from "./windows.ts";

/** What the answer to one click or one sent form may use. */
export interface Desk {
  readonly actions: BotActions;
  readonly windows: Windows;
  /** Who the bot is in this workspace: people invite it by that. */
  readonly botUserId: string;
  /** When it arrived (ms); all limits count from here. */
  readonly receivedAt: number;
  now(): number;
  newReference(): string;
  /** Something went wrong that the person may not see. `reference` is set when it was told to the person. */
  onTrouble(what: DeskTrouble, error: unknown, reference?: string): void;
}

export type DeskTrouble = AnswerTrouble | "forged" | "window_failed" | "window_lost" | "form_late";

/** The ways to say something to the person who clicked, and to nobody else. */
export interface Voice {
  /** Through the `response_url`: in the thread of the message, or in place of a message that only they see. */
  respond(message: Message): Promise<void>;
  postEphemeral(message: Message): Promise<void>;
}
