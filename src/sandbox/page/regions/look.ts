import type { FakeSlack } from "../../fake-slack/index.ts";
import type { Look } from "../render/look.ts";

/** The page is looked at on this very machine, so its zone is that of the person. */
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** How blocks are drawn in this workspace; `idPrefix` keeps the same message in two places apart. */
export function lookOf(slack: FakeSlack, idPrefix: string): Look {
  return {
    nameOf: (id) => slack.nameOf(id),
    interactive: true,
    idPrefix,
    now: Date.now(),
    timeZone: ZONE,
    options: {
      users: slack.people().map(({ id, realName }) => ({ id, name: realName })),
      channels: slack
        .channels()
        .filter((channel) => channel.kind !== "im")
        .map(({ id, name }) => ({ id, name })),
    },
  };
}
