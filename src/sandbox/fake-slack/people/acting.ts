import type { Delivery } from "../delivery.ts";
import type { Signature } from "../http-delivery.ts";
import type { Ack, Json } from "../model.ts";
import type { ResponseUrls } from "../response-url.ts";
import type { Triggers } from "../triggers.ts";
import { personOf, type World } from "../world.ts";

/** What people's acts need to reach the app. */
export interface Acting {
  readonly world: World;
  readonly delivery: Delivery;
  readonly hooks: ResponseUrls;
  readonly triggers: Triggers;
}

/** How an act is delivered. */
export interface ActOptions {
  /** Delivered this many times with the same content, as Slack's duplicates are. Default 1. */
  readonly times?: number;
  /** HTTP mode: how the request is signed. */
  readonly signature?: Signature;
}

/** Sends the same envelope as often as asked, all at once; the first acknowledgement counts. */
export async function sendTimes(
  acting: Acting,
  type: "slash_commands" | "interactive",
  payload: Json,
  options: ActOptions,
): Promise<{ first: Ack; all: readonly Ack[] }> {
  const times = Math.max(1, options.times ?? 1);
  const sends = Array.from({ length: times }, () => acting.delivery.send({ type, payload }, options.signature));
  const all = await Promise.all(sends);
  return { first: all[0] as Ack, all };
}

/** Fields that every interaction payload has. */
export function interactionBase(world: World, user: string, triggerId: string): Json {
  const person = personOf(world, user);
  return {
    user: { id: person.id, username: person.name, name: person.name, team_id: world.team.id },
    api_app_id: world.app.id,
    token: "legacy-verification-token",
    trigger_id: triggerId,
    team: { id: world.team.id, domain: world.team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}
