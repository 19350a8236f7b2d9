import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  addExecution,
  claimExecution,
  closeExecution,
  executionsDue,
  getExecution,
} from "../../src/store/executions.ts";
import { claimHome, closeHome, getHome, homesDue, noteHomeOpened, noteHomeShown } from "../../src/store/homes.ts";
import { isFirstMeeting, knownChannels, rememberChannels } from "../../src/store/memberships.ts";
import type { Store } from "../../src/store/store.ts";
import { NOW, openTestStore } from "../support/store.ts";

describe("work that several processes find due", () => {
  let server: Awaited<ReturnType<typeof openTestStore>>;
  let store: Store;
  beforeAll(async () => {
    server = await openTestStore();
  });
  beforeEach(() => {
    store = server.next();
  });
  afterAll(() => server.close());

  it("a Home tab is looked at by one of them, and not again before its time", async () => {
    await noteHomeOpened(store, "U1", NOW - 30_000, NOW);
    expect(await homesDue(store, NOW, 8)).toEqual(["U1"]);
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimHome(store, "U1", NOW, NOW + 30_000)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await homesDue(store, NOW + 29_999, 8)).toEqual([]);
    expect(await claimHome(store, "U1", NOW + 29_999, NOW + 60_000)).toBe(false);
    expect(await homesDue(store, NOW + 30_000, 8)).toEqual(["U1"]);
  });

  it("no more Home tabs are taken at once than asked for, and a closed one leaves nothing", async () => {
    for (let index = 0; index < 20; index++) await noteHomeOpened(store, `U${index}`, NOW, NOW);
    expect(await homesDue(store, NOW, 8)).toHaveLength(8);
    await noteHomeShown(store, "U1", { digest: "d", version: "v" });
    expect(await getHome(store, "U1")).toEqual({ openedAt: NOW, digest: "d", version: "v" });
    await closeHome(store, "U1");
    expect(await getHome(store, "U1")).toBeNull();
    expect(await homesDue(store, NOW, 50)).not.toContain("U1");
    expect(await claimHome(store, "U1", NOW, NOW)).toBe(false);
  });

  it("a workflow's step is taken by one, and a repeated event neither doubles nor revives it", async () => {
    const execution = { id: "Fx1", runId: "run_1", channel: "C1", requester: "" };
    await addExecution(store, execution, NOW);
    await addExecution(store, execution, NOW + 1_000);
    expect(await getExecution(store, "Fx1")).toMatchObject({ ...execution, createdAt: NOW, watchId: null });
    const claims = await Promise.all([1, 2, 3].map(() => claimExecution(store, "Fx1", NOW, NOW + 60_000)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    await closeExecution(store, "Fx1");
    await addExecution(store, execution, NOW + 2_000);
    expect(await executionsDue(store, NOW + 120_000, 50)).toEqual([]);
    expect(await getExecution(store, "Fx1")).toBeNull();
    expect(await store.redis.pttl(store.keys.execution("Fx1"))).toBeGreaterThan(0);
  });

  it("a person is met once, and where they are is believed for two minutes at most", async () => {
    const meetings = await Promise.all([1, 2, 3].map(() => isFirstMeeting(store, "U1")));
    expect(meetings.filter(Boolean)).toHaveLength(1);
    await rememberChannels(store, "U1", ["C1"], NOW);
    expect(await knownChannels(store, "U1", NOW + 10_000, 10_000)).toEqual(["C1"]);
    expect(await knownChannels(store, "U1", NOW + 10_001, 10_000)).toBeNull();
    const life = await store.redis.pttl(store.keys.personChannels("U1"));
    expect(life).toBeGreaterThan(0);
    expect(life).toBeLessThanOrEqual(120_000);
  });
});
