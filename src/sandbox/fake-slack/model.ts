/** Any JSON object: what blocks, views and payloads are before they are validated. */
export type Json = Record<string, unknown>;

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly url: string;
}

/** The installed app, as Slack knows it. */
export interface AppIdentity {
  readonly id: string;
  readonly name: string;
  readonly botId: string;
  readonly botUserId: string;
}

export interface Person {
  readonly id: string;
  /** Short name, as in `user_name`. */
  readonly name: string;
  readonly realName: string;
}

export type ChannelKind = "public" | "private" | "im";

export interface Channel {
  readonly id: string;
  /** Empty for direct messages. */
  readonly name: string;
  readonly kind: ChannelKind;
  /** A direct message between a person and the app. */
  readonly isAppDm: boolean;
  readonly createdAt: number;
  readonly members: Set<string>;
  archived: boolean;
  /** Error code with which posting is refused by policy. */
  restriction: string | null;
  editWindowClosed: boolean;
  readonly lockedThreads: Set<string>;
}

export interface Metadata {
  readonly event_type: string;
  readonly event_payload: Json;
}

/** What a message says, whichever way it came in. */
export interface Content {
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly attachments: readonly Json[];
  readonly metadata?: Metadata;
}

/** How the top-level text is to be read and whether links unfold. */
export interface ContentFlags {
  readonly mrkdwn: boolean;
  readonly linkNames: boolean;
  readonly parse: string | null;
  readonly unfurlLinks: boolean;
  readonly unfurlMedia: boolean;
}

/** A file, from the moment its upload is announced. Never changed in place. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** As announced. */
  readonly length: number;
  readonly createdAt: number;
  /** Where its bytes are to be posted. */
  readonly uploadPath: string;
  readonly content: Buffer | null;
  /** The message that carries it. */
  readonly share: { readonly channel: string; readonly threadTs: string | null; readonly ts: string } | null;
  /** There for people; before that it is an upload. */
  readonly isComplete: boolean;
}

/** A file as people see it. */
export interface SlackFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** Null for a file that was not shared. */
  readonly channel: string | null;
  readonly threadTs: string | null;
  readonly messageTs: string | null;
  readonly content: Buffer;
  readonly permalink: string;
  /** `url_private`: its content, for whoever has the bot's token. */
  readonly url: string;
}

export type Origin = "api" | "upload" | "response_url" | "command_ack" | "person" | "system";

export interface MessageVersion extends Content {
  readonly at: number;
}

/** A message in a channel. Never changed in place: an edit puts a new object into the channel. */
export interface StoredMessage extends Content {
  readonly channel: string;
  readonly ts: string;
  /** Set on replies only. */
  readonly threadTs: string | null;
  readonly broadcast: boolean;
  readonly user: string;
  readonly botId: string | null;
  readonly origin: Origin;
  /** Milliseconds, by the injected clock. */
  readonly postedAt: number;
  readonly flags: ContentFlags;
  /** Shown as "(edited)": an edit without blocks. */
  readonly edited: { readonly user: string; readonly at: number } | null;
  /** Every earlier version, oldest first. */
  readonly edits: readonly MessageVersion[];
  readonly deleted: boolean;
  /** Posted less than a second after the one before: Slack answers 200 and may not show it. */
  readonly tooFast: boolean;
  /** Not shown to people, because of `tooFast` in hide mode. */
  readonly hidden: boolean;
  readonly clientMsgId: string | null;
  /** Files that it carries. */
  readonly files: readonly {
    readonly id: string;
    readonly name: string;
    readonly title: string;
    readonly size: number;
  }[];
}

/** A message only one person sees. */
export interface Ephemeral extends Content {
  readonly id: string;
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  readonly threadTs: string | null;
  readonly origin: Origin | "slackbot";
  readonly at: number;
  readonly deleted: boolean;
  readonly flags: ContentFlags;
}

export interface StoredView {
  readonly id: string;
  readonly rootId: string;
  readonly previousId: string | null;
  readonly user: string;
  readonly type: "modal" | "home";
  readonly hash: string;
  readonly view: Json;
  readonly open: boolean;
}

/** One run of a step that the app provides to workflows. Never changed in place. */
export interface FunctionExecution {
  readonly id: string;
  readonly inputs: Json;
  /** Declared outputs, by `typeof`. */
  readonly outputTypes: Readonly<Record<string, string>>;
  readonly state: "running" | "completed" | "failed";
  readonly outputs: Json | null;
  /** What the app said went wrong. */
  readonly error: string | null;
}

export interface CallRecord {
  readonly method: string;
  readonly at: number;
  readonly channel: string | null;
  readonly ts: string | null;
  readonly ok: boolean;
  /** Slack's error code, or a name for what happened on the wire (`reset`, `http_500`, …). */
  readonly error: string | null;
  readonly status: number;
  /** The kind of the injected fault, when one played a part. */
  readonly fault: string | null;
}

export type EnvelopeType = "slash_commands" | "interactive" | "events_api";

/** What became of one delivery to the app. */
export interface Ack {
  readonly acked: boolean;
  readonly ackMs: number | null;
  readonly body: unknown;
  /** HTTP mode only. */
  readonly status: number | null;
  readonly failure: "operation_timeout" | "dispatch_failed" | null;
}

export interface DeliveryRecord extends Ack {
  readonly type: EnvelopeType;
  readonly at: number;
  readonly via: "socket" | "http";
  readonly retry: number;
}

/** One use of a `response_url`. */
export interface ResponseUse {
  readonly at: number;
  readonly status: number;
  readonly error: string | null;
  readonly body: Json;
}
