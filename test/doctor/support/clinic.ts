import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { examine, type Patient } from "../../../src/doctor/examine.ts";
import type { Level } from "../../../src/doctor/finding.ts";
import { type Report, textOf } from "../../../src/doctor/report.ts";
import { type FakeFindAll, startFakeFindAll } from "../../../src/sandbox/fake-findall/server.ts";
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from "../../../src/sandbox/fake-slack/index.ts";

type Environment = Record<string, string | undefined>;

/** A deployment between the two fakes, to be examined as it is or with something wrong. */
export interface Clinic extends AsyncDisposable {
  readonly slack: FakeSlack;
  readonly findall: FakeFindAll;
  /** Everything that a good deployment sets, but for `REDIS_URL`. */
  readonly environment: Environment;
  examine(environment?: Environment, patient?: Partial<Omit<Patient, "environment">>): Promise<Report>;
}

export async function openClinic(options: FakeSlackOptions = {}): Promise<Clinic> {
  const [slack, findall] = await Promise.all([startFakeSlack(options), startFakeFindAll()]);
  const environment: Environment = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    PARALLEL_API_KEY: findall.apiKey,
    PARALLEL_BASE_URL: findall.baseUrl,
    PORT: String(await freePort()),
    // No server is found there: state in memory, which is a warning and no failure.
    PATH: "/nowhere",
  };
  return {
    slack,
    findall,
    environment,
    examine: (changes = {}, patient = {}) =>
      examine({
        environment: { ...environment, ...changes },
        nodeVersion: "22.12.0",
        now: Date.now,
        limitMs: 5_000,
        ...patient,
      }),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([slack.close(), findall.close()]);
    },
  };
}

/** The lines of one kind, as they are printed, the mend behind an arrow. */
export function linesOf(report: Report, level: Level, subject?: string): readonly string[] {
  return report.checks
    .filter((check) => check.level === level && (subject === undefined || check.subject === subject))
    .map(({ subject: about, text, mend }) => `${about}: ${text}${mend === null ? "" : ` → ${mend}`}`);
}

/** The one line that failed; what else is wrong would be a second trouble, or a trouble told twice. */
export function onlyFailure(report: Report): string {
  const failures = linesOf(report, "fail");
  if (failures.length !== 1 || report.exitCode !== 1) throw new Error(`not one failure:\n${textOf(report)}`);
  return String(failures[0]);
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
