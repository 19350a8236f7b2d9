import type { Look } from "../../../../src/sandbox/page/render/look.ts";

const NAMES: Readonly<Record<string, string>> = { U1: "Ana", U2: "Ben", C1: "research", S1: "sales", T1: "Acme" };

/** A small workspace to look at blocks from. */
export const LOOK: Look = {
  nameOf: (id) => (Object.hasOwn(NAMES, id) ? NAMES[id] : undefined),
  interactive: true,
  idPrefix: "m1",
  options: {
    users: [
      { id: "U1", name: "Ana" },
      { id: "U2", name: "Ben" },
    ],
    channels: [{ id: "C1", name: "research" }],
  },
};
