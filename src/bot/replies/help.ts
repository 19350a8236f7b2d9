import type { Message } from "../../domain/message.ts";
import { code, say } from "./say.ts";

const EXAMPLE = "findall_1234abcd";

/** `/findall` and `/findall help`. */
export function help(): Message {
  return say(
    "*Follow a FindAll run in this channel.* I post one status card, put every match into its thread, and say when the run has ended.",
    [
      `• ${code(`/findall ${EXAMPLE}`)}  follow a run here`,
      `• ${code("/findall list")}  the runs this channel follows`,
      `• ${code(`/findall review ${EXAMPLE}`)}  go through its matches, one after another`,
      `• ${code(`/findall export ${EXAMPLE}`)}  the decisions as a file; add ${code("json")}, ${code("accepted")}, ${code("unreviewed")} …`,
      `• ${code("/findall fold on")}  one line for what was decided before in another run`,
      `• ${code(`/findall status ${EXAMPLE}`)}  how a run is doing, shown to you alone`,
      `• ${code(`/findall stop ${EXAMPLE}`)}  stop following it; the run itself goes on`,
    ].join("\n"),
    "You can paste the id as you have it: plain, in quotes, or as a link or `curl` line with the id in it.",
  );
}
