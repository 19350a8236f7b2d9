import { type FakeFindAll, startFakeFindAll } from "../fake-findall/server.ts";
import { type FakeSlack, startFakeSlack } from "../fake-slack/index.ts";
import { CHANNELS } from "../fake-slack/world.ts";
import { startPlainNotifier } from "./plain-notifier.ts";

/** The plain notifier between fakes of its own, beside a stage of ours. */
export interface PlainStage {
  readonly slack: FakeSlack;
  readonly findall: FakeFindAll;
  readonly channel: string;
  /** Begins to follow a run of the fake. */
  readonly follow: (runId: string, intervalMs: number) => void;
  /** Candidates' messages so far, doubles included. */
  readonly posts: () => number;
  readonly doubled: () => number;
}

/** Sets it up, plays, and clears it away. */
export async function besidePlain<T>(play: (plain: PlainStage) => Promise<T>): Promise<T> {
  const slack = await startFakeSlack();
  const findall = await startFakeFindAll();
  const channel = CHANNELS.research;
  const texts = () =>
    slack
      .channel(channel)
      .messages()
      .map(({ text }) => text);
  let stop = () => {};
  try {
    return await play({
      slack,
      findall,
      channel,
      follow: (runId, intervalMs) => {
        stop = startPlainNotifier({ slack, findall, channel, runId, intervalMs }).stop;
      },
      posts: () => texts().length,
      doubled: () => texts().length - new Set(texts()).size,
    });
  } finally {
    stop();
    await Promise.all([slack.close(), findall.close()]);
  }
}
