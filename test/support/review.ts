import { entryIdOf, watchIdOf } from "../../src/domain/ids.ts";
import type { Ephemeral, Json, StoredMessage, StoredView } from "../../src/sandbox/fake-slack/model.ts";
import { interactiveOf } from "../../src/sandbox/fake-slack/validate/blocks.ts";
import { ACTIONS } from "../../src/slack/controls.ts";
import { CHANNELS, messagesOf, type TestWorld } from "./world.ts";

export { ACTIONS };

/** The id of a run's watch in a channel. */
export function watchOf(world: TestWorld, runId: string, channel: string = CHANNELS.research): string {
  return watchIdOf(world.slack.team.id, channel, runId);
}

/** What buttons call a candidate of a watch. */
export function keyOf(world: TestWorld, runId: string, candidateId: string, channel?: string): string {
  return entryIdOf(watchOf(world, runId, channel), "candidate", candidateId);
}

/** The message on which a candidate stands. */
export function messageWith(world: TestWorld, key: string, channel: string = CHANNELS.research) {
  return messagesOf(world.slack, channel).candidates.find((message) =>
    String(message.metadata?.event_payload.candidates).split(" ").includes(key),
  );
}

/** Waits until a candidate stands in the thread. */
export function posted(world: TestWorld, key: string, channel?: string): Promise<StoredMessage> {
  return world.slack.waitFor(() => messageWith(world, key, channel), { describe: `${key} in the thread` });
}

/** The buttons of a candidate on a message, as they are now. */
export function buttonsOf(message: { readonly blocks: readonly Json[] }, key: string): readonly Json[] {
  return message.blocks.filter((block) => block.block_id === key).flatMap((block) => interactiveOf(block));
}

/** A person presses a candidate's button as it is shown now. */
export async function press(
  world: TestWorld,
  user: string,
  key: string,
  actionId: string,
  options: { readonly times?: number; readonly channel?: string } = {},
) {
  const channel = options.channel ?? CHANNELS.research;
  const message = messageWith(world, key, channel);
  if (!message) throw new Error(`${key} stands on no message`);
  return world.slack.click({ user, channel, ts: message.ts, actionId, blockId: key, times: options.times });
}

/** The candidate's message as a person reads it. */
export function wordsOn(world: TestWorld, key: string, channel?: string): string {
  const message = messageWith(world, key, channel);
  return message ? world.slack.textOf(message) : "";
}

/** Waits until the candidate's message says something. */
export async function says(world: TestWorld, key: string, words: string | RegExp, channel?: string) {
  const matches = () => {
    const text = wordsOn(world, key, channel);
    return typeof words === "string" ? text.includes(words) : words.test(text);
  };
  await world.slack.waitFor(() => matches(), { describe: `${key} saying ${words}` });
}

/** Waits for something that only this person is told. */
export async function told(world: TestWorld, user: string, words: string | RegExp): Promise<Ephemeral> {
  const matches = (text: string) => (typeof words === "string" ? text.includes(words) : words.test(text));
  return world.slack.waitFor(
    () => world.slack.ephemeral(user).find((each) => !each.deleted && matches(world.slack.textOf(each))),
    { describe: `${user} being told ${words}` },
  );
}

/** The modal that this person sees. */
export function modalOf(world: TestWorld, user: string): StoredView | undefined {
  return world.slack.views.modals(user).at(-1);
}

/** Waits until the person's modal says something. */
export async function modalSays(world: TestWorld, user: string, words: string | RegExp): Promise<StoredView> {
  const { slack } = world;
  const matches = (text: string) => (typeof words === "string" ? text.includes(words) : words.test(text));
  return slack.waitFor(
    () => {
      const view = modalOf(world, user);
      return view && matches(slack.viewText(view.id)) ? view : undefined;
    },
    { describe: `${user}'s modal saying ${words}` },
  );
}

/** A person presses a button in their modal. */
export async function pressInModal(world: TestWorld, user: string, actionId: string, blockId?: string) {
  const view = modalOf(world, user);
  if (!view) throw new Error(`${user} has no modal open`);
  return world.slack.click({ user, view: view.id, actionId, blockId });
}
