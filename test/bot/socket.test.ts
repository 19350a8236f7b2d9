import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type SocketClient, superviseSocket } from "../../src/bot/socket.ts";
import { logOf } from "./support.ts";

type Behaviour = "connects" | "fails" | "hangs";

/** A Socket Mode client that does what it is told, attempt by attempt; the last behaviour stays. */
function client(...behaviours: Behaviour[]) {
  const listeners = { connected: () => {}, disconnected: () => {} };
  const startedAt: number[] = [];
  const zero = Date.now();
  const fake: SocketClient = {
    start() {
      startedAt.push(Date.now() - zero);
      const behaviour = behaviours.length > 1 ? behaviours.shift() : behaviours[0];
      if (behaviour === "hangs") return new Promise(() => {});
      if (behaviour === "fails") return Promise.reject(new Error("no way"));
      listeners.connected();
      return Promise.resolve();
    },
    disconnect: async () => listeners.disconnected(),
    on: (event, listener) => {
      listeners[event] = listener;
    },
  };
  return { fake, startedAt, drop: () => listeners.disconnected() };
}

const TIMES = { hello: 20_000, backoffMin: 500, backoffMax: 30_000, stable: 10_000 };

describe("superviseSocket", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Math, "random").mockReturnValue(1); // the longest wait that jitter allows
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it("waits longer after each failure, up to half a minute", async () => {
    const { fake, startedAt } = client("fails");
    const connection = superviseSocket(fake, logOf(), () => Date.now(), TIMES);
    await connection.start();
    await vi.advanceTimersByTimeAsync(120_000);
    const waits = startedAt.slice(1).map((at, i) => at - (startedAt[i] ?? 0));
    expect(waits.slice(0, 9)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    await connection.stop();
  });

  it("connects again at once after a connection that was stable", async () => {
    const { fake, startedAt, drop } = client("connects");
    const connection = superviseSocket(fake, logOf(), () => Date.now(), TIMES);
    await connection.start();
    await vi.advanceTimersByTimeAsync(60_000);
    drop();
    expect(connection.connected()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(startedAt).toEqual([0, 60_000]);
    expect(connection.connected()).toBe(true);
  });

  it("does not hammer a server that hangs up right after the hello", async () => {
    const { fake, startedAt, drop } = client("connects");
    const connection = superviseSocket(fake, logOf(), () => Date.now(), TIMES);
    await connection.start();
    for (let i = 0; i < 200; i++) {
      drop();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(startedAt.length).toBeLessThan(10);
    await connection.stop();
  });

  it("gives up an attempt that never hears Slack's hello, and makes another", async () => {
    const { fake, startedAt } = client("hangs", "connects");
    const connection = superviseSocket(fake, logOf(), () => Date.now(), TIMES);
    void connection.start();
    await vi.advanceTimersByTimeAsync(21_000);
    expect(startedAt).toEqual([0, 20_500]);
    expect(connection.connected()).toBe(true);
  });

  it("makes no attempt after it was stopped", async () => {
    const { fake, startedAt } = client("fails");
    const connection = superviseSocket(fake, logOf(), () => Date.now(), TIMES);
    await connection.start();
    await connection.stop();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(startedAt).toHaveLength(1);
  });
});
