import { NOTE_LENGTH, type Person, type ReviewAct, VERDICTS } from "../../domain/review.ts";
import { ACTIONS } from "../../slack/controls.ts";
import { asFields, type Fields } from "../../slack/views/read-state.ts";

/** What Slack sends when people press something, read once and narrowly; nothing behind this file knows the wire. */
export interface Pressed {
  readonly by: Person;
  readonly actionId: string;
  /** What the button is about. */
  readonly blockId: string;
  readonly value: string | null;
  readonly triggerId: string;
  /** The same for each delivery of one click, another for the next click. */
  readonly deliveryId: string;
}

export interface MessageClick extends Pressed {
  readonly channelId: string;
  readonly messageTs: string;
  /** The thread that the message is in. */
  readonly threadTs: string | null;
  /** Only the person who clicked sees the message. */
  readonly isEphemeral: boolean;
  readonly responseUrl: string | null;
}

export interface ModalClick extends Pressed {
  readonly view: OpenView;
}

/** A modal was sent. */
export interface Submission {
  readonly by: Person;
  readonly view: OpenView;
}

/** A modal as a person has it before them. */
export interface OpenView {
  readonly id: string;
  readonly hash: string;
  readonly callbackId: string;
  /** Our `private_metadata`. */
  readonly state: string;
  /** What is typed into the field for the note; null when there is no such field. */
  readonly note: { readonly blockId: string; readonly text: string } | null;
  /** As Slack sent it. */
  readonly wire: Fields;
}

/** A payload that is not as Slack documents it: nothing can be done, and nobody be answered. */
export class PayloadError extends Error {
  override readonly name = "PayloadError";
  readonly code = "payload_unreadable";
}

/** A click on a message, or in a modal. @throws PayloadError */
export function readClick(body: unknown): MessageClick | ModalClick {
  const fields = objectIn({ body }, "body");
  const pressed = readPressed(fields);
  if (asFields(fields.view)) return { ...pressed, view: readView(fields) };
  const container = objectIn(fields, "container");
  const message = asFields(fields.message) ?? {};
  return {
    ...pressed,
    channelId: textIn(container, "channel_id"),
    messageTs: textIn(container, "message_ts"),
    threadTs: textOr(container.thread_ts, null) ?? textOr(message.thread_ts, null),
    isEphemeral: container.is_ephemeral === true,
    responseUrl: textOr(fields.response_url, null),
  };
}

/** A modal that was sent. @throws PayloadError */
export function readSubmission(body: unknown): Submission {
  const fields = objectIn({ body }, "body");
  return { by: readPerson(fields), view: readView(fields) };
}

/** The number in a button: a revision or a page. Null for everything that we would not have written there. */
export function readNumber(value: string | null): number | null {
  return value !== null && /^(?:0|[1-9]\d{0,5})$/.test(value) ? Number(value) : null;
}

/** What a button asks for, given the revision of what the person saw; null when it is no such button. */
export function readAct(actionId: string, seen: number): ReviewAct | null {
  if (actionId === ACTIONS.undo) return { kind: "undo", seen };
  const verdict = VERDICTS.find((each) => ACTIONS[each] === actionId);
  return verdict ? { kind: "decide", verdict, seen } : null;
}

/** Whether a note is longer than we keep; Slack's own form does not let it become so. */
export function isTooLong(note: string): boolean {
  return note.length > NOTE_LENGTH;
}

function readPressed(body: Fields): Pressed {
  const by = readPerson(body);
  const [first] = Array.isArray(body.actions) ? body.actions : [];
  const action = objectIn({ action: first }, "action");
  const actionId = textIn(action, "action_id");
  const blockId = textOr(action.block_id, "");
  return {
    by,
    actionId,
    blockId,
    value: textOr(action.value, null),
    triggerId: textOr(body.trigger_id, ""),
    deliveryId: [by.id, textOr(action.action_ts, ""), blockId, actionId].join(":"),
  };
}

function readPerson(body: Fields): Person {
  const user = objectIn(body, "user");
  const name = textOr(user.name, null) ?? textOr(user.username, null);
  return { id: textIn(user, "id"), name: name || "a teammate" };
}

function readView(body: Fields): OpenView {
  const view = objectIn(body, "view");
  return {
    id: textIn(view, "id"),
    hash: textOr(view.hash, ""),
    callbackId: textOr(view.callback_id, ""),
    state: textOr(view.private_metadata, ""),
    note: readNote(view),
    wire: view,
  };
}

/** The field is found by its action, so that the block's id is the business of the one who drew it. */
function readNote(view: Fields): OpenView["note"] {
  const values = asFields(asFields(view.state)?.values) ?? {};
  for (const [blockId, inputs] of Object.entries(values)) {
    const input = asFields(asFields(inputs)?.[ACTIONS.note]);
    if (input) return { blockId, text: textOr(input.value, "") };
  }
  return null;
}

function objectIn(fields: Fields, name: string): Fields {
  const value = asFields(fields[name]);
  if (value === null) throw new PayloadError(`the payload has no ${name}`);
  return value;
}

function textIn(fields: Fields, name: string): string {
  const value = textOr(fields[name], "");
  if (value === "") throw new PayloadError(`the payload has no ${name}`);
  return value;
}

function textOr<Other extends string | null>(value: unknown, other: Other): string | Other {
  return typeof value === "string" ? value : other;
}
