import { type FetchFunction, type Logger, LogLevel, type WebAPICallResult, WebClient } from "@slack/web-api";
import type { Message } from "../domain/message.ts";
import { type ChannelDescription, createChannelReader } from "./channel.ts";
import { type ChannelsOf, channelsOf } from "./channels-of.ts";
import { type CompleteResult, completeFunction, type FunctionOutcome } from "./complete-function.ts";
import { classifySlackError, failureOf, PastDeadlineError, type SendFailure } from "./errors.ts";
import { type FindRequest, type FindResult, findMessage } from "./find.ts";
import { createGap, type Gap } from "./gap.ts";
import { isMember, type Membership } from "./members.ts";
import { type PublishResult, publishHome } from "./publish-home.ts";
import { AS_WRITTEN, type RespondOptions, type RespondResult, respond } from "./respond.ts";
import { type UploadRequest, type UploadResult, uploadFile } from "./upload.ts";
import type { HomeTab } from "./views/home.ts";
import { type WhisperResult, whisper } from "./whisper.ts";

export type { ChannelDescription } from "./channel.ts";
export type { FindRequest, FindResult, FoundMessage } from "./find.ts";
export type { Membership } from "./members.ts";
export type { RespondOptions, RespondResult } from "./respond.ts";
export type { UploadRequest, UploadResult } from "./upload.ts";

export interface SlackClientOptions {
  readonly token: string;
  /** With or without a trailing slash. */
  readonly apiUrl: string;
  /** One call, body included, in ms. */
  readonly timeoutMs: number;
  /** Default: the global `fetch`, and so the process's proxy. */
  readonly fetch?: FetchFunction;
  readonly now?: () => number;
  /** Default: silent. The SDK's debug lines hold message texts. */
  readonly logger?: Logger;
}

export interface AuthInfo {
  readonly teamId: string;
  /** Of the workspace, with a trailing slash; for `permalink`. */
  readonly teamUrl: string;
  readonly botUserId: string;
  readonly botId: string | null;
  /** The bot's user name, for `/invite @…`. */
  readonly botName: string | null;
  readonly appId: string | null;
}

export type AuthResult =
  | { readonly ok: true; readonly auth: AuthInfo }
  | { readonly ok: false; readonly failure: SendFailure };

export interface PostRequest {
  /** Channel id, or a user id for a direct message. */
  readonly channel: string;
  readonly threadTs: string | null;
  /** Also show a reply in the channel. */
  readonly broadcast: boolean;
  readonly message: Message;
  /**
   * ms since the epoch. The request never starts after this (failure `past_deadline`, action `not_sent`), so it is over,
   * one way or another, by `notAfter + timeoutMs`; a lease that lasts longer than that cannot be overtaken by its own post.
   */
  readonly notAfter: number;
}

export interface UpdateRequest {
  readonly channel: string;
  readonly ts: string;
  readonly message: Message;
}

export type SendResult =
  | { readonly ok: true; readonly ts: string; readonly channel: string }
  | { readonly ok: false; readonly failure: SendFailure };

/** What we ask of Slack. No method throws: what goes wrong is a value, classified. Nothing is retried here. */
export interface SlackClient {
  authTest(): Promise<AuthResult>;
  post(request: PostRequest): Promise<SendResult>;
  update(request: UpdateRequest): Promise<SendResult>;
  /** Looks for a message by the entry id in its metadata. */
  find(request: FindRequest): Promise<FindResult>;
  /** May the app post there? */
  describeChannel(channel: string): Promise<ChannelDescription>;
  /** Is this person in that channel, or in that direct message with the app? */
  isMember(channel: string, user: string): Promise<Membership>;
  /** The conversations that this person is in, as far as the app may see them. */
  channelsOf(user: string): Promise<ChannelsOf>;
  /** Says something in a channel to one person alone. */
  whisper(channel: string, user: string, message: Message): Promise<WhisperResult>;
  /** Shows a person their Home tab; with `onlyAfter` only in place of that version. */
  publishHome(user: string, view: HomeTab, onlyAfter: string | null): Promise<PublishResult>;
  /** Ends a step of a workflow. */
  completeFunction(executionId: string, outcome: FunctionOutcome): Promise<CompleteResult>;
  /** Answers through a `response_url`: to the person alone unless the options say otherwise. */
  respond(responseUrl: string, message: Message, options?: RespondOptions): Promise<RespondResult>;
  /** Puts a file into a channel or thread. */
  upload(request: UploadRequest): Promise<UploadResult>;
}

