import { expect, it } from "vitest";
import { startPage } from "../../../src/sandbox/page/server.ts";
import { playStoriesOnDemand } from "../../../src/sandbox/stories/player.ts";
import { CHANNELS, PEOPLE, startTestWorld } from "../../support/world.ts";
import { act, lookAt, NO_MACHINES } from "./browser.ts";

it("a story started with one click is told by the real service, at the speed one wants", async () => {
  await using world = await startTestWorld({ slack: { rateLimits: { scale: 4 } } });
  const stage = playStoriesOnDemand(world.findall, { speed: 1 });
  const machines = { ...NO_MACHINES, servicePort: () => world.service().port };
  const page = await startPage({ world, stage, machines, port: 0 });
  const here = { user: PEOPLE.ana, channel: CHANNELS.research };
  try {
    await using ana = await lookAt(page.url, here);
    await using cai = await lookAt(page.url, { ...here, user: PEOPLE.cai });
    await act(page.url, "speed", { speed: 20 });
    expect((await act(page.url, "story", { ...here, id: "run_exhausted" })).body).toEqual({ runId: "run_exhausted" });
    await ana.seen("messages", /Only visible to you/);
    await ana.seen("messages", /Find all European companies[\s\S]*Completed/);
    await ana.seen("status", /lost<\/dt><dd>0[\s\S]*doubled<\/dt><dd>0/);
    await ana.seen("numbers", /run_exhausted<\/code>[\s\S]*<td>4<\/td><td>4<\/td><td>0<\/td>/);
    await ana.seen("numbers", "answers on port");
    expect(cai.see("messages")).not.toContain("Only visible to you");
    const again = await act(page.url, "story", { ...here, user: PEOPLE.cai, id: "run_exhausted" });
    expect(again.body).toEqual({ runId: "run_exhausted-2" });
    const typed = await act(page.url, "send", { ...here, text: "/findall help" });
    expect(typed.status).toBe(200);
    await ana.seen("messages", "Follow a FindAll run in this channel.");
  } finally {
    stage.stop();
    await page.close();
  }
});
