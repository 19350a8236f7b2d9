import type { SlashCommand } from "@slack/bolt";
import type { Message } from "../domain/message.ts";
import { withHold } from "../slack/messages/hold.ts";
import type { Asker } from "../steps/results.ts";
import { type AnswerContext, type AnswerLimits, answer, type Outlet } from "./answer.ts";
import { type BotLogger, errorFields } from "./bolt-logger.ts";
import type { Command } from "./command.ts";
import type { BotDeps } from "./deps.ts";
import { isFirstDelivery } from "./first-delivery.ts";
import { parseCommand } from "./parse-command.ts";
import { overdue } from "./replies/overdue.ts";
import { stillWorking } from "./replies/still-working.ts";
import { unexpectedError } from "./replies/unexpected-error.ts";
import type { Desk } from "./review/desk.ts";
import type { Windows } from "./review/windows.ts";
import { changesSomething, type RouteContext, route } from "./routes.ts";

/** One slash command on its way in, and the ways back. */
export interface CommandRequest extends Outlet {
  readonly receivedAt: number;
  readonly limits: AnswerLimits;
  readonly windows: Windows;
  newReference(): string;
}

/** Answers one `/findall …`. Never rejects; what was typed is not logged, since people paste keys with it. */
export function answerCommand(
  payload: SlashCommand,
  deps: BotDeps,
  log: BotLogger,
  request: CommandRequest,
): Promise<void> {
  const command = parseCommand(payload.text ?? "");
  const asker = askerOf(payload);
  const lineLog = log.child({ command: command.kind, channel: asker.channelId, user: asker.userId });
  const onTrouble: Desk["onTrouble"] = (what, error, reference) =>
    lineLog.error({ event: what, reference, ...(error === null ? {} : errorFields(error)) }, "trouble with a command");
  const { actions, now, config } = deps;
  const { windows, receivedAt, newReference } = request;
  const { botUserId } = config;
  const desk: Desk = { actions, windows, botUserId, receivedAt, now, newReference, onTrouble };
  const context = { actions, asker, botUserId, triggerId: payload.trigger_id, desk };
  return answer(() => replyTo(command, context), request, {
    ...contextOf(command, deps, request),
    onAck: (ms) => {
      deps.onAck(ms, command.kind);
      lineLog.info({ event: "command_acked", ms }, "acknowledged a command");
    },
    onTrouble: (what, error, reference) => onTrouble(what, error, reference ?? undefined),
  });
}

function contextOf(command: Command, deps: BotDeps, request: CommandRequest) {
  return {
    receivedAt: request.receivedAt,
    limits: request.limits,
    now: deps.now,
    newReference: request.newReference,
    words: { interim: stillWorking(command), overdue: overdue(command), failed: unexpectedError },
  } satisfies Partial<AnswerContext>;
}

async function replyTo(command: Command, context: RouteContext): Promise<Message | null> {
  // Only what changes something is held against earlier deliveries: asking twice may be answered twice.
  if (changesSomething(command) && !(await isFirstDelivery(context.triggerId, context.actions))) return null;
  const [reply, hold] = await Promise.all([route(command, context), context.actions.readHold()]);
  return reply && hold ? withHold(reply, hold) : reply;
}

function askerOf(payload: SlashCommand): Asker {
  return {
    userId: payload.user_id,
    userName: payload.user_name || "a teammate",
    channelId: payload.channel_id,
    channelName: payload.channel_name,
    responseUrl: payload.response_url || null,
  };
}
