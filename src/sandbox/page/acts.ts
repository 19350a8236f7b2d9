import type { ClickInput } from "../fake-slack/people/click.ts";
import { findStory } from "../stories/player.ts";
import type { PageState } from "./state.ts";
import type { Scene } from "./troubles.ts";
import { asSlackKeeps } from "./typed.ts";
import { channelsOf } from "./viewer.ts";

/** What the browser posts: plain JSON, read field by field. */
export type Body = Readonly<Record<string, unknown>>;

/** Something a person does on the page; what it gives back goes to the browser. */
type Act = (state: PageState, body: Body) => unknown;

/** Every act, by the last part of its address `/api/<name>`. */
export const ACTS: Readonly<Record<string, Act>> = {
  send,
  click,
  submit: async ({ slack }, body) => {
    const [user, view] = [text(body, "user"), text(body, "view")];
    const { errors, acked, failure } = await slack.submit({ user, view, values: valuesOf(body) });
    return { errors, ...(acked ? {} : { error: `The app did not answer: ${failure}` }) };
  },
  dismiss: ({ slack }, body) => slack.dismiss({ user: text(body, "user"), view: text(body, "view") }),
  shortcut,
  react: ({ reactions }, body) => {
    const [user, channel, ts, emoji] = [
      text(body, "user"),
      text(body, "channel"),
      text(body, "ts"),
      text(body, "emoji"),
    ];
    reactions.toggle({ user, channel, ts, emoji });
  },
  story,
  speed: ({ stage }, body) => {
    const speed = Number(body.speed);
    if (!(speed >= 0 && speed <= 1_000)) throw new Error("a speed is a number from 0 to 1000");
    stage.setSpeed(speed);
  },
  trouble,
};

/** What is typed into the composer: a command, one of Slack's own, or a message. */
async function send(state: PageState, body: Body): Promise<void> {
  const { slack, commands } = state;
  const { user, channel } = sceneOf(state, body);
  const typed = text(body, "text").trim();
  const threadTs = typeof body.thread === "string" ? body.thread : undefined;
  if (typed === "") return;
  const [word = ""] = typed.split(/\s/);
  if (!word.startsWith("/")) return void slack.say({ user, channel, text: asSlackKeeps(typed), threadTs });
  const command = commands.find((each) => each.name === word);
  if (!command) throw new Error(`${word} is not a valid command. Type / to see those that are.`);
  if (threadTs) throw new Error(`${word} is not supported in threads. Type it in the channel.`);
  const rest = typed.slice(word.length).trim();
  if (command.isBuiltIn) return builtIn(state, word, rest, { user, channel });
  // Answered by the app in its own time; what it says comes as a message.
  await slack.command({ user, channel, text: rest, command: word });
}

/** `/invite @FindAll` and `/remove @FindAll`, as people mend a channel in Slack. */
async function builtIn({ slack }: PageState, word: string, rest: string, { user, channel }: Scene): Promise<void> {
  const { info } = slack.channel(channel);
  if (info.kind === "im") throw new Error(`${word} does not work in direct messages.`);
  if (rest.replace(/^@/, "").toLowerCase() !== slack.app.name.toLowerCase()) {
    throw new Error(`Here ${word} knows only @${slack.app.name}.`);
  }
  if (word === "/remove") slack.kick(channel);
  else await slack.invite(channel, { by: user });
}

async function click({ slack }: PageState, body: Body): Promise<void> {
  const input: ClickInput = {
    user: text(body, "user"),
    channel: optional(body, "channel"),
    ts: optional(body, "ts"),
    ephemeral: optional(body, "ephemeral"),
    view: optional(body, "view"),
    actionId: text(body, "actionId"),
    blockId: optional(body, "blockId"),
    value: optional(body, "value"),
    chosen: body.chosen as ClickInput["chosen"],
    values: valuesOf(body),
  };
  const { acked, failure } = await slack.click(input);
  if (!acked) throw new Error(`The app did not answer: ${failure}`);
}

/** What a person starts from a message or from the composer, of what the app's manifest offers. */
async function shortcut(state: PageState, body: Body): Promise<void> {
  const scene = sceneOf(state, body);
  const callbackId = text(body, "callbackId");
  const known = state.manifest.shortcuts.find((each) => each.callbackId === callbackId);
  if (!known) throw new Error(`there is no shortcut ${callbackId}`);
  const message = known.kind === "message" ? { channel: scene.channel, ts: text(body, "ts") } : undefined;
  const { acked, failure } = await state.slack.shortcut({ user: scene.user, callbackId, message });
  if (!acked) throw new Error(`The app did not answer: ${failure}`);
}

/** Starts a story as if the person had typed its command; told before, it is told anew under another id. */
async function story(state: PageState, body: Body): Promise<object> {
  const { slack, stage } = state;
  const { user, channel } = sceneOf(state, body);
  const wanted = text(body, "id");
  if (!findStory(wanted)) throw new Error(`there is no story ${wanted}`);
  let runId = wanted;
  for (let telling = 2; stage.plays.has(runId); telling += 1) runId = `${wanted}-${telling}`;
  await slack.command({ user, channel, text: runId });
  return { runId };
}

async function trouble(state: PageState, body: Body): Promise<void> {
  const scene = sceneOf(state, body);
  const id = text(body, "id");
  if (id === "all") {
    for (const each of state.troubles) if (each.kind === "switch" && each.isOn(scene)) await each.takeAway(scene);
    return;
  }
  const found = state.troubles.find((each) => each.id === id);
  if (!found) throw new Error(`there is no trouble ${id}`);
  if (body.on === false) await found.takeAway(scene);
  else await found.cause(scene);
}

/** What stands in the fields of a view; the fake checks it against the view. */
function valuesOf(body: Body): ClickInput["values"] {
  return typeof body.values === "object" && body.values !== null ? (body.values as ClickInput["values"]) : undefined;
}

/** Who acts where; nobody acts in a channel they cannot see. */
function sceneOf({ slack }: PageState, body: Body): Scene {
  const user = text(body, "user");
  const channel = text(body, "channel");
  if (!channelsOf(slack, user).some(({ id }) => id === channel)) throw new Error("you are not in that channel");
  return { user, channel };
}

function text(body: Body, name: string): string {
  const value = body[name];
  if (typeof value !== "string") throw new Error(`${name} is missing`);
  return value;
}

function optional(body: Body, name: string): string | undefined {
  const value = body[name];
  return typeof value === "string" ? value : undefined;
}
