import type { Args } from "../args.ts";
import type { Json } from "../model.ts";
import type { RateLimits } from "../rate-limits.ts";
import type { World } from "../world.ts";

/** What a method works with. */
export interface MethodContext {
  readonly world: World;
  readonly limits: RateLimits;
  /** Checks a trigger id and uses it up. */
  readonly spendTrigger: (id: string) => { readonly user: string };
  /** A fresh, single-use address for a Socket Mode connection. */
  readonly openSocketUrl: () => string;
}

export interface Method {
  /** Which kind of token it takes; the bot's unless said. */
  readonly token?: "app";
  /** Scope needed whatever the arguments; scopes that depend on the channel are checked by the handler. */
  readonly scope?: string;
  /** Gives the fields of an `ok: true` answer, or throws an `ApiError`. */
  readonly handle: (args: Args, context: MethodContext) => Json;
}

export type MethodTable = Readonly<Record<string, Method>>;
