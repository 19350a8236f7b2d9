import { blockLines, type Reader } from "./block-text.ts";
import type { Json, Metadata } from "./model.ts";
import { interpretMrkdwn } from "./mrkdwn.ts";
import { spansToText } from "./span-text.ts";

export interface TextOptions {
  /** Adds ids, action ids, metadata and the top-level text. */
  readonly verbose?: boolean;
  /** Names for user and channel ids; an id without a name is shown as it is. */
  readonly nameOf?: (id: string) => string | undefined;
}

/** What `messageToText` needs of a message; stored messages, ephemeral ones and mere payloads fit. */
export interface Tellable {
  readonly text?: string;
  readonly blocks?: readonly unknown[];
  readonly attachments?: readonly unknown[];
  readonly metadata?: Metadata;
  readonly files?: readonly { readonly name: string; readonly title: string; readonly size: number }[];
  readonly deleted?: boolean;
  readonly edited?: unknown;
  readonly ts?: string;
}

/** A message as lines of plain text, the way a person would read it in Slack. Nothing is dropped: what it cannot
 * show, it names. */
export function messageToText(message: Tellable, options: TextOptions = {}): string {
  if (message.deleted) return "(deleted)";
  const reader: Reader = { nameOf: options.nameOf ?? (() => undefined), verbose: options.verbose ?? false };
  const blocks = (message.blocks ?? []) as readonly Json[];
  const text = spansToText(interpretMrkdwn(message.text ?? "", { linkNames: false }), reader.nameOf);
  const lines = blocks.length > 0 ? blocks.flatMap((block) => blockLines(block, reader)) : text.split("\n");
  if (message.attachments?.length)
    lines.push(`(${message.attachments.length} attachments: ${JSON.stringify(message.attachments)})`);
  for (const { name, title, size } of message.files ?? []) {
    lines.push(`(file ${name}: ${title}, ${size.toLocaleString("en-US")} bytes)`);
  }
  if (message.edited) lines.push("(edited)");
  if (reader.verbose) {
    if (blocks.length > 0) lines.push(`text: ${text}`);
    if (message.metadata) lines.push(`metadata: ${JSON.stringify(message.metadata)}`);
  }
  return lines.join("\n");
}

/** A modal or Home tab as lines of plain text. */
export function viewToText(view: Json, options: TextOptions = {}): string {
  const reader: Reader = { nameOf: options.nameOf ?? (() => undefined), verbose: options.verbose ?? false };
  const title = (view.title as { text?: string } | undefined)?.text;
  const lines = ((view.blocks ?? []) as Json[]).flatMap((block) => blockLines(block, reader));
  const buttons = [view.close, view.submit].flatMap((each) =>
    (each as { text?: string } | null)?.text ? [`[${(each as { text: string }).text}]`] : [],
  );
  return [...(title ? [`== ${title} ==`] : []), ...lines, ...(buttons.length > 0 ? [buttons.join(" ")] : [])].join(
    "\n",
  );
}
