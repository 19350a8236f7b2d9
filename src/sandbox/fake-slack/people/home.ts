import { homeOf } from "../methods/views.ts";
import type { Ack } from "../model.ts";
import { viewToWire } from "../view-wire.ts";
import { appDmOf } from "../world.ts";
import type { Acting } from "./acting.ts";
import { sendEvent } from "./event.ts";

/** A person opens the app: its Home, with what was last published there, or the messages. */
export function openHome(acting: Acting, user: string, tab: "home" | "messages" = "home"): Promise<readonly Ack[]> {
  const { world } = acting;
  const home = tab === "home" ? homeOf(world, user) : undefined;
  return sendEvent(acting, {
    type: "app_home_opened",
    user,
    channel: appDmOf(user),
    tab,
    ...(home ? { view: viewToWire(world, home) } : {}),
  });
}
