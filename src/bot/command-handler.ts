import type { SlashCommand } from "@slack/bolt";
import type { Message } from "../domain/message.ts";
import type { Asker } from "../steps/results.ts";
import { type AnswerContext, answer, type Outlet } from "./answer.ts";
import { type BotLogger, errorFields } from "./bolt-logger.ts";
import type { BotDeps } from "./deps.ts";
import { type Command, parseCommand } from "./parse-command.ts";
import { overdue } from "./replies/overdue.ts";
import { stillWorking } from "./replies/still-working.ts";
import { unexpectedError } from "./replies/unexpected-error.ts";
import { changesSomething, route } from "./routes.ts";

/** One slash command on its way in, and the ways back. */
export interface CommandRequest extends Outlet {
  readonly receivedAt: number;
  newReference(): string;
}

/** Longest wait for the question whether a delivery is new; unanswered, it counts as new, since all steps are idempotent. */
const FIRST_DELIVERY_MS = 1_000;

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
  return answer(() => replyTo(command, asker, payload.trigger_id, deps), request, {
    ...contextOf(command, deps, request),
    onAck: (ms) => {
      deps.onAck(ms, command.kind);
      lineLog.info({ event: "command_acked", ms }, "acknowledged a command");
    },
    onTrouble: (what, error, reference) => {
      lineLog.error(
        { event: what, reference, ...(error === null ? {} : errorFields(error)) },
        "trouble with a command",
      );
    },
  });
}

function contextOf(command: Command, deps: BotDeps, request: CommandRequest) {
  return {
    receivedAt: request.receivedAt,
    now: deps.now,
    newReference: request.newReference,
    words: { interim: stillWorking(command), overdue: overdue(command), failed: unexpectedError },
  } satisfies Partial<AnswerContext>;
}

async function replyTo(command: Command, asker: Asker, trigger: string, deps: BotDeps): Promise<Message | null> {
  // Only what changes something is held against earlier deliveries: asking twice may be answered twice.
  if (changesSomething(command) && !(await isFirst(trigger, deps))) return null;
  return route(command, { actions: deps.actions, asker, botUserId: deps.config.botUserId });
}

async function isFirst(trigger: string, deps: BotDeps): Promise<boolean> {
  if (!trigger) return true;
  let timer: NodeJS.Timeout | undefined;
  const unknown = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(true), FIRST_DELIVERY_MS);
  });
  const asked = Promise.resolve()
    .then(() => deps.actions.firstDelivery(trigger))
    .catch(() => true);
  return Promise.race([asked, unknown]).finally(() => clearTimeout(timer));
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
