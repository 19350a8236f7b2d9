import { setImmediate as nextTurn } from "node:timers/promises";

/** Characters that are written before everybody else in the process has a turn: some milliseconds of work. */
const SLICE = 128 * 1024;
/** Items that are looked at, without writing, before everybody else has a turn. */
const GLANCE = 100;

/** The items as text, one after the other, in pieces of UTF-8; the event loop is held no longer than a slice takes. */
export async function writeInSlices<Item>(
  items: readonly Item[],
  write: (item: Item, place: number) => string,
): Promise<readonly Buffer[]> {
  const done: Buffer[] = [];
  let slice = "";
  for (const [place, item] of items.entries()) {
    slice += write(item, place);
    if (slice.length < SLICE) continue;
    done.push(Buffer.from(slice));
    slice = "";
    await nextTurn();
  }
  done.push(Buffer.from(slice));
  return done;
}

/** Shows every item to `look`, and lets everybody else have their turns. */
export async function lookInSlices<Item>(items: readonly Item[], look: (item: Item) => void): Promise<void> {
  for (const [place, item] of items.entries()) {
    look(item);
    if (place % GLANCE === GLANCE - 1) await nextTurn();
  }
}
