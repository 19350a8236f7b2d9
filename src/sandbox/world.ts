import { type Config, configFrom } from "../config.ts";
import type { ServiceOverrides } from "../parts.ts";
import { type Service, startService } from "../service.ts";
import { addressesOf } from "./addresses.ts";
import { type FakeFindAll, startFakeFindAll } from "./fake-findall/server.ts";
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from "./fake-slack/index.ts";

/** The whole product without accounts: the real service between a fake Slack and a fake FindAll. */
export interface SandboxWorld extends AsyncDisposable {
  readonly slack: FakeSlack;
  readonly findall: FakeFindAll;
  readonly config: Config;
  /** The service that runs now; `restart` puts another in its place. */
  readonly service: () => Service;
  /** Starts one more service of the same configuration, as a second process would be. */
  readonly addService: (overrides?: ServiceOverrides) => Promise<Service>;
  readonly close: () => Promise<void>;
}

export interface SandboxOptions {
  /** Added to, or in place of, the environment the sandbox makes. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly slack?: FakeSlackOptions;
  readonly overrides?: ServiceOverrides;
  /** `http` delivers commands and events as signed requests instead of over Socket Mode. */
  readonly mode?: "socket" | "http";
  /** False: the fakes only; services are added by hand. */
  readonly start?: boolean;
}

/** Starts both fakes and the service between them, and waits until a command can be typed. */
export async function startWorld(options: SandboxOptions = {}): Promise<SandboxWorld> {
  const slack = await startFakeSlack(options.slack);
  const findall = await startFakeFindAll();
  const entrance: Record<string, string> =
    options.mode === "http" ? { SLACK_SIGNING_SECRET: slack.signingSecret } : { SLACK_APP_TOKEN: slack.appToken };
  const config = configFrom({ ...addressesOf(slack, findall), PORT: "0", ...entrance, ...options.environment });
  const services: Service[] = [];
  const addService = async (overrides: ServiceOverrides = {}) => {
    const service = await startService(config, { ...options.overrides, ...overrides });
    services.push(service);
    if (options.mode === "http") slack.useHttp(`http://127.0.0.1:${service.port}/slack/events`);
    await service.ready;
    return service;
  };
  const close = async () => {
    await Promise.all(services.map((service) => service.stop()));
    await Promise.all([slack.close(), findall.close()]);
  };
  if (options.start !== false) {
    await addService().catch(async (error) => {
      await close();
      throw error;
    });
  }
  return {
    slack,
    findall,
    config,
    service: () => {
      const latest = services.at(-1);
      if (!latest) throw new Error("no service has been started");
      return latest;
    },
    addService,
    close,
    [Symbol.asyncDispose]: close,
  };
}
