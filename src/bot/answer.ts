import type { Message } from "../domain/message.ts";

/** The ways to reach the person who asked, in order of preference. Each may fail by throwing. */
export interface Outlet {
  /** Tells Slack that the request arrived; with a message, that message is the answer. At most once, within 3 s. */
  ack(message: Message | null): Promise<void>;
  /** Through the command's `response_url`: good for 30 minutes and five uses. */
  respond(message: Message, replaceOriginal: boolean): Promise<void>;
  /** `chat.postEphemeral`: needs membership and may not arrive, so it comes last. */
  postEphemeral(message: Message): Promise<void>;
}

/** What `answer` says on its own account. */
export interface AnswerWords {
  /** Null: nothing is said before the answer is there. */
  readonly interim: Message | null;
  readonly overdue: Message;
  failed(reference: string): Message;
}

/** What `answer` needs to know and whom it tells. */
export interface AnswerContext {
  /** When the request arrived (ms); all limits count from here. */
  readonly receivedAt: number;
  readonly words: AnswerWords;
  readonly limits?: AnswerLimits;
  readonly timers?: Timers;
  now(): number;
  newReference(): string;
  onAck(ms: number): void;
  /** Something went wrong that the person may not see. `reference` is set when it was told to the person. */
  onTrouble(what: AnswerTrouble, error: unknown, reference: string | null): void;
}

export type AnswerTrouble = "action_failed" | "action_overdue" | "ack_failed" | "respond_failed" | "answer_lost";

/** In ms since the request arrived. */
export interface AnswerLimits {
  /** Up to here the answer travels in the ack itself. */
  readonly quick: number;
  /** From here on the person is told that it takes longer. */
  readonly interim: number;
  /** From here on nothing more is waited for. */
  readonly overdue: number;
}

export interface Timers {
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

export const ANSWER_LIMITS: AnswerLimits = { quick: 150, interim: 2_000, overdue: 120_000 };
/** For when many ask at once: what is at hand for one is not for fifty, and no acknowledgement waits for the others' answers. */
export const CROWDED_LIMITS: AnswerLimits = { ...ANSWER_LIMITS, quick: 0 };

/**
 * The three-second rule. An action that is ready at once answers in the ack; any other is acknowledged with nothing,
 * which promises nothing, and answered when it is ready, with a "still working" in between when that takes long. An
 * action that throws becomes a polite answer with a reference. `null` from the action means silence.
 *
 * Never rejects.
 */
export async function answer(
  action: () => Promise<Message | null>,
  outlet: Outlet,
  context: AnswerContext,
): Promise<void> {
  const limits = context.limits ?? ANSWER_LIMITS;
  const result = outcomeOf(action, context);

  const quick = await readyBefore(result, limits.quick, context);
  const acked = await acknowledge(outlet, quick?.message ?? null, context);
  if (quick) {
    // The ack carried the answer; if it did not get through (socket gone), the answer takes the other road.
    if (!acked && quick.message) await deliver(outlet, quick.message, false, context);
    return;
  }

  const soon = await readyBefore(result, limits.interim, context);
  const { interim } = context.words;
  const interimShown = soon === null && interim !== null && (await tryToRespond(outlet, interim, false, context));
  const final = soon ?? (await readyBefore(result, limits.overdue, context)) ?? overdue(context);
  if (final.message) await deliver(outlet, final.message, interimShown, context);
}

interface Outcome {
  readonly message: Message | null;
}

async function outcomeOf(action: () => Promise<Message | null>, context: AnswerContext): Promise<Outcome> {
  try {
    return { message: await action() };
  } catch (error) {
    const reference = context.newReference();
    context.onTrouble("action_failed", error, reference);
    return { message: context.words.failed(reference) };
  }
}

function overdue(context: AnswerContext): Outcome {
  context.onTrouble("action_overdue", null, null);
  return { message: context.words.overdue };
}

/** Null when the outcome is not there `limit` ms after the request arrived. */
function readyBefore(result: Promise<Outcome>, limit: number, context: AnswerContext): Promise<Outcome | null> {
  const timers = context.timers ?? defaultTimers;
  const left = Math.max(0, context.receivedAt + limit - context.now());
  return new Promise((resolve) => {
    const timer = timers.setTimeout(() => resolve(null), left);
    void result.then((outcome) => {
      timers.clearTimeout(timer);
      resolve(outcome);
    });
  });
}

async function acknowledge(outlet: Outlet, message: Message | null, context: AnswerContext): Promise<boolean> {
  try {
    await outlet.ack(message);
    context.onAck(context.now() - context.receivedAt);
    return true;
  } catch (error) {
    context.onTrouble("ack_failed", error, null);
    return false;
  }
}

async function deliver(outlet: Outlet, message: Message, replaceOriginal: boolean, context: AnswerContext) {
  if (await tryToRespond(outlet, message, replaceOriginal, context)) return;
  try {
    await outlet.postEphemeral(message);
  } catch (error) {
    context.onTrouble("answer_lost", error, null);
  }
}

async function tryToRespond(outlet: Outlet, message: Message, replaceOriginal: boolean, context: AnswerContext) {
  try {
    await outlet.respond(message, replaceOriginal);
    return true;
  } catch (error) {
    context.onTrouble("respond_failed", error, null);
    return false;
  }
}

// Looked up at each call, so that a test's clock is used when it was installed after this module was loaded.
const defaultTimers: Timers = {
  setTimeout: (callback, ms) => globalThis.setTimeout(callback, ms),
  clearTimeout: (timer) => globalThis.clearTimeout(timer as NodeJS.Timeout),
};
