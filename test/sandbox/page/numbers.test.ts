import { expect, it } from "vitest";
import { entryIdOf, watchIdOf } from "../../../src/domain/ids.ts";
import { CHANNELS } from "../../../src/sandbox/fake-slack/world.ts";
import { countNumbers } from "../../../src/sandbox/page/numbers.ts";
import { readMetrics } from "../../../src/sandbox/page/scrape.ts";
import { callSlack, startQuietPage } from "./browser.ts";

const channel = CHANNELS.research;

it("what the run matched is held against what the thread shows", async () => {
  await using world = await startQuietPage();
  const { slack, findall, stage } = world;
  await fetch(`${findall.baseUrl}/v1beta/findall/runs/run_old`, { headers: { "x-api-key": findall.apiKey } });
  await stage.plays.get("run_old")?.over;
  const watch = watchIdOf(slack.team.id, channel, "run_old");
  const ids = (stage.plays.get("run_old")?.run.matchedIds ?? []).map((id) => entryIdOf(watch, "candidate", id));
  const tell = (kind: string, candidates: readonly string[]) => {
    const payload = { id: "d-1", watch, ...(candidates.length > 0 ? { candidates: candidates.join(" ") } : {}) };
    const metadata = { event_type: `findall_${kind}`, event_payload: payload };
    return callSlack(slack, "chat.postMessage", { channel, text: kind, metadata });
  };
  const count = () => countNumbers(slack, stage, Date.now());

  await tell("candidates", ids.slice(0, 100));
  expect(count()).toMatchObject({ onTheWay: 20, lost: 0, doubled: 0 });
  await tell("completion", []);
  expect(count()).toMatchObject({ onTheWay: 0, lost: 20, doubled: 0 });
  await tell("candidates", ids.slice(95));
  expect(count()).toMatchObject({ onTheWay: 0, lost: 0, doubled: 5 });
  expect(count().watches).toMatchObject([{ channel, runId: "run_old", matched: 120, posted: 120 }]);
  expect(count().paces).toMatchObject([{ channel, posts: 3, perSecond: 0.3 }]);
});

it("the service's own numbers are read from its metrics", () => {
  const text = [
    "# HELP findall_lane_depth Messages that wait",
    "findall_lane_depth 63",
    'findall_ambiguous_sends_total{resolution="adopted"} 2',
    'findall_ambiguous_sends_total{resolution="sent_again"} 1',
    'findall_slack_rate_limited_total{operation="post"} 4',
    'findall_slack_rate_limited_total{operation="update"} 1',
  ].join("\n");
  expect(readMetrics(text)).toEqual({ laneDepth: 63, ambiguous: { adopted: 2, sent_again: 1 }, rateLimited: 5 });
});
