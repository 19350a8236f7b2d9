import type { Message } from "../../domain/message.ts";
import type { IdCommand } from "../command-words.ts";
import { code, say } from "./say.ts";

const WORDS: Readonly<Record<IdCommand, { readonly wish: string; readonly usage: string }>> = {
  watch: { wish: "follow", usage: "/findall <run id>" },
  status: { wish: "look at", usage: "/findall status <run id>" },
  stop: { wish: "stop following", usage: "/findall stop <run id>" },
  review: { wish: "go through", usage: "/findall review <run id>" },
  export: { wish: "export", usage: "/findall export <run id>" },
  pause: { wish: "pause", usage: "/findall pause <run id>" },
  resume: { wish: "resume", usage: "/findall resume <run id>" },
  mute: { wish: "mute", usage: "/findall mute <run id>" },
};

/** A command that needs a run id came without one. */
export function missingId(command: IdCommand): Message {
  const { wish, usage } = WORDS[command];
  return say(
    `Which run shall I ${wish}? Type ${code(usage)}. ${code("/findall list")} shows the runs this channel follows, with their ids.`,
  );
}
