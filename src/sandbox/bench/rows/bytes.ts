import { setTimeout as sleep } from "node:timers/promises";
import type { FakeFindAll } from "../../fake-findall/server.ts";
import type { FakeStats } from "../../fake-findall/stats.ts";
import { type Bench, type Benchmark, figure, type Outcome } from "../benchmark.ts";
import { candidateOf, conditionsOf } from "../candidates.ts";
import { besidePlain, type PlainStage } from "../plain-stage.ts";
import { onStage } from "../stage.ts";

const MATCHES = 1_000;
/** Rows that fail for each that matches: results hold them too, with their evidence, and streams tell of them. */
const UNMATCHED_EACH = 1;
const RUN_S = 30 * 60;
const RUN = "run_long";
/** Time of the run, and our interval between two polls, both so many times as fast. */
const SPEED = 30;
const POLL = { minMs: 5_000 / SPEED, maxMs: 30_000 / SPEED };

/** What a long run costs at Parallel's door. */
export const bytes: Benchmark = {
  name: "bytes",
  promise: "a run of 30 minutes and 1,000 matches costs at most three times the JSON of its final result",
  takes: 75,
  run: (bench) => besidePlain((plain) => measureBytes(bench, plain)),
};

async function measureBytes(bench: Bench, plain: PlainStage): Promise<Outcome> {
  const environment = { POLL_MIN_MS: String(Math.round(POLL.minMs)), POLL_MAX_MS: String(Math.round(POLL.maxMs)) };
  return onStage(
    bench,
    { channels: 1, environment },
    async ({ addRun, arrivals, channels, findall, follow, service, slack }) => {
      const options = { matchConditions: conditionsOf("small"), matchLimit: null };
      const run = addRun(RUN, options);
      const beside = plain.findall.addRun({ ...options, id: RUN });
      await follow([{ channel: channels[0] ?? "", runId: RUN }]);
      plain.follow(RUN, POLL.minMs);
      const start = Date.now();
      for (let index = 0; index < MATCHES; index += 1) {
        for (const each of [run, beside]) {
          for (let row = 0; row < UNMATCHED_EACH; row += 1)
            each.unmatch(candidateOf(MATCHES + index * UNMATCHED_EACH + row, "small"));
          each.match(candidateOf(index, "small"));
        }
        await sleep(start + ((index + 1) * RUN_S * 1_000) / SPEED / MATCHES - Date.now());
      }
      run.end();
      await slack.waitFor(() => arrivals.count("completions") > 0, { timeoutMs: 120_000, describe: "the alert" });
      // What is still being read counts once its connection is closed.
      await service.stop();
      const ours = totalsOf(findall.stats);
      const theirs = totalsOf(plain.findall.stats);
      const final = await sizeOfResult(findall);
      return {
        figures: [
          figure("bytes of JSON read, to the final result", ours.decoded / final.decoded, "times", { atMost: 3 }),
          figure("bytes of JSON read", ours.decoded / 1e6, "MB"),
          figure("on the wire", ours.bytes / 1e6, "MB"),
          figure("on the wire, to the compressed result", ours.bytes / final.bytes, "times"),
          figure("requests", ours.requests, ""),
          figure("of them whole results", findall.stats.requests({ path: "result" }), ""),
          figure("of them streams of events", findall.stats.requests({ path: "events" }), ""),
          figure("plain: bytes of JSON, to the final result", theirs.decoded / final.decoded, "times"),
          figure("plain: on the wire, to the compressed result", theirs.bytes / final.bytes, "times"),
          figure("plain: requests", theirs.requests, ""),
          figure("plain reads as many bytes as ours", theirs.decoded / ours.decoded, "times"),
          figure("on the wire, plain takes as many bytes as ours", theirs.bytes / ours.bytes, "times"),
          figure("candidates missing", MATCHES - arrivals.count("candidates"), "", { atMost: 0 }),
        ],
        notes: [
          `the bound is on bytes of JSON; the final result is ${mb(final.decoded)} MB, and ${mb(final.bytes)} MB compressed on the wire`,
          `${UNMATCHED_EACH} row fails for each of ${MATCHES} that match: the result holds ${MATCHES * (1 + UNMATCHED_EACH)}`,
          "on the wire: results come compressed, streams of events as they are (whether Parallel compresses them is not documented)",
          `run and poll interval ${SPEED} times as fast: ${RUN_S / SPEED} s for ${RUN_S / 60} minutes; other waits are real`,
        ],
      };
    },
  );
}

function mb(count: number): string {
  return (count / 1e6).toFixed(2);
}

function totalsOf(stats: FakeStats) {
  return { requests: stats.requests(), bytes: stats.bytes(), decoded: stats.decoded() };
}

/** One more reading of it, as everybody reads it. */
async function sizeOfResult({ baseUrl, apiKey, stats }: FakeFindAll): Promise<{ bytes: number; decoded: number }> {
  const before = totalsOf(stats);
  // The fake counts an answer once it is sent.
  const counted = stats.next({ path: "result" });
  const answer = await fetch(`${baseUrl}/v1beta/findall/runs/${RUN}/result`, { headers: { "x-api-key": apiKey } });
  await Promise.all([answer.arrayBuffer(), counted]);
  const after = totalsOf(stats);
  return { bytes: after.bytes - before.bytes, decoded: after.decoded - before.decoded };
}
