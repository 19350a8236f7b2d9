import type { FakeSlack } from "../../fake-slack/index.ts";
import type { Look } from "../render/look.ts";

/** How blocks are drawn in this workspace; `idPrefix` keeps the same message in two places apart. */
export function lookOf(slack: FakeSlack, idPrefix: string): Look {
  return {
    nameOf: (id) => slack.nameOf(id),
    interactive: true,
    idPrefix,
    now: Date.now(),
    options: {
      users: slack.people().map(({ id, realName }) => ({ id, name: realName })),
      channels: slack
        .channels()
        .filter((channel) => channel.kind !== "im")
        .map(({ id, name }) => ({ id, name })),
    },
  };
}
