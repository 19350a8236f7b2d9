import { Agent, type Dispatcher, EnvHttpProxyAgent, fetch as undiciFetch } from "undici";
import type { Config } from "./config.ts";

/** How both APIs are reached: directly, or through the proxy that the environment names. */
export interface Network {
  readonly dispatcher: Dispatcher;
  /** `fetch` over the same dispatcher, for the Slack SDK. */
  readonly fetch: typeof globalThis.fetch;
  readonly close: () => Promise<void>;
}

/** Opens the connections; one pool a process. */
export function openNetwork(config: Pick<Config, "proxy">): Network {
  const pool = { connections: 128, keepAliveTimeout: 10_000, connect: { timeout: 10_000 } };
  const { proxy } = config;
  const dispatcher = proxy
    ? new EnvHttpProxyAgent({ ...pool, httpsProxy: proxy.https, httpProxy: proxy.http, noProxy: proxy.except })
    : new Agent(pool);
  const fetch = (input: unknown, init?: object) => undiciFetch(input as string, { ...init, dispatcher });
  return {
    dispatcher,
    // Node's own fetch is an older copy of the same program; only what is built with one copy's classes (FormData) is a
    // stranger to the other.
    fetch: fetch as unknown as typeof globalThis.fetch,
    close: () => dispatcher.destroy(),
  };
}
