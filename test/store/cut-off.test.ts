import { describe, expect, it } from "vitest";
import { connectForCommands } from "../../src/store/connect.ts";
import { beginPoll, commitPoll, getMatchOrder } from "../../src/store/runs.ts";
import { createStore, isStoreUnavailable } from "../../src/store/store.ts";
import { hasRedisServer, startRedisProcess } from "../support/redis-process.ts";
import { NOW, openTestStore, watchIn } from "../support/store.ts";
import { startTcpProxy } from "../support/tcp-proxy.ts";

describe("what a client sends twice, since it never had the answer", () => {
  it("is done once: a message is taken, and a part of a poll is written", async () => {
    const test = await openTestStore();
    const store = test.next();
    const watch = watchIn(store);
    await watch.start();
    const claim = { entryId: watch.card, token: "token" };
    const first = await watch.claim(claim);
    expect([first.status, await watch.claim(claim)]).toEqual(["ok", first]);
    expect((await watch.claim({ ...claim, token: "other" })).status).toBe("busy");
    await beginPoll(store, "run_1", "token", NOW, 60_000);
    const part = { part: 1, known: [["a", "matched|x"]] as const, order: ["a"] };
    for (const _ of ["sent", "sent again"]) await commitPoll(store, "run_1", "token", NOW, part);
    await commitPoll(store, "run_1", "token", NOW, { part: 2, known: [["b", "matched|x"]], order: ["b"], due: NOW });
    expect(await getMatchOrder(store, "run_1")).toEqual(["a", "b"]);
    await test.close();
  });
});

describe.skipIf(!hasRedisServer)("a command whose answer was cut off (needs redis-server on the PATH)", () => {
  it("fails at once, and is not sent a second time", async () => {
    const server = await startRedisProcess();
    const wire = await startTcpProxy(Number(new URL(server.url).port));
    const [far, near] = [`redis://127.0.0.1:${wire.port}`, server.url].map((url) => connectForCommands(url, 20_000));
    for (const connection of [far, near]) connection?.on("error", () => {});
    await Promise.all([far, near].map((each) => new Promise<void>((ready) => each?.once("ready", () => ready()))));
    const [cut, whole] = [createStore(far!, "T1"), createStore(near!, "T1")];
    const watch = watchIn(whole);
    await watch.start();
    await beginPoll(whole, "run_1", "token", NOW, 60_000);
    const part = (id: string) => commitPoll(cut, "run_1", "token", NOW, { known: [[id, "matched|x"]], order: [id] });
    await part("a");
    wire.delay(200);
    const written = part("b").catch((error: unknown) => error);
    await expect.poll(() => getMatchOrder(whole, "run_1")).toEqual(["a", "b"]);
    wire.cut();
    wire.delay(0);
    expect(isStoreUnavailable(await written)).toBe(true);
    await expect.poll(() => cut.redis.status).toBe("ready");
    await part("c");
    expect(await getMatchOrder(whole, "run_1")).toEqual(["a", "b", "c"]);
    for (const connection of [far, near]) connection?.disconnect();
    await wire.close();
    await server.close();
  });
});
