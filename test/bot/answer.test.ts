import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AnswerTrouble, answer } from "../../src/bot/answer.ts";
import type { Message } from "../../src/domain/message.ts";

const message = (text: string): Message => ({ text, blocks: [] });
const INTERIM = message("still working");
const OVERDUE = message("took too long");

/** A person on the other side: what they were sent, and when, in ms after the command. */
function conversation(broken: { ack?: boolean; respond?: boolean; postEphemeral?: boolean } = {}) {
  const start = Date.now();
  const seen: string[] = [];
  const trouble: [AnswerTrouble, string | null][] = [];
  const acks: number[] = [];
  const note = (line: string, fails: boolean | undefined) => {
    seen.push(`${Date.now() - start} ${line}${fails ? " (fails)" : ""}`);
    return fails ? Promise.reject(new Error("refused")) : Promise.resolve();
  };
  const run = (action: () => Promise<Message | null>) =>
    answer(
      action,
      {
        ack: (reply) => note(reply ? `ack: ${reply.text}` : "ack", broken.ack),
        respond: (reply, replace) => note(`${replace ? "replace" : "respond"}: ${reply.text}`, broken.respond),
        postEphemeral: (reply) => note(`ephemeral: ${reply.text}`, broken.postEphemeral),
      },
      {
        receivedAt: start,
        now: () => Date.now(),
        newReference: () => "ref1",
        words: { interim: INTERIM, overdue: OVERDUE, failed: (reference) => message(`sorry ${reference}`) },
        onAck: (ms) => acks.push(ms),
        onTrouble: (what, _error, reference) => trouble.push([what, reference]),
      },
    );
  return { run, seen, trouble, acks };
}

const inMs = (ms: number, result: Message | null) => () =>
  new Promise<Message | null>((resolve) => setTimeout(() => resolve(result), ms));

describe("answer", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("answers in the ack when the action is quick", async () => {
    const talk = conversation();
    await Promise.all([talk.run(inMs(100, message("done"))), vi.advanceTimersByTimeAsync(200_000)]);
    expect(talk.seen).toEqual(["100 ack: done"]);
    expect(talk.acks).toEqual([100]);
  });

  it("acknowledges with nothing after 150 ms and answers when the action is ready", async () => {
    const talk = conversation();
    await Promise.all([talk.run(inMs(1_200, message("done"))), vi.advanceTimersByTimeAsync(200_000)]);
    expect(talk.seen).toEqual(["150 ack", "1200 respond: done"]);
  });

  it("says after two seconds that it takes longer, and replaces that by the answer", async () => {
    const talk = conversation();
    await Promise.all([talk.run(inMs(9_000, message("done"))), vi.advanceTimersByTimeAsync(200_000)]);
    expect(talk.seen).toEqual(["150 ack", "2000 respond: still working", "9000 replace: done"]);
  });

  it("stops waiting after two minutes, and says that the outcome is not known", async () => {
    const talk = conversation();
    await Promise.all([talk.run(inMs(10 * 60_000, message("done"))), vi.advanceTimersByTimeAsync(200_000)]);
    expect(talk.seen).toEqual(["150 ack", "2000 respond: still working", "120000 replace: took too long"]);
    expect(talk.trouble).toEqual([["action_overdue", null]]);
  });

  it("tells of an exception with the reference that stands in the log", async () => {
    const talk = conversation();
    const failing = () => Promise.reject(new Error("bug"));
    await Promise.all([talk.run(failing), vi.advanceTimersByTimeAsync(200_000)]);
    expect(talk.seen).toEqual(["0 ack: sorry ref1"]);
    expect(talk.trouble).toEqual([["action_failed", "ref1"]]);
  });

  it("tells of an exception that is thrown before the first await, too", async () => {
    const talk = conversation();
    const failing = (): Promise<Message> => {
      throw new Error("bug");
    };
    await Promise.all([talk.run(failing), vi.advanceTimersByTimeAsync(200_000)]);
    expect(talk.seen).toEqual(["0 ack: sorry ref1"]);
  });

  it("stays silent when the action has nothing to say", async () => {
    const quick = conversation();
    await Promise.all([quick.run(inMs(10, null)), vi.advanceTimersByTimeAsync(200_000)]);
    expect(quick.seen).toEqual(["10 ack"]);
    const slow = conversation();
    await Promise.all([slow.run(inMs(900, null)), vi.advanceTimersByTimeAsync(200_000)]);
    expect(slow.seen).toEqual(["150 ack"]);
  });

  it("posts an ephemeral message when the response URL fails", async () => {
    const talk = conversation({ respond: true });
    await Promise.all([talk.run(inMs(1_000, message("done"))), vi.advanceTimersByTimeAsync(200_000)]);
    expect(talk.seen).toEqual(["150 ack", "1000 respond: done (fails)", "1000 ephemeral: done"]);
    expect(talk.trouble).toEqual([["respond_failed", null]]);
  });

  it("does not ask to replace an interim line that never arrived", async () => {
    const talk = conversation({ respond: true });
    await Promise.all([talk.run(inMs(5_000, message("done"))), vi.advanceTimersByTimeAsync(200_000)]);
    expect(talk.seen).toEqual([
      "150 ack",
      "2000 respond: still working (fails)",
      "5000 respond: done (fails)",
      "5000 ephemeral: done",
    ]);
  });

  it("takes the response URL when the ack cannot be sent", async () => {
    const talk = conversation({ ack: true });
    await Promise.all([talk.run(inMs(0, message("done"))), vi.advanceTimersByTimeAsync(200_000)]);
    expect(talk.seen).toEqual(["0 ack: done (fails)", "0 respond: done"]);
    expect(talk.acks).toEqual([]);
  });

  it("never rejects, and says in the log when an answer is lost", async () => {
    const talk = conversation({ ack: true, respond: true, postEphemeral: true });
    await Promise.all([talk.run(inMs(0, message("done"))), vi.advanceTimersByTimeAsync(200_000)]);
    expect(talk.trouble.map(([what]) => what)).toEqual(["ack_failed", "respond_failed", "answer_lost"]);
  });

  it("counts from the receipt, not from its own start", async () => {
    const talk = conversation();
    const startedLate = (async () => {
      vi.setSystemTime(Date.now() + 1_000); // the event loop was busy
      await talk.run(inMs(500, message("done")));
    })();
    await Promise.all([startedLate, vi.advanceTimersByTimeAsync(200_000)]);
    expect(talk.seen).toEqual(["1000 ack", "1500 respond: done"]);
  });
});
