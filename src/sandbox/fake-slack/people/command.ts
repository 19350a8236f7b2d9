import { ApiError } from "../api-error.ts";
import { slackbotSays } from "../messages.ts";
import type { Ack, Channel, Ephemeral, Json, ResponseUse } from "../model.ts";
import { answerInPlace, type Hook } from "../response-url.ts";
import { isObject } from "../validate/checks.ts";
import { readContent } from "../validate/content.ts";
import { channelOf, personOf, type World } from "../world.ts";
import { type Acting, type ActOptions, sendTimes } from "./acting.ts";

export interface CommandInput extends ActOptions {
  readonly user: string;
  readonly channel: string;
  readonly text: string;
  /** Default `/findall`. */
  readonly command?: string;
}

export interface CommandResult {
  /** Milliseconds until the acknowledgement, or null when there was none in time. */
  readonly ackMs: number | null;
  /** Body of the acknowledgement; undefined when it was empty or missing. */
  readonly ack: unknown;
  readonly acked: boolean;
  readonly failure: Ack["failure"];
  /** HTTP mode: the status of the answer. */
  readonly status: number | null;
  /** Every acknowledgement, when the command was delivered several times. */
  readonly acks: readonly Ack[];
  readonly triggerId: string;
  readonly responseUrl: string;
  /** Uses of the `response_url` so far. */
  responses(): readonly ResponseUse[];
  /** What only this person has seen in this channel since the command. */
  ephemerals(): readonly Ephemeral[];
}

/** A person types a slash command; resolves when the app has acknowledged it, or Slack has given up on it. */
export async function runCommand(acting: Acting, input: CommandInput): Promise<CommandResult> {
  const { world } = acting;
  const channel = channelOf(world, input.channel);
  if (!world.credentials.scopes.has("commands"))
    throw new Error("The app has no scope `commands`: Slack knows no such command");
  const hook = acting.hooks.issue({ kind: "commands", channel: channel.id, user: input.user, original: null });
  const triggerId = acting.triggers.issue(input.user);
  const payload = commandPayload(world, channel, input, hook, triggerId);
  const seenBefore = new Set(world.ephemerals.keys());
  const { first, all } = await sendTimes(acting, "slash_commands", payload, input);
  for (const ack of all) showAck(world, hook, input.command ?? "/findall", ack);
  return {
    ackMs: first.ackMs,
    ack: isEmptyBody(first.body) ? undefined : first.body,
    acked: first.acked,
    failure: first.failure,
    status: first.status,
    acks: all,
    triggerId,
    responseUrl: hook.url,
    responses: () => [...hook.uses],
    ephemerals: () => ephemeralsOf(world, input).filter((each) => !seenBefore.has(each.id)),
  };
}

function commandPayload(world: World, channel: Channel, input: CommandInput, hook: Hook, triggerId: string): Json {
  const person = personOf(world, input.user);
  return {
    token: "legacy-verification-token",
    team_id: world.team.id,
    team_domain: world.team.domain,
    channel_id: channel.id,
    channel_name: channelNameOf(channel),
    user_id: person.id,
    user_name: person.name,
    command: input.command ?? "/findall",
    text: input.text,
    api_app_id: world.app.id,
    is_enterprise_install: "false",
    response_url: hook.url,
    trigger_id: triggerId,
  };
}

/** Slack hides the names of what is not public. */
export function channelNameOf(channel: Channel): string {
  if (channel.kind === "im") return "directmessage";
  return channel.kind === "private" ? "privategroup" : channel.name;
}

function ephemeralsOf(world: World, input: CommandInput): readonly Ephemeral[] {
  return [...world.ephemerals.values()].filter(
    (each) => each.user === input.user && each.channel === input.channel && !each.deleted,
  );
}

/** Shows what the acknowledgement says, or Slackbot's complaint when there is none or it is not valid. */
function showAck(world: World, hook: Hook, command: string, ack: Ack): void {
  const complain = (error: string) =>
    slackbotSays(world, hook.channel, hook.user, `${command} failed with the error "${error}"`);
  if (!ack.acked) return void complain(ack.failure ?? "dispatch_failed");
  if (isEmptyBody(ack.body)) return;
  const args = isObject(ack.body) ? ack.body : { text: String(ack.body) };
  if (Object.keys(args).every((name) => name === "response_type")) return;
  try {
    answerInPlace(world, hook, readContent(args, { blockBudget: false }), args, "command_ack");
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    world.problems.push(`acknowledgement of ${command} refused: ${error.code} ${JSON.stringify(error.extra)}`);
    complain("invalid_command_response");
  }
}

function isEmptyBody(body: unknown): boolean {
  return body === undefined || body === null || body === "" || (isObject(body) && Object.keys(body).length === 0);
}
