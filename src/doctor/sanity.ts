import type { Config } from "../config.ts";
import { type Finding, ok, warn } from "./finding.ts";

const SUBJECT = "time-outs";

interface Doubt {
  readonly applies: boolean;
  readonly text: string;
  readonly mend: string;
}

/** Settings that are allowed, for tests and odd networks, but hurt in daily use. */
export function sanityFindings(config: Config): readonly Finding[] {
  const { slack, parallel, poll } = config;
  const doubts: readonly Doubt[] = [
    {
      applies: slack.timeoutMs < 3_000,
      text: `SLACK_TIMEOUT_MS=${slack.timeoutMs}: Slack at times takes seconds, and each post cut short must be looked for first`,
      mend: "10000 is the default",
    },
    {
      applies: slack.timeoutMs > 60_000,
      text: `SLACK_TIMEOUT_MS=${slack.timeoutMs}: a connection that hangs holds a channel's messages back for that long`,
      mend: "10000 is the default",
    },
    {
      applies: parallel.timeoutMs < 5_000,
      text: `PARALLEL_TIMEOUT_MS=${parallel.timeoutMs}: a large result (12 kB a candidate) may never arrive in that time`,
      mend: "30000 is the default",
    },
    {
      applies: parallel.maxResultBytes < 12_000_000,
      text: `MAX_RESULT_BYTES=${parallel.maxResultBytes}: a run of 1000 matches, the most there are, takes about 12 MB`,
      mend: "67108864 is the default",
    },
    {
      applies: poll.minMs < 1_000,
      text: `POLL_MIN_MS=${poll.minMs}: Parallel is asked more than once a second for every run`,
      mend: "5000 is the default",
    },
    {
      applies: poll.maxMs > 300_000,
      text: `POLL_MAX_MS=${poll.maxMs}: a match may wait ${Math.round(poll.maxMs / 60_000)} minutes to be seen`,
      mend: "30000 is the default",
    },
    {
      applies: config.logLevel === "silent",
      text: "LOG_LEVEL=silent: what goes wrong leaves no trace",
      mend: "info is the default",
    },
  ];
  const found = doubts.filter(({ applies }) => applies).map(({ text, mend }) => warn(SUBJECT, text, mend));
  if (found.length > 0) return found;
  const seconds = (ms: number) => `${ms / 1_000} s`;
  const waits = `Slack ${seconds(slack.timeoutMs)}, Parallel ${seconds(parallel.timeoutMs)}`;
  return [ok(SUBJECT, `${waits}; polls every ${seconds(poll.minMs)} to ${seconds(poll.maxMs)}`)];
}
