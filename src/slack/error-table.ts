/** What the sender has to do about a failed call. The steps decide how; nothing here waits or sends. */
export type SendAction =
  /** Slack said how long to wait; nothing was accepted. */
  | "retry_after"
  /** Nothing was accepted, or the call may be repeated without harm: again, with the usual back-off. */
  | "retry"
  /** Not accepted, and it will take minutes to hours. */
  | "retry_slowly"
  /** The post may be in Slack: look for it before it is sent again. */
  | "ambiguous"
  /** The request never left the process (see `notAfter`): claim again. */
  | "not_sent"
  /** A person must mend something about this watch's thread. */
  | "pause_watch"
  /** A person must mend something about this channel. */
  | "pause_channel"
  /** The installation or its token is at fault: nothing of this workspace can be sent. */
  | "pause_workspace"
  /** Slack refused the content: send `toPlainMessage` once; refused again, it is dead. */
  | "plain_text"
  /** The message is gone. A card is posted again once; edits of any other message end here. */
  | "repost_card"
  /** The message is there but cannot be edited any more. A card is posted anew; edits of any other message end here. */
  | "new_card"
  /** It will never succeed, and nobody can mend it from here. */
  | "drop";

export interface ErrorRow {
  readonly post: SendAction;
  readonly update: SendAction;
  /** For people: what is wrong, as a sentence. */
  readonly what?: string;
  /** For people: how to mend it. `{invite}` and `{scope}` are filled in. */
  readonly mend?: string;
}

type Rows = Readonly<Record<string, ErrorRow>>;

const same = (action: SendAction, words: Pick<ErrorRow, "what" | "mend"> = {}): ErrorRow => ({
  post: action,
  update: action,
  ...words,
});

const WAIT = {
  what: "Slack is holding messages back.",
  mend: "Nothing to do: the app keeps trying.",
} as const;

const TRANSIENT: Rows = {
  ratelimited: same("retry_after", WAIT),
  rate_limited: same("retry_after", WAIT),
  // Slack warns that part of the work may be done (slack-platform 4.3).
  internal_error: { post: "ambiguous", update: "retry" },
  fatal_error: { post: "ambiguous", update: "retry" },
  service_unavailable: { post: "ambiguous", update: "retry" },
  request_timeout: { post: "ambiguous", update: "retry" },
  team_added_to_org: same("retry_slowly", {
    what: "Slack is moving this workspace into an organization.",
    mend: "Nothing to do: the app tries again until the move is over.",
  }),
  org_login_required: same("retry_slowly", {
    what: "Slack is moving this workspace into an organization.",
    mend: "Nothing to do: the app tries again until the move is over.",
  }),
  external_channel_migrating: same("retry_slowly", {
    what: "Slack is moving this shared channel.",
    mend: "Nothing to do: the app tries again until the move is over.",
  }),
  update_failed: same("retry_slowly"),
  // We open no streams; if somebody's tool did, it ends by itself.
  streaming_state_conflict: same("retry_slowly"),
};

const CHANNEL: Rows = {
  not_in_channel: same("pause_channel", {
    what: "The app is not a member of this channel.",
    mend: "Type {invite} in the channel.",
  }),
  channel_not_found: same("pause_channel", {
    what: "The app cannot see this channel: it is private and the app was not invited, or it is gone.",
    mend: "Type {invite} in the channel. If the channel is gone, follow the run in another one.",
  }),
  is_archived: same("pause_channel", {
    what: "The channel is archived.",
    mend: "Unarchive it in the channel's settings and type {invite} there, or follow the run in another channel.",
  }),
  is_inactive: same("pause_channel", {
    what: "The channel is archived or frozen.",
    mend: "Unarchive it in the channel's settings and type {invite} there, or follow the run in another channel.",
  }),
  restricted_action: same("pause_channel", {
    what: "A workspace setting keeps the app from posting in this channel.",
    mend: "Ask a workspace admin to allow apps to post here, or follow the run in another channel.",
  }),
  restricted_action_read_only_channel: same("pause_channel", {
    what: "This channel is read-only for the app.",
    mend: "Ask a channel manager to let the app post here, or follow the run in another channel.",
  }),
  restricted_action_thread_only_channel: same("pause_channel", {
    what: "In this channel the app may only reply in threads, so its card cannot be posted.",
    mend: "Ask a channel manager to let the app post here, or follow the run in another channel.",
  }),
  // Falling back to the open channel would flood it; a person decides (DESIGN 2.3).
  restricted_action_non_threadable_channel: same("pause_channel", {
    what: "In this channel nobody may reply in threads, and the matches go into a thread.",
    mend: "Ask a channel manager to allow threads, or follow the run in another channel.",
  }),
  restricted_action_thread_locked: same("pause_watch", {
    what: "The card's thread is locked.",
    mend: "Unlock the thread.",
  }),
  // What is in Slack can still be edited; a pause shows in the list and in readiness, and is tried again by itself.
  message_limit_exceeded: {
    post: "pause_channel",
    update: "retry_slowly",
    what: "This workspace has reached Slack's message limit for its plan.",
    mend: "A workspace admin can upgrade the plan; the app tries again by itself.",
  },
  cannot_reply_to_message: same("pause_watch", {
    what: "Slack does not allow replies to the card.",
    mend: "Unlock its thread, or follow the run in another channel.",
  }),
};

const OUR_CONTENT: Rows = Object.fromEntries(
  [
    "invalid_blocks",
    "invalid_blocks_format",
    "msg_blocks_too_long",
    "msg_too_long",
    "no_text",
    "too_many_attachments",
    "markdown_text_conflict",
    "invalid_metadata_format",
    "invalid_metadata_schema",
    "metadata_too_large",
    "metadata_must_be_sent_from_app",
    "invalid_arguments",
    "block_mismatch",
  ].map((code) => [code, same("plain_text")]),
);

