import { expect, it } from "vitest";
import { createSlots } from "../../src/steps/slots.ts";

const never = new AbortController().signal;

it("lets so many in at a time, and the others in the order in which they came", async () => {
  const slots = createSlots(2);
  const came: string[] = [];
  const come = async (name: string) => {
    await slots.enter(never);
    came.push(name);
  };
  const all = Promise.all(["a", "b", "c", "d"].map(come));
  await Promise.resolve();
  expect(came).toEqual(["a", "b"]);
  slots.leave();
  slots.leave();
  await all;
  expect(came).toEqual(["a", "b", "c", "d"]);
});

it("keeps no place for who gave up waiting", async () => {
  const slots = createSlots(1);
  const patience = new AbortController();
  await slots.enter(never);
  const waiting = slots.enter(patience.signal);
  patience.abort(new Error("too late"));
  await expect(waiting).rejects.toThrow("too late");
  await expect(slots.enter(patience.signal)).rejects.toThrow("too late");
  slots.leave();
  await slots.enter(never);
});
