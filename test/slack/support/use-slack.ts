import { afterEach, beforeEach } from "vitest";
import type { Message } from "../../../src/domain/message.ts";
import { type FakeSlack, startFakeSlack } from "../../../src/sandbox/fake-slack/index.ts";
import { CHANNELS } from "../../../src/sandbox/fake-slack/world.ts";
import { section } from "../../../src/slack/blocks.ts";
import {
  createSlackClient,
  type PostRequest,
  type SlackClient,
  type SlackClientOptions,
} from "../../../src/slack/client.ts";

/** The real client in front of a fake workspace, fresh for every test of the file that calls this. */
export function useSlack() {
  let slack: FakeSlack | null = null;

  beforeEach(async () => {
    slack = await startFakeSlack({ rateLimits: { enabled: false } });
  });

  afterEach(async () => {
    await slack?.close();
  });

  const workspace = (): FakeSlack => {
    if (slack === null) throw new Error("there is a workspace inside tests only");
    return slack;
  };

  const client = (options: Partial<SlackClientOptions> = {}): SlackClient =>
    createSlackClient({ token: workspace().botToken, apiUrl: workspace().apiUrl, timeoutMs: 2000, ...options });

  const post = (id: string, more: Partial<PostRequest> = {}, options: Partial<SlackClientOptions> = {}) =>
    client(options).post({ ...postRequest(id), ...more });

  /** The `ts` of a message that was posted without trouble. */
  const posted = async (id: string, more: Partial<PostRequest> = {}): Promise<string> => {
    const result = await post(id, more);
    if (!result.ok) throw new Error(`not posted: ${result.failure.code}`);
    return result.ts;
  };

  return { workspace, client, post, posted };
}

export function message(id: string, text = `message ${id}`): Message {
  return { text, blocks: [section(text)], metadata: { event_type: "findall_candidates", event_payload: { id } } };
}

/** Into #research, with all the time in the world. */
export function postRequest(id: string): PostRequest {
  const notAfter = Number.MAX_SAFE_INTEGER;
  return { channel: CHANNELS.research, threadTs: null, broadcast: false, message: message(id), notAfter };
}