/** A client for one workspace. What it remembers (limits, the gap between posts) may be forgotten at any time. */
export function createSlackClient(options: SlackClientOptions): SlackClient {
  const dispatch: FetchFunction = options.fetch ?? ((url, init) => fetch(url, init));
  const now = options.now ?? Date.now;
  const gap = createGap();
  const connect = (fetch: FetchFunction) =>
    new WebClient(options.token, {
      slackApiUrl: options.apiUrl,
      timeout: options.timeoutMs,
      // The outbox is the only thing that tries again (slack-platform 1.1, 1.2).
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      // No queue in the SDK: a waiting request would leave later than its fence allows.
      maxRequestConcurrency: Number.POSITIVE_INFINITY,
      fetch,
      logger: options.logger ?? SILENT,
    });
  const web = connect(dispatch);
  return {
    authTest: () => authTest(web),
    // A client for each post (a tenth of a millisecond) carries the deadline to the last moment. An AsyncLocalStorage
    // would, too; but from its first use on, Node 20 makes every promise of the process three times as dear.
    post: (request) => postInTurn(connect(fenced(dispatch, request.notAfter, now)), request, gap),
    update: (request) => update(web, request),
    find: (request) => findMessage(web, request),
    describeChannel: createChannelReader(web, now),
    isMember: (channel, user) => isMember(web, channel, user),
    channelsOf: (user) => channelsOf(web, user),
    whisper: (channel, user, message) => whisper(web, channel, user, message),
    publishHome: (user, view, onlyAfter) => publishHome(web, user, view, onlyAfter),
    completeFunction: (executionId, outcome) => completeFunction(web, executionId, outcome),
    respond: (url, message, how) => respond(url, message, options, how),
    upload: (request) => uploadFile(web, request, { timeoutMs: options.timeoutMs, fetch: dispatch }),
  };
}

/** Stops a post at the last moment before it leaves the process; a deadline that is no number has passed. */
function fenced(dispatch: FetchFunction, notAfter: number, now: () => number): FetchFunction {
  return async (url, init) => {
    if (!(now() <= notAfter)) throw new PastDeadlineError("The post is past its deadline");
    return dispatch(url, init);
  };
}

async function authTest(web: WebClient): Promise<AuthResult> {
  try {
    const answer = await web.auth.test();
    if (answer.team_id === undefined || answer.user_id === undefined) {
      return { ok: false, failure: failureOf("incomplete_answer", "retry_slowly") };
    }
    const auth: AuthInfo = {
      teamId: answer.team_id,
      teamUrl: answer.url ?? "https://slack.com/",
      botUserId: answer.user_id,
      botId: answer.bot_id ?? null,
      botName: answer.user ?? null,
      appId: answer.app_id ?? null,
    };
    return { ok: true, auth };
  } catch (error) {
    return { ok: false, failure: classifySlackError(error, "read") };
  }
}

async function postInTurn(web: WebClient, request: PostRequest, gap: Gap): Promise<SendResult> {
  await gap.wait(request.channel);
  const result = await post(web, request);
  if (result.ok || result.failure.action === "ambiguous") gap.note(request.channel);
  return result;
}

async function post(web: WebClient, request: PostRequest): Promise<SendResult> {
  const { channel, threadTs, broadcast, message } = request;
  try {
    const answer = await web.apiCall("chat.postMessage", {
      channel,
      ...content(message),
      ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
      ...(threadTs === null ? {} : { thread_ts: threadTs, reply_broadcast: broadcast }),
      unfurl_links: false,
      unfurl_media: false,
    });
    return sent(answer, channel, "post");
  } catch (error) {
    return { ok: false, failure: classifySlackError(error, "post") };
  }
}

async function update(web: WebClient, request: UpdateRequest): Promise<SendResult> {
  const { channel, ts, message } = request;
  try {
    // An empty list takes the blocks of an earlier version away.
    const answer = await web.apiCall("chat.update", { channel, ts, ...content(message), blocks: message.blocks });
    return sent(answer, channel, "update");
  } catch (error) {
    return { ok: false, failure: classifySlackError(error, "update") };
  }
}

function content(message: Message): Record<string, unknown> {
  const { text, metadata } = message;
  return { text, ...AS_WRITTEN, ...(metadata === undefined ? {} : { metadata }) };
}

function sent(answer: WebAPICallResult, channel: string, operation: "post" | "update"): SendResult {
  const { ts, channel: shownIn } = answer as WebAPICallResult & Readonly<Record<string, unknown>>;
  if (typeof ts === "string") return { ok: true, ts, channel: typeof shownIn === "string" ? shownIn : channel };
  return { ok: false, failure: failureOf("incomplete_answer", operation === "post" ? "ambiguous" : "retry") };
}

/**
 * The link to a message, as `chat.getPermalink` would give it, without asking Slack.
 * @param teamUrl of the workspace, from `authTest`
 */
export function permalink(teamUrl: string, channel: string, ts: string, threadTs: string | null = null): string {
  const base = teamUrl.endsWith("/") ? teamUrl : `${teamUrl}/`;
  const link = `${base}archives/${encodeURIComponent(channel)}/p${encodeURIComponent(ts.replace(".", ""))}`;
  if (threadTs === null || threadTs === ts) return link;
  return `${link}?thread_ts=${encodeURIComponent(threadTs)}&cid=${encodeURIComponent(channel)}`;
}

const nothing = () => undefined;

const SILENT: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};
