import type { Message } from "../../domain/message.ts";
import { code, say } from "./say.ts";

/** A surprise on our side. The reference stands in the log beside the error. */
export function unexpectedError(reference: string): Message {
  return say(
    `Sorry, something went wrong on my side. Please try again; ${code("/findall list")} shows what this channel follows.`,
    `If it happens again, tell whoever runs this app: reference ${code(reference)}.`,
  );
}
