import { innerBlocks } from "../block-ids.ts";
import { slackbotSays } from "../messages.ts";
import type { Ack, Ephemeral, Json, ResponseUse, StoredMessage, StoredView } from "../model.ts";
import type { Hook } from "../response-url.ts";
import { interactiveOf } from "../validate/blocks.ts";
import { isObject } from "../validate/checks.ts";
import { viewToWire } from "../view-wire.ts";
import { messageToWire } from "../wire.ts";
import { channelOf, messagesOf, nextTs, type World } from "../world.ts";
import { type Acting, type ActOptions, interactionBase, sendTimes } from "./acting.ts";
import { channelNameOf } from "./command.ts";
import { type Chosen, type FilledIn, heldBy, keyOf, optionOf, stateOf } from "./view-state.ts";

export interface ClickInput extends ActOptions {
  readonly user: string;
  /** The message clicked on, also when it was deleted meanwhile … */
  readonly channel?: string;
  readonly ts?: string;
  /** … or an ephemeral message, or a view, by id. */
  readonly ephemeral?: string;
  readonly view?: string;
  readonly actionId: string;
  readonly blockId?: string;
  /** Tells buttons with the same action id apart. */
  readonly value?: string;
  /** What was chosen in a menu or typed into an input: its value or text, several where several can be chosen. */
  readonly chosen?: Chosen;
  /** What stands in the other fields of the view or message. */
  readonly values?: FilledIn;
  /** An element that is no longer shown (a stale client); by default it is looked for in what is shown. */
  readonly element?: Json;
}

export interface ClickResult extends Ack {
  readonly acks: readonly Ack[];
  readonly triggerId: string;
  readonly responseUrl: string | null;
  responses(): readonly ResponseUse[];
}

/** What was clicked on, whichever surface it is on. */
interface Surface {
  readonly channel: string | null;
  readonly blocks: readonly Json[];
  readonly fields: Json;
  readonly original: Hook["original"];
}

/** A person presses a button or picks from a menu. */
export async function click(acting: Acting, input: ClickInput): Promise<ClickResult> {
  const { world } = acting;
  const surface = surfaceOf(world, input);
  const { block, element } = input.element
    ? { block: { block_id: input.blockId ?? "stale" }, element: input.element }
    : findElement(surface.blocks, input);
  const triggerId = acting.triggers.issue(input.user);
  const hook = surface.channel
    ? acting.hooks.issue({ kind: "actions", channel: surface.channel, user: input.user, original: surface.original })
    : null;
  const payload = {
    type: "block_actions",
    ...interactionBase(world, input.user, triggerId),
    ...surface.fields,
    ...(hook ? { response_url: hook.url } : {}),
    ...withState(surface, { ...input.values, ...acted(block, element, input) }),
    actions: [actionOf(world, block, element, input)],
  };
  const { first, all } = await sendTimes(acting, "interactive", payload, input);
  if (!first.acked && surface.channel) {
    slackbotSays(world, surface.channel, input.user, `The click on "${input.actionId}" failed: ${first.failure}`);
  }
  return { ...first, acks: all, triggerId, responseUrl: hook?.url ?? null, responses: () => [...(hook?.uses ?? [])] };
}

/** What the element that was acted on holds now, as one of the fields. */
function acted(block: Json, element: Json, { chosen }: ClickInput): FilledIn {
  return chosen === undefined ? {} : { [keyOf(String(block.block_id), String(element.action_id))]: chosen };
}

/** What stands in all the fields of a surface: beside a message, inside a view. */
function withState({ blocks, fields }: Surface, values: FilledIn): Json {
  const state = { values: stateOf(blocks, values) };
  return isObject(fields.view) ? { view: { ...fields.view, state } } : { state };
}

function surfaceOf(world: World, input: ClickInput): Surface {
  if (input.view) return viewSurface(world, input.view);
  if (input.ephemeral) return ephemeralSurface(world, input.ephemeral);
  const message = messagesOf(world, input.channel ?? "").get(input.ts ?? "");
  if (!message) throw new Error(`No message ${input.ts} in ${input.channel}: nothing to click on`);
  return messageSurface(world, message);
}

function messageSurface(world: World, message: StoredMessage): Surface {
  const channel = channelOf(world, message.channel);
  const container = {
    type: "message",
    message_ts: message.ts,
    channel_id: message.channel,
    is_ephemeral: false,
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
  };
  // A client that has not heard of the deletion still shows, and sends, the message as it was.
  const shown = messageToWire(world, { ...message, deleted: false }, { metadata: "full" });
  return {
    channel: message.channel,
    blocks: message.blocks,
    fields: {
      container,
      channel: { id: channel.id, name: channelNameOf(channel) },
      message: shown,
    },
    original: { ts: message.ts },
  };
}

function ephemeralSurface(world: World, id: string): Surface {
  const message: Ephemeral | undefined = world.ephemerals.get(id);
  if (!message) throw new Error(`No ephemeral message ${id}`);
  const channel = channelOf(world, message.channel);
  const container = { type: "message", message_ts: message.ts, channel_id: channel.id, is_ephemeral: true };
  return {
    channel: channel.id,
    blocks: message.blocks,
    fields: { container, channel: { id: channel.id, name: channelNameOf(channel) } },
    original: { ephemeral: id },
  };
}

function viewSurface(world: World, id: string): Surface {
  const stored: StoredView | undefined = world.views.get(id);
  if (!stored) throw new Error(`No view ${id}`);
  return {
    channel: null,
    blocks: (stored.view.blocks ?? []) as Json[],
    fields: {
      container: { type: "view", view_id: id },
      view: viewToWire(world, stored),
    },
    original: null,
  };
}

function findElement(blocks: readonly Json[], input: ClickInput): { block: Json; element: Json } {
  for (const block of blocks.flatMap(innerBlocks)) {
    if (input.blockId !== undefined && block.block_id !== input.blockId) continue;
    for (const element of interactiveOf(block)) {
      if (element.action_id !== input.actionId) continue;
      if (input.value !== undefined && element.value !== input.value && !isMenu(element)) continue;
      return { block, element };
    }
  }
  const there = blocks.flatMap((block) => interactiveOf(block).map((element) => element.action_id));
  throw new Error(`Nothing with the action id ${input.actionId} to click on; there are: ${there.join(", ") || "none"}`);
}

function isMenu(element: Json): boolean {
  return element.type !== "button";
}

/** The entry of `actions` in the payload, by the kind of element. */
function actionOf(world: World, block: Json, element: Json, input: ClickInput): Json {
  const base = { type: element.type, action_id: element.action_id, block_id: block.block_id, action_ts: nextTs(world) };
  if (element.type === "button") {
    const { text, value, style, url } = element;
    return { ...base, text, ...(value ? { value } : {}), ...(style ? { style } : {}), ...(url ? { url } : {}) };
  }
  const held = heldBy(element, input.chosen ?? input.value ?? null);
  if (held) return { ...base, ...held };
  return { ...base, selected_option: optionOf(element, String(input.chosen ?? input.value ?? "")) };
}
