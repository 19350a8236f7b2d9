import { ApiError } from "./api-error.ts";
import { nextId, type World } from "./world.ts";

const TRIGGER_LIFE_MS = 3_000;

/** Trigger ids: they open one modal each, within three seconds. */
export interface Triggers {
  issue(user: string): string;
  spend(id: string): { readonly user: string };
}

export function createTriggers(world: World): Triggers {
  const issued = new Map<string, { readonly user: string; readonly at: number; spent: boolean }>();
  return {
    issue: (user) => {
      const id = `${nextId(world, "t")}.${world.team.id}`;
      issued.set(id, { user, at: world.now(), spent: false });
      return id;
    },
    spend: (id) => {
      const trigger = issued.get(id);
      if (!trigger) throw new ApiError("invalid_trigger_id");
      if (trigger.spent) throw new ApiError("exchanged_trigger_id");
      if (world.now() - trigger.at > TRIGGER_LIFE_MS) throw new ApiError("expired_trigger_id");
      trigger.spent = true;
      return { user: trigger.user };
    },
  };
}
