import type { Message } from "../../domain/message.ts";
import type { Overrides } from "../../domain/settings.ts";
import type { IdCommand } from "../command-words.ts";
import { watchLine } from "../parse-overrides.ts";
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

/** What was said beside the run that was not named. */
export interface SaidWithout {
  /** It was meant for every run, which is not done. */
  readonly all?: boolean | undefined;
  /** For that run alone. */
  readonly overrides?: Overrides | undefined;
}

/** A command that needs a run id came without one. */
export function missingId(command: IdCommand, { all = false, overrides }: SaidWithout = {}): Message {
  if (overrides !== undefined) return missingRun(overrides);
  const { wish, usage } = WORDS[command];
  const ask = all ? `I ${wish} one run at a time.` : `Which run shall I ${wish}?`;
  return say(
    `${ask} Type ${code(usage)}. ${code("/findall list")} shows the runs this channel follows, with their ids.`,
  );
}

/** Words for one run alone, and no run: they are kept in what is offered. */
function missingRun(overrides: Overrides): Message {
  return say(
    `For which run shall that be? Type ${code(watchLine("<run id>", overrides))}; for the whole channel, ${code("/findall settings")} sets it.`,
    `${code("/findall list")} shows the runs this channel follows, with their ids.`,
  );
}