const MESSAGE: Rows = {
  // A reply whose thread is gone, or an edit of a message that is gone.
  message_not_found: { post: "drop", update: "repost_card" },
  thread_not_found: { post: "repost_card", update: "repost_card" },
  edit_window_closed: { post: "drop", update: "new_card" },
  // Not our message: the app was installed anew as another bot. An old card that cannot be edited would soon lie.
  cant_update_message: { post: "drop", update: "new_card" },
};

const REINSTALL = "The app's operator must install it again and set the new bot token.";

const INSTALLATION: Rows = {
  invalid_auth: same("pause_workspace", { what: "Slack refuses the app's token.", mend: REINSTALL }),
  not_authed: same("pause_workspace", { what: "The app sent no token to Slack.", mend: REINSTALL }),
  token_revoked: same("pause_workspace", { what: "The app's token was revoked.", mend: REINSTALL }),
  account_inactive: same("pause_workspace", { what: "The app was removed from this workspace.", mend: REINSTALL }),
  token_expired: same("pause_workspace", { what: "The app's token has expired.", mend: REINSTALL }),
  team_access_not_granted: same("pause_workspace", {
    what: "The organization does not allow the app in this workspace.",
    mend: "An organization admin must allow it.",
  }),
};

const CONFIGURATION: Rows = {
  missing_scope: same("pause_workspace", {
    what: "The app lacks a permission{scope}.",
    mend: "The app's operator must add it at api.slack.com/apps under “OAuth & Permissions” and install the app again.",
  }),
  not_allowed_token_type: same("pause_workspace", {
    what: "The app uses a kind of token that Slack does not take here.",
    mend: "The app's operator must set the bot token (`xoxb-…`).",
  }),
  no_permission: same("pause_workspace", {
    what: "The app's token may not post.",
    mend: "A workspace admin must allow it, or the app's operator install it again.",
  }),
  ekm_access_denied: same("pause_workspace", {
    what: "The organization has suspended posting with its encryption keys.",
    mend: "Ask an organization admin.",
  }),
  access_denied: same("pause_workspace", { what: "Slack denies the app access.", mend: "Ask a workspace admin." }),
  accesslimited: same("pause_workspace", {
    what: "Access to this workspace is limited.",
    mend: "Ask a workspace admin.",
  }),
  enterprise_is_restricted: same("pause_workspace", {
    what: "The organization restricts the app.",
    mend: "An organization admin must allow it.",
  }),
  two_factor_setup_required: same("pause_workspace", {
    what: "Slack asks for two-factor authentication to be set up first.",
    mend: "Ask a workspace admin.",
  }),
};

const PERSON: Rows = {
  messages_tab_disabled: same("drop", {
    what: "The app may not send direct messages.",
    mend: "The app's operator must enable the messages tab in the app's manifest.",
  }),
  user_not_in_channel: same("drop"),
  user_not_found: same("drop"),
  user_disabled: same("drop"),
  user_not_visible: same("drop"),
};

const ADMIN_FILES = "A workspace admin can change this in the workspace's settings.";

/** Of an upload (docs.slack.dev: files.getUploadURLExternal, files.completeUploadExternal). */
const FILES: Rows = {
  storage_limit_reached: same("drop", {
    what: "This workspace has used up the file storage of its Slack plan.",
    mend: "Delete files, or ask a workspace admin to upgrade the plan.",
  }),
  file_uploads_disabled: same("drop", { what: "File uploads are switched off in this workspace.", mend: ADMIN_FILES }),
  file_uploads_except_images_disabled: same("drop", {
    what: "In this workspace only images can be uploaded.",
    mend: ADMIN_FILES,
  }),
  file_type_not_allowed: same("drop", {
    what: "This workspace does not allow files of this type.",
    mend: ADMIN_FILES,
  }),
  file_upload_size_restricted: same("drop", {
    what: "The file is larger than this workspace allows.",
    mend: "Export less of the run, such as the accepted candidates alone, or ask a workspace admin.",
  }),
  posting_to_channel_denied: same("pause_channel", CHANNEL.restricted_action),
  invalid_channel: same("pause_channel", CHANNEL.channel_not_found),
  // The ticket of an upload was lost on Slack's side: a new upload gets a new one.
  file_not_found: same("retry"),
  file_update_failed: { post: "ambiguous", update: "retry" },
};

/** Every error of slack-platform 4.4 and of uploads, and what it asks of the sender and of people. One row each. */
export const SLACK_ERRORS: Rows = {
  ...TRANSIENT,
  ...CHANNEL,
  ...OUR_CONTENT,
  ...MESSAGE,
  ...INSTALLATION,
  ...CONFIGURATION,
  ...PERSON,
  ...FILES,
};

/** For codes that do not exist yet: Slack refused, so nothing was posted; families first, then patience. */
const FAMILIES: readonly (readonly [RegExp, ErrorRow])[] = [
  [/^restricted_action/, same("pause_channel", CHANNEL.restricted_action)],
  [/^(invalid_blocks|invalid_metadata|msg_|metadata_)/, same("plain_text")],
  [/^(token_|invalid_token)/, same("pause_workspace", { what: "Slack refuses the app's token.", mend: REINSTALL })],
];

const UNKNOWN: ErrorRow = same("retry_slowly");

/** The row of a code, known or not. */
export function errorRow(code: string): ErrorRow {
  const row = Object.hasOwn(SLACK_ERRORS, code) ? SLACK_ERRORS[code] : undefined;
  return row ?? FAMILIES.find(([pattern]) => pattern.test(code))?.[1] ?? UNKNOWN;
}
