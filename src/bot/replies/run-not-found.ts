import type { Message } from "../../domain/message.ts";
import { code, say } from "./say.ts";

/**
 * Parallel answers alike for an id that does not exist and for a run of another account.
 * @param meant what to type for the run that was probably meant
 */
export function runNotFound(runId: string, meant: string | null = null): Message {
  const guess = meant === null ? "Please check the id and try again." : `Did you mean ${code(meant)}?`;
  return say(
    `Parallel does not know a run ${code(runId)}. Either the id is not quite right, or the run belongs to another Parallel account than the one I use.`,
    `${guess} ${code("/findall list")} shows the runs this channel follows.`,
  );
}
