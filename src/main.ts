import { inspect } from "node:util";
import { config as readDotEnv } from "dotenv";
import { ConfigError, configFrom } from "./config.ts";
import { startService } from "./service.ts";

/** The process's edge: environment in, exit code out. Everything else is `startService`. */
async function main(): Promise<void> {
  readDotEnv({ quiet: true });
  const service = await startService(configFrom(process.env));
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      service.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : inspect(error)}\n`);
  process.exit(1);
});
