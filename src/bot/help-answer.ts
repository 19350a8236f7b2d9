import type { Message } from "../domain/message.ts";
import { followedSoon } from "./followed-soon.ts";
import { help } from "./replies/help.ts";
import type { RouteContext } from "./routes.ts";

/** Help that fits what this channel follows now; given also while nobody can say what that is. */
export async function helpAnswer(context: RouteContext): Promise<Message> {
  const { botUserId, desk } = context;
  return help({ items: await followedSoon(context), botUserId, now: desk.now() });
}
