/**
 * What a renderer gives and the Slack edge sends. Blocks are plain JSON here, since domain knows no SDK types; the
 * renderers in `slack/` build them with the SDK's types.
 */
export interface Message {
  /** Complete in itself: notification, screen reader, and the fallback when blocks are refused. At most 4,000 characters. */
  readonly text: string;
  readonly blocks: readonly object[];
  readonly metadata?: {
    readonly event_type: string;
    readonly event_payload: Readonly<Record<string, string | number>>;
  };
}
