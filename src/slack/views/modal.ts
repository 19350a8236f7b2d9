import type { InputBlock, KnownBlock, PlainTextElement } from "@slack/types";
import { NOTE_LENGTH } from "../../domain/review.ts";
import { ACTIONS } from "../controls.ts";
import { clipPlain } from "../text.ts";

/** Slack's limits for modals (slack-platform 2.1), and our own tighter one. */
export const VIEW_LIMITS = {
  /** Blocks of a modal. */
  blocks: 100,
  /** The whole view as JSON, in bytes. Slack refuses above 250,000. */
  bytes: 240_000,
  /** Title, submit and close. */
  title: 24,
  privateMetadata: 3_000,
} as const;

/** A modal as `views.open`, `views.update` and an answer to a submission take it. */
export interface ModalView {
  readonly type: "modal";
  readonly callback_id: string;
  readonly private_metadata: string;
  readonly title: PlainTextElement;
  readonly submit?: PlainTextElement;
  readonly close: PlainTextElement;
  readonly blocks: KnownBlock[];
}

export interface ModalParts {
  readonly callbackId: string;
  readonly title: string;
  /** What the button says that sends the form; without it there is no form. */
  readonly submit?: string;
  readonly state: string;
  readonly blocks: readonly KnownBlock[];
}

/** Puts a modal together. */
export function modal(parts: ModalParts): ModalView {
  return {
    type: "modal",
    callback_id: parts.callbackId,
    private_metadata: parts.state,
    title: plainText(parts.title, VIEW_LIMITS.title),
    ...(parts.submit === undefined ? {} : { submit: plainText(parts.submit, VIEW_LIMITS.title) }),
    close: plainText("Close", VIEW_LIMITS.title),
    blocks: [...parts.blocks],
  };
}

/** Plain text within a limit, never empty. */
export function plainText(text: string, max: number): PlainTextElement {
  return { type: "plain_text", text: clipPlain(text, max).trim() || "–", emoji: true };
}

/** The block that holds the note on a candidate. Slack keeps what was typed as long as this id stays. */
export function noteBlockId(key: string): string {
  return `note:${key}`;
}

/** A field for the person's own note on a candidate. */
export function noteInput(key: string, own: string, hint: string): InputBlock {
  const initial = typable(own);
  return {
    type: "input",
    block_id: noteBlockId(key),
    optional: true,
    label: plainText("Your note", 100),
    hint: plainText(hint, 200),
    element: {
      type: "plain_text_input",
      action_id: ACTIONS.note,
      multiline: true,
      max_length: NOTE_LENGTH,
      ...(initial === "" ? {} : { initial_value: initial }),
    },
  };
}

/** As the person typed it: what is not changed here is not saved as a change. */
function typable(text: string): string {
  return text
    .slice(0, NOTE_LENGTH)
    .replace(/[\ud800-\udbff]$/, "")
    .replace(/\p{Surrogate}/gu, "\ufffd");
}
