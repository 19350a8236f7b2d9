import type { Message } from "../../domain/message.ts";
import type { OverrideTrouble } from "../parse-override-rules.ts";
import { isShowable } from "../parse-overrides.ts";
import { code, foreign, say } from "./say.ts";

const TYPED = 60;

/** A word beside a run to follow that cannot be obeyed. Nothing was done. `suggestion` is what to type after `/findall`. */
export function badOverride(trouble: OverrideTrouble, suggestion: string | null): Message {
  const guess =
    suggestion === null || !isShowable(suggestion) ? "" : ` Did you mean ${code(`/findall ${suggestion}`)}?`;
  return say(
    `${whatIsWrong(trouble)}${guess}`,
    `Behind the id may stand ${code("each")}, ${code("digest 30m")} or ${code("end")}, ${code("confidence>=high")}, ${code('condition:"name"~"text"')}, ${code("-domain:example.com")}, ${code("alert off")}, ${code("mention off")}, or ${code("default")} to take these back. ${code("/findall settings")} sets them for the whole channel.`,
  );
}

function whatIsWrong({ kind, typed }: OverrideTrouble): string {
  const given = foreign(typed, TYPED);
  switch (kind) {
    case "digest":
      return `A digest comes every 5, 15, 30 or 60 minutes${given ? `, so “${given}” is not one I can do` : ": please say which"}.`;
    case "confidence":
      return `Confidence is low, medium or high, and at least that much is asked for; I do not understand “${given}”.`;
    case "domain":
      return `Domains are left out by ${code("-domain:example.com")}, with a name that has a dot in it; I do not understand “${given}”.`;
    case "condition":
      return `Which condition? Its name stands in quotes: ${code('condition:"name"')}.`;
    case "switch":
      return `“${given}” is either on or off.`;
    case "channel":
      return `“${given}” is for the whole channel, and no run has its own: ${code("/findall settings")} has quiet hours, reminders and folding, and ${code("/findall mute <run id> 2h")} keeps one run quiet for a time.`;
    case "default":
      return `${code("default")} takes back all that was said for this run, so it stands alone: send it first, and “${given}” behind the id after that.`;
    case "word":
      return `I do not know “${given}” as a word for a run.`;
  }
}
