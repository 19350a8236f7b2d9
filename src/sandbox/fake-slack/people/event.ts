import type { Ack, Json } from "../model.ts";
import { nextId, nextTs } from "../world.ts";
import type { Acting, ActOptions } from "./acting.ts";

/** Something that happened in the workspace and that the app has subscribed to. */
export type SlackEvent = Json & { readonly type: string };

/** Sends an event to the app, with Slack's retries until it is acknowledged; gives every attempt. */
export async function sendEvent(acting: Acting, event: SlackEvent, options: ActOptions = {}): Promise<readonly Ack[]> {
  const { world } = acting;
  const payload = {
    token: "legacy-verification-token",
    team_id: world.team.id,
    api_app_id: world.app.id,
    event: { event_ts: nextTs(world), ...event },
    type: "event_callback",
    event_id: nextId(world, "Ev"),
    event_time: Math.floor(world.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: world.team.id,
        user_id: world.app.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
  const times = Math.max(1, options.times ?? 1);
  const sends = Array.from({ length: times }, () => acting.delivery.sendEvent(payload, options.signature));
  return (await Promise.all(sends)).flat();
}
