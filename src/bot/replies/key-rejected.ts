import type { Message } from "../../domain/message.ts";
import { code, say } from "./say.ts";

/** The operator has to mend it; the person who asked can only pass it on. */
export function keyRejected(retry: string): Message {
  return say(
    `Parallel rejects the API key I was given, so I cannot read any run. Please tell whoever runs this app to check ${code("PARALLEL_API_KEY")}.`,
    `Nothing was changed. Once the key is right, ${code(retry)} works.`,
  );
}
