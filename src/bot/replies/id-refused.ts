import type { Message } from "../../domain/message.ts";
import { code, foreign, say } from "./say.ts";

/** Parallel says that this cannot be an id. */
export function idRefused(runId: string, detail: string): Message {
  const because = detail.trim() ? ` It says: “${foreign(detail, 200)}”` : "";
  return say(
    `Parallel does not accept ${code(runId)} as a run id.${because}`,
    `Please copy the id again, from the answer that created the run, and type ${code("/findall <run id>")}.`,
  );
}
