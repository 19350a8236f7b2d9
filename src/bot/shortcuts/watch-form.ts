import type { Message } from "../../domain/message.ts";
import type { Person } from "../../domain/review.ts";
import { bareText } from "../../slack/plain-words.ts";
import { renderWatchNotice, WATCH_FIELDS } from "../../slack/views/watch-form.ts";
import type { StartWatchResult } from "../../steps/results.ts";
import { within } from "../../steps/within.ts";
import type { Command } from "../command.ts";
import { type FormAnswer, formErrors, formUpdate } from "../form-answer.ts";
import { readFormValues } from "../form-values.ts";
import { parseCommand } from "../parse-command.ts";
import { FORGED_WORDS } from "../replies/forged-click.ts";
import { formFailed } from "../replies/form-words.ts";
import { plainRefusal } from "../replies/refusal-words.ts";
import type { Desk } from "../review/desk.ts";
import type { Submission } from "../review/payload.ts";
import { startAnswer } from "../start-answer.ts";

const CHANNEL = /^[CGD][A-Z0-9]{1,30}$/;
/** From here on the window says that it takes longer, and is changed when the answer is there. In ms since it was sent. */
const WINDOW_BY = 1_800;
const WORKING = "⏳ Still asking about that run. This window says so as soon as I know; you may close it.";
const STARTED: readonly StartWatchResult["kind"][] = ["watching", "already_watching", "reopened"];

/** What is said: the run is followed, or why not, and below which field. */
type Outcome = { readonly done: Message } | { readonly field: string; readonly words: string };

/** The answer that the acknowledgement carries, and what is done after it. */
export interface WatchFormAnswer {
  readonly soon: Promise<FormAnswer>;
  /** Never rejects. */
  readonly later: Promise<void>;
}

/** What concerns the whole form stands below the run. @param words plain text */
export function watchBelow(words: string): FormAnswer {
  return formErrors({ [WATCH_FIELDS.id]: words });
}

/** Follows the run that was asked for, in that channel and for that person, who must be in it. */
export function answerWatchForm(form: Submission, desk: Desk, botUserId: string): WatchFormAnswer {
  const work = follow(form, desk, botUserId);
  const inTime = within(work, Math.max(0, desk.receivedAt + WINDOW_BY - desk.now()));
  const soon = inTime.then((outcome) => (outcome ? answerOf(outcome) : formUpdate(renderWatchNotice(WORKING))));
  const later = inTime.then((outcome) => (outcome ? undefined : showLater(work, form, desk)));
  return { soon, later: later.catch((error: unknown) => desk.onTrouble("window_lost", error)) };
}

async function follow({ view, by }: Submission, desk: Desk, botUserId: string): Promise<Outcome> {
  const values = readFormValues(view.wire);
  const channelId = view.state || values.one(WATCH_FIELDS.channel);
  const command = parseCommand(`watch ${values.one(WATCH_FIELDS.id)}`);
  if (command.kind !== "watch") return { field: WATCH_FIELDS.id, words: noIdWords(command) };
  const place = view.state ? WATCH_FIELDS.id : WATCH_FIELDS.channel;
  if (channelId === "") return { field: place, words: "Please choose a channel." };
  if (!CHANNEL.test(channelId)) return { field: place, words: FORGED_WORDS };
  const refusal = await desk.actions.mayActIn(channelId, by);
  if (refusal) return { field: place, words: refusalWords(refusal) };
  const { id, overrides = null } = command;
  const result = await desk.actions.startWatch(id, askerIn(channelId, by), overrides);
  const message = startAnswer(result, id, overrides, botUserId);
  if (STARTED.includes(result.kind)) return { done: message };
  return { field: result.kind === "channel_refused" ? place : WATCH_FIELDS.id, words: bareText(message.text) };
}

function noIdWords(command: Command): string {
  const many = command.kind === "bad_id" && command.reason === "several";
  if (many) return "That holds more than one run’s id, and I take one at a time.";
  return "I find no run’s id in that. Ids have letters, digits, _ and -; a link with the id in it will do too.";
}

function refusalWords(refusal: Parameters<typeof plainRefusal>[0]): string {
  if (refusal.kind === "not_member")
    return "Only people in that channel can have a run followed there. Join it, or choose another.";
  if (refusal.kind === "membership_unknown")
    return "Slack does not tell me whether you are in that channel. If this app is not in it yet, invite it there with /invite first.";
  return plainRefusal(refusal);
}

function askerIn(channelId: string, by: Person) {
  return { userId: by.id, userName: by.name, channelId, channelName: "", responseUrl: null };
}

function answerOf(outcome: Outcome): FormAnswer {
  if ("done" in outcome) return formUpdate(renderWatchNotice(outcome.done.text));
  return formErrors({ [outcome.field]: outcome.words });
}

async function showLater(work: Promise<Outcome>, { view }: Submission, desk: Desk): Promise<void> {
  const words = await work.then(
    (outcome) => ("done" in outcome ? outcome.done.text : outcome.words),
    (error: unknown) => {
      const reference = desk.newReference();
      desk.onTrouble("action_failed", error, reference);
      return formFailed(reference);
    },
  );
  await desk.windows.update(view.id, renderWatchNotice(words), null);
}
