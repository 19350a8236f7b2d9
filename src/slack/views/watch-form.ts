import type { InputBlock, KnownBlock } from "@slack/types";
import { section } from "../blocks.ts";
import { FORMS } from "../controls.ts";
import { fitView } from "./fit-view.ts";
import { type ModalView, modal, plainText } from "./modal.ts";

export interface WatchFormView {
  /** Where the run is to be followed; null: the person chooses. */
  readonly channelId: string | null;
  /** Ids to choose from; none: the person types one. */
  readonly ids: readonly string[];
}

/** The fields of the form: each is the block's and the action's name alike. */
export const WATCH_FIELDS = { id: "watch_id", channel: "watch_channel" } as const;

/** Slack's limits: options of one menu, the label of one. An id has at most 128 characters. */
const MOST_OPTIONS = 100;
const LABEL = 75;
const TYPED = 3_000;

/** Asks which run is to be followed, and where. The channel, when it is known, travels in `private_metadata`. */
export function renderWatchForm({ channelId, ids }: WatchFormView): ModalView {
  const blocks: KnownBlock[] = [
    ...(channelId === null ? [] : [section(introduction(ids, channelId))]),
    ids.length > 0 ? choice(ids.slice(0, MOST_OPTIONS)) : typed(),
    ...(channelId === null ? [channelSelect()] : []),
  ];
  return fitView(
    modal({ callbackId: FORMS.watch, title: "Watch a FindAll run", submit: "Watch", state: channelId ?? "", blocks }),
  );
}

/** The same window with one thing to say. @param text finished mrkdwn */
export function renderWatchNotice(text: string): ModalView {
  return fitView(modal({ callbackId: "notice", title: "Watch a FindAll run", state: "", blocks: [section(text)] }));
}

function introduction(ids: readonly string[], channelId: string): string {
  const found = ids.length > 0 ? "That message holds more than one run’s id." : "I found no run’s id in that message.";
  const where = channelId.startsWith("D") ? "your messages with me" : `<#${channelId}>`;
  return `${found} Which run shall I follow in ${where}?`;
}

function choice(ids: readonly string[]): InputBlock {
  return {
    type: "input",
    block_id: WATCH_FIELDS.id,
    label: plainText("Run", LABEL),
    element: {
      type: "static_select",
      action_id: WATCH_FIELDS.id,
      options: ids.map((id) => ({ text: plainText(id, LABEL), value: id })),
    },
  };
}

function typed(): InputBlock {
  return {
    type: "input",
    block_id: WATCH_FIELDS.id,
    label: plainText("Run id", LABEL),
    hint: plainText("As Parallel gave it when the run was created, or a link with it.", 200),
    element: { type: "plain_text_input", action_id: WATCH_FIELDS.id, max_length: TYPED },
  };
}

function channelSelect(): InputBlock {
  return {
    type: "input",
    block_id: WATCH_FIELDS.channel,
    label: plainText("Channel", LABEL),
    hint: plainText("One that you and this app are in.", 200),
    element: {
      type: "conversations_select",
      action_id: WATCH_FIELDS.channel,
      default_to_current_conversation: true,
      filter: { include: ["public", "private", "im"] },
    },
  };
}
