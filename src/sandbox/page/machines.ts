import type { OwnRedis } from "../own-redis.ts";
import type { OwnService } from "../own-service.ts";

/** What stands behind the workspace and can be stopped from the page. */
export interface Machines {
  /** Of the service's HTTP listener; null while it does not run. */
  readonly servicePort: () => number | null;
  /** Null: the service lives in this process and cannot be killed. */
  readonly service: Machine | null;
  /** Null: Redis is in memory or somebody else's. */
  readonly redis: Machine | null;
}

export interface Machine {
  readonly isUp: () => boolean;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The sandbox's own service and Redis, as the page may stop them: the service by a kill, Redis in order. */
export function machinesOf(service: OwnService, redis: OwnRedis): Machines {
  return {
    servicePort: service.port,
    service: { isUp: service.isUp, start: service.start, stop: service.kill },
    redis: redis.kind === "server" ? redis : null,
  };
}
